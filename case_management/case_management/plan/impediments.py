"""What is in the way of a goal: carried from meeting to meeting until it is overcome (C16, C41)."""

from frappe.model.document import Document
from frappe.utils import getdate

from case_management.case_management.plan import goals
from case_management.case_management.record.codes import get_meaning


def set_impediment(goal: Document) -> None:
	"""Date what is in the way today; what a meeting said has the meeting's day."""
	if not goal.impediment:
		goal.impediment_note = goal.impediment_since = None
	elif not goal.impediment_since or (goal.has_value_changed("impediment") and not goal.flags.by_rule):
		goal.impediment_since = getdate()


def take_impediment(meeting: Document, row: Document, goal: Document) -> None:
	"""Carry what a meeting's row says is in the way to its goal."""
	if row.impediment_overcome:
		goal.impediment = goal.impediment_note = goal.impediment_since = None
	if row.impediment and row.impediment != goal.impediment:
		goal.impediment, goal.impediment_note = row.impediment, row.impediment_note
		goal.impediment_since = meeting.held_on
	elif row.impediment_note and not row.impediment_overcome:
		goal.impediment_note = row.impediment_note


def update_unmet_need(goal: Document) -> None:
	"""Record an unmet need where a goal comes no further for want of a service."""
	if goal.has_value_changed("impediment"):
		said = (get_meaning(goal.impediment), goal.impediment_note, goal.impediment_since)
		goals.update_unmet_need(goal, *said)
