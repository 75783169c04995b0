"""One note for several members of a household, without showing one member's file to another.

Each member's case gets a note of its own, of the same words, that neither names nor links the others. That they were
written together is kept as a mark, a random word, for those who see more than one of them.
"""

import re
from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, strip_html

from case_management.case_management.record.actions import action
from case_management.case_management.record.dates import get_time
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import read_json
from case_management.permissions import is_visible


class HouseholdNoteActions:
	"""The action of a case by which one note is written for several members of its household."""

	@frappe.whitelist(methods=["POST"])
	@action
	def write_household_note(
		self,
		members: list | str | None = None,
		note: str | None = None,
		kind: str | None = None,
		contact_channel: str | None = None,
		noted_on: str | datetime | None = None,
		minutes: int | str | None = None,
		confidential: int | bool | str | None = None,
	) -> dict:
		"""Write one note into this case and into the cases of other members of the household.

		Each gets a Case Note of its own that names none of the others.

		:param members: the codes of the other members' cases: a list, or its JSON text
		:param note: the words, which fit each member's file: without the others' names or codes
		:param kind: Contact (if none is given), Direct Service, Attempted Contact or File Note
		:param contact_channel: In Person, Phone …
		:param noted_on: date and time on the site's clock; now if none is given
		:param minutes: how long each of them was in it, so that it stands on each note
		:param confidential: 1 for the author and the team leader only
		:return: `notes`: the code of the note in each case; the same words sent twice on a day are the same notes
		:raises frappe.ValidationError: there are no words or no other member, one is no open case of the
		        household that the user sees, or the words name one of them
		"""
		cases = get_cases(self, members)
		validate_words(self, cases, note or "")
		values = {"note": note, "kind": kind or "Contact", "contact_channel": contact_channel}
		values |= {"minutes": minutes, "confidential": confidential or 0}
		values["noted_on"] = get_time(self, _("When"), noted_on)
		return {"notes": write_notes(cases, values)}


def get_household(case: Document) -> list[str]:
	"""Return the open cases of a case's household, its own left out: the head's and those that name it."""
	head = case.head_case or case.name
	table = frappe.qb.DocType("Client Case")
	in_household = (table.name == head) | (table.head_case == head)
	query = frappe.qb.from_(table).select(table.name).where(in_household & (table.status != "Closed"))
	return [name for name in query.orderby(table.name).run(pluck=True) if name != case.name]


def get_cases(case: Document, members: list | str | None) -> list[Document]:
	"""Return this case and those of the members asked for.

	A case that is not of the household, one that is closed and one the user does not see are refused alike, so that
	nothing is learned by asking.
	"""
	names = read_json(members) or []
	names = dict.fromkeys(str(name) for name in (names if isinstance(names, list) else [names]))
	names = [name for name in names if name != case.name]
	if not names:
		refuse(case, _("A household note is about several members."), _("Choose the other members' cases."))
	household = get_household(case)
	for name in names:
		if name not in household or not is_visible("Client Case", name):
			refuse(
				case,
				_("{0} is no open case of its household that you see.").format(name[:140]),
				_("Choose from the members of the household."),
			)
	return [case, *(frappe.get_doc("Client Case", name) for name in names)]


def validate_words(case: Document, cases: list[Document], note: str) -> None:
	"""Refuse words that name a member: they would stand in the file of another.

	:raises frappe.ValidationError: naming the word
	"""
	text = strip_html(note.replace("<", " <"))
	if not text.replace("&nbsp;", "").strip():
		refuse(case, _("A note has words."), _("Write what happened."))
	for member in cases:
		for word in (member.client_name, member.client, member.name):
			if word and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
				refuse(
					case,
					_("The words name “{0}”, and would stand in the file of each member.").format(word),
					_("Write so that it fits each file, or write a note for each."),
				)


def write_notes(cases: list[Document], values: dict) -> list[str]:
	"""Store a note in each case and return their codes; the mark of notes that are there already goes on."""
	written = {case.name: find_note(case, values["note"]) for case in cases}
	marks = [found.household_note for found in written.values() if found]
	mark = marks[0] if marks else frappe.generate_hash(length=20)
	for case in cases:
		written[case.name] = written[case.name] or write_note(case, {**values, "household_note": mark})
	return [written[case.name].name for case in cases]


def find_note(case: Document, note: str) -> frappe._dict | None:
	"""Return the household note of these words that the user wrote in a case today (a button pressed twice)."""
	filters = {"client_case": case.name, "owner": frappe.session.user, "creation": (">=", getdate())}
	notes = frappe.get_all("Case Note", filters, ["name", "note", "household_note"])
	return next((row for row in notes if row.household_note and has_same_words(row.note, note)), None)


def has_same_words(one: str, other: str) -> bool:
	return strip_html(one).split() == strip_html(other).split()


def write_note(case: Document, values: dict) -> Document:
	"""Store a note as the user, who must be allowed to write one."""
	note = frappe.get_doc({"doctype": "Case Note", "client": case.client, "client_case": case.name, **values})
	note.flags.by_rule = True
	return note.insert()
