"""What waits for a team leader's approval."""

from case_management.case_management.reminders.due import Due, find


def get_plans() -> list[Due]:
	return find_asked("Support Plan")


def get_closures() -> list[Due]:
	return find_asked("Client Case")


def get_incidents() -> list[Due]:
	return find_asked("Critical Incident")


def find_asked(doctype: str) -> list[Due]:
	"""Return the records of a DocType for which an approval is asked and not given, for the leaders of their programs."""
	return find(doctype, "approval_asked_on", lambda record, _case: record.approval == "Asked", lead=True)
