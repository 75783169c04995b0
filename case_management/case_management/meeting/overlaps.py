"""Two meetings of one worker or one client at the same time: who plans them is told, and may go on (C21)."""

from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, format_datetime, get_datetime

# How long a meeting takes where it is not said, and the longest that another may have begun before and still go on.
USUAL_MINUTES, LONGEST = 60, timedelta(hours=24)
COMPARED = ("scheduled_on", "worker", "minutes")


def tell_of_overlap(meeting: Document) -> None:
	"""Tell who plans or moves a meeting of others of its worker or client at that time; nothing is refused.

	A meeting that the reader does not see is told by its time alone: the worker is taken then, whoever it is with.
	"""
	is_planned = meeting.status == "Scheduled" and meeting.scheduled_on
	if not is_planned or not any(meeting.has_value_changed(field) for field in COMPARED):
		return
	if lines := [get_line(meeting, other) for other in get_overlapping(meeting)]:
		frappe.msgprint("<br>".join(lines), title=_("Another Meeting at This Time"), indicator="orange")


def get_overlapping(meeting: Document) -> list[frappe._dict]:
	"""Return the scheduled meetings of the worker or the client that go on while this one does."""
	begins, ends = get_span(meeting)
	same = {"client": meeting.client, **({"worker": meeting.worker} if meeting.worker else {})}
	near = [["scheduled_on", ">", begins - LONGEST], ["scheduled_on", "<", ends]]
	others = frappe.get_all(
		"Case Meeting",
		filters=[["status", "=", "Scheduled"], ["name", "!=", meeting.name or ""], *near],
		or_filters=same,
		fields=["name", "client", "worker", "scheduled_on", "minutes"],
		order_by="scheduled_on asc",
	)
	return [other for other in others if get_span(other)[1] > begins]


def get_span(meeting: Document | frappe._dict) -> tuple[datetime, datetime]:
	begins = get_datetime(meeting.scheduled_on)
	return begins, begins + timedelta(minutes=cint(meeting.minutes) or USUAL_MINUTES)


def get_line(meeting: Document, other: frappe._dict) -> str:
	"""Return the sentence on one other meeting, by codes only."""
	when = format_datetime(other.scheduled_on)
	if not frappe.get_list("Case Meeting", {"name": other.name}, pluck="name"):
		return _("{0} has another meeting at {1}.").format(frappe.utils.escape_html(meeting.worker), when)
	if other.client == meeting.client:
		return _("The client has the meeting {0} at {1}.").format(other.name, when)
	return _("{0} has the meeting {1} at {2}.").format(
		frappe.utils.escape_html(meeting.worker), other.name, when
	)
