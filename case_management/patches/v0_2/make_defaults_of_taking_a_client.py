"""Give an existing site the settings and notifications of taking an existing client, and of clients nobody may act for."""

from case_management.setup import defaults

NOTIFICATIONS = frozenset(
	(
		"Existing Client to Be Confirmed",
		"Existing Client Declined",
		"Existing Client Accepted",
		"Nobody May Act for a Client",
	)
)


def execute() -> None:
	"""Make the new defaults. Run again it changes nothing."""
	notifications = [row for row in defaults.read("notification") if row["name"] in NOTIFICATIONS]
	defaults.make_missing(notifications, "name")
	defaults.make_settings()
