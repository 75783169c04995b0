"""Who is at a meeting: the interpreter a client needs, and whom the client brings (C45, C47)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import status_changed_to
from case_management.case_management.reminders.sending import close_at_once, remind_at_once

BOOKING = "remind_interpreter_to_book"
# Whom only the client brings to a meeting (C47).
INVITED_KINDS = (
	"Support Person",
	"Advocate",
	"Family Member",
	"Trusted Friend",
	"Worker From Another Agency",
)


def set_interpreter(meeting: Document) -> None:
	"""Ask for an interpreter while the client needs one, and take one among the attendees for the interpreter."""
	if meeting.status == "Scheduled" or status_changed_to(meeting, "Held"):
		needed = frappe.db.get_value("Client", meeting.client, "interpreter_required")
		meeting.interpreter_required = int(bool(meeting.interpreter_required or needed))
	if any(row.kind == "Interpreter" and row.attended for row in meeting.attendees):
		meeting.interpreter_attended = 1


def update_interpreter(client: Document) -> None:
	"""Bring the meetings ahead into line with a need that was recorded after they were planned, and ask for the booking.

	Where an interpreter is booked already the meeting stays as it is. Nobody's open form is outdated by it.
	"""
	if not client.has_value_changed("interpreter_required"):
		return
	needed = cint(client.interpreter_required)
	filters = {"client": client.name, "status": "Scheduled", "interpreter_required": 1 - needed}
	ahead = frappe.get_all(
		"Case Meeting", {**filters, "interpreter_booked_on": ("is", "not set")}, pluck="name"
	)
	for name in ahead:
		frappe.db.set_value("Case Meeting", name, "interpreter_required", needed, update_modified=False)
		if needed:
			remind_at_once(BOOKING, name)
		else:
			close_at_once(BOOKING, name)


def validate_interpreter(meeting: Document) -> None:
	"""C45: a held meeting of a client who needs an interpreter had one, or says why not."""
	if not status_changed_to(meeting, "Held") or not meeting.interpreter_required:
		return
	if not meeting.interpreter_attended and not meeting.no_interpreter_reason:
		refuse(
			meeting,
			_("The client needs an interpreter, and the meeting does not say that one was there."),
			_("Tick that the interpreter attended, or say why there was none."),
		)


def set_may_discuss(meeting: Document) -> None:
	"""Fill what may be discussed before somebody with what the client said of that person (C47)."""
	open_rows = [row for row in meeting.attendees if row.kind in INVITED_KINDS and not row.may_discuss]
	if not open_rows:
		return
	filters = {"parenttype": "Client", "parent": meeting.client}
	persons = frappe.get_all("Client Support Person", filters=filters, fields=["person_name", "note"])
	known = {person.person_name: person.note for person in persons}
	for row in open_rows:
		row.may_discuss = known.get(row.person_name)


def validate_invited(meeting: Document) -> None:
	"""C47: whom the client brings is the client's choice, each time."""
	for row in meeting.attendees:
		if row.kind in INVITED_KINDS and not row.invited_by_client:
			refuse(
				meeting,
				_("{0} ({1}) comes only at the client's invitation.").format(
					row.person_name or "", _(row.kind)
				),
				_("Ask the client, and tick Invited by the Client."),
			)
