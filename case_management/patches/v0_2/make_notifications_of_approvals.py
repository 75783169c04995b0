"""Give an existing site the notifications of approvals."""

from case_management.setup import defaults

NOTIFICATIONS = frozenset(("Plan to Be Approved", "Closure to Be Approved", "Incident to Be Approved"))


def execute() -> None:
	"""Make the new defaults. Run again it changes nothing."""
	notifications = [row for row in defaults.read("notification") if row["name"] in NOTIFICATIONS]
	defaults.make_missing(notifications, "name")
