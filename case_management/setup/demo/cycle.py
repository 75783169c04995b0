"""When the made-up clients meet: the cycle's days, past ones and the one to come (C21, C45)."""

from datetime import date, datetime, timedelta

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, get_datetime, getdate, now_datetime

from case_management.setup.demo.story import Story

HOURS = {"house": 10, "outreach": 14}
INTERVAL = {"house": 14, "outreach": 56}


def get_days(story: Story, first: int, last: int) -> list[int]:
	"""Return the days of the cycle's meetings, none of them today: that one is still to come."""
	shift = max(0, story.day(first).weekday() - 4)
	start = first + (3 - shift if shift else 0)
	days = range(start, last, INTERVAL[story.plan["program"]])
	return [number for number in days if number < story.plan["began"]]


def schedule(story: Story, number: int, kind: str = "Case Management") -> Document:
	"""Return the meeting of a day, linked to the one before.

	The cycle only makes meetings to come, so one of the past is scheduled by hand, and the last one's next meeting
	is set in the database.
	"""
	day = story.act(number)
	when = get_datetime(day) + timedelta(hours=HOURS[story.plan["program"]])
	doc = frappe.get_doc(
		"Case Meeting", story.get_case().schedule_meeting(scheduled_on=when, kind=kind)["meeting"]
	)
	if doc.previous_meeting and kind == "Case Management":
		frappe.db.set_value(
			"Case Meeting", doc.previous_meeting, "next_meeting", doc.name, update_modified=False
		)
	if "interpreter" in story.person:
		book_interpreter(doc, day)
	return doc


def book_interpreter(doc: Document, day: date) -> None:
	doc.update(
		{
			"interpreter_required": 1,
			"interpreter_type": "Phone",
			"interpreter_provider": "Imaginary Interpreters",
		}
	)
	doc.interpreter_booked_on = add_days(min(day, getdate()), -5)
	doc.save()


def set_next(story: Story, last: int | None) -> None:
	"""Move the meeting to come to where the cycle has it, which counts from the last meeting and not from today."""
	story.act(story.plan["began"])
	filters = {"client_case": story.case, "status": "Scheduled", "kind": "Case Management"}
	name = frappe.db.get_value("Case Meeting", filters, "name", order_by="scheduled_on")
	if not name:
		return
	if last is not None:
		link(story, name)
	doc = frappe.get_doc("Case Meeting", name)
	doc.reschedule(scheduled_on=get_next_time(story, last))
	if "interpreter" in story.person:
		book_interpreter(frappe.get_doc("Case Meeting", name), getdate())


def link(story: Story, name: str) -> None:
	"""Link the last meeting and the one to come, which was made when the case became active."""
	filters = {"client_case": story.case, "status": ("in", ("Held", "Missed")), "kind": "Case Management"}
	previous = frappe.db.get_value("Case Meeting", filters, "name", order_by="scheduled_on desc")
	frappe.db.set_value("Case Meeting", name, "previous_meeting", previous, update_modified=False)


def get_next_time(story: Story, last: int | None) -> datetime:
	interval, now = INTERVAL[story.plan["program"]], now_datetime()
	ahead = story.plan.get("next")
	if ahead is None:
		since = story.plan["began"] - (last or 0)
		ahead = -since % interval or interval
	when = get_datetime(add_days(getdate(), ahead)) + timedelta(hours=HOURS[story.plan["program"]])
	midnight = now.replace(hour=23, minute=59, second=59, microsecond=0)
	later = max(when, now + timedelta(hours=2)).replace(second=0, microsecond=0)
	return min(later, midnight) if ahead == 0 else when
