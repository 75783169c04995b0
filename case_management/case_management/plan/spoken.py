"""A held meeting is one in which people spoke: of each goal something is said, or why nothing was (C39, C41)."""

from collections.abc import Iterator

from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Coalesce
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import status_changed_to

# What somebody said of a goal: a rating, a word, or what becomes of it.
RATINGS = ("client_rating", "worker_rating", "level")
TEXTS = ("client_words", "progress", "impediment_note", "follow_on_goal")
CHOICES = ("impediment", "responsibility")
WORDS = (*RATINGS, *TEXTS, *CHOICES, "impediment_overcome")
NOT_DISCUSSED = ("not_discussed_reason", "not_discussed_note")
# By these the client is said to have been there.
TOOK_PART = ("Fully", "In Part")
OF_THE_CLIENT = ("client_rating", "client_words")


def is_spoken_of(row: Document) -> bool:
	"""Tell whether a meeting's row says anything of its goal."""
	return row.outcome not in (None, "", "Continue") or any(row.get(field) for field in WORDS)


def spoken_of_condition(row: Table) -> Criterion:
	"""Return the condition that a row of Meeting Goal says anything of its goal, as `is_spoken_of`."""
	said = [Coalesce(row[field], "") != "" for field in (*RATINGS, *TEXTS, *CHOICES)]
	changed = Coalesce(row.outcome, "").notin(("", "Continue"))
	return Criterion.any([*said, changed, row.impediment_overcome == 1])


def set_presence_of_client(meeting: Document) -> None:
	"""Mark the client as present where nobody is, and the meeting has their own words, or how they took part."""
	own = any(row.get(field) for row in meeting.goals for field in OF_THE_CLIENT)
	took_part = own or meeting.participation in TOOK_PART
	if took_part and not any(row.attended for row in meeting.attendees):
		client = next((row for row in meeting.attendees if row.kind == "Client"), None)
		client = client or meeting.append("attendees", {"kind": "Client"})
		client.attended = 1


def validate_spoken(meeting: Document) -> None:
	"""Refuse to hold a meeting that leaves a goal out without a reason, or in which nobody was.

	:raises frappe.ValidationError: naming everything that is missing
	"""
	if not status_changed_to(meeting, "Held"):
		return
	if missing := list(get_missing(meeting)):
		rules, remedies = zip(*missing, strict=True)
		refuse(meeting, " ".join(rules), " ".join(remedies))


def get_missing(meeting: Document) -> Iterator[tuple[str, str]]:
	"""Yield what a meeting does not say: the rule, and what to do next."""
	silent = [row for row in meeting.goals if not is_spoken_of(row) and not row.not_discussed_reason]
	if silent:
		goals = "; ".join(f"{row.goal} ({row.goal_text})" for row in silent)
		yield (
			_("Nothing is recorded about these goals: {0}.").format(goals),
			_("For each, enter a rating or words, or choose the reason it was not discussed."),
		)
	if both := [row.goal for row in meeting.goals if is_spoken_of(row) and row.not_discussed_reason]:
		yield (
			_("These goals have words and a reason they were not discussed: {0}.").format(", ".join(both)),
			_("Keep one of the two."),
		)
	if not any(row.attended for row in meeting.attendees):
		yield _("Nobody is marked as present."), _("Mark under Attendees who was there.")
