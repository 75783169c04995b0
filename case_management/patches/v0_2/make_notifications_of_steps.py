"""Give an existing site the notifications of steps and of interpreters to be booked."""

from case_management.setup import defaults

NOTIFICATIONS = frozenset(("Interpreter to Be Booked", "Step Given to You", "Step Overdue"))


def execute() -> None:
	"""Make the new defaults. Run again it changes nothing."""
	notifications = [row for row in defaults.read("notification") if row["name"] in NOTIFICATIONS]
	defaults.make_missing(notifications, "name")
