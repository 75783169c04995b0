import frappe
from frappe import _
from frappe.utils import add_days, cint, cstr, get_datetime, now_datetime, strip_html

from case_management.case_management.record.settings import get_setting
from case_management.case_management.record.actions import action
from case_management.case_management.record.agreement import get_changed_fields
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import set_row_defaults


class CaseNote(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.case_note_addendum.case_note_addendum import (
			CaseNoteAddendum,
		)
		from case_management.case_management.doctype.case_note_service.case_note_service import (
			CaseNoteService,
		)
		from frappe.types import DF

		addenda: DF.Table[CaseNoteAddendum]
		client: DF.Link
		client_case: DF.Link
		client_choice: DF.SmallText | None
		client_name: DF.Data | None
		confidential: DF.Check
		contact_channel: DF.Literal[
			"", "In Person", "Phone", "Text Message", "Email", "Video", "Home Visit", "Outreach"
		]
		goal: DF.Link | None
		household_note: DF.Data | None
		information_format: DF.Data | None
		information_language: DF.Data | None
		information_topic: DF.Data | None
		intrusiveness: DF.Literal[
			"",
			"1 Information Only",
			"2 Guidance",
			"3 Doing It Together",
			"4 Doing It for the Client",
			"5 Against the Client's Wish",
		]
		intrusiveness_reason: DF.SmallText | None
		kind: DF.Literal["Contact", "Direct Service", "Information Given", "Attempted Contact", "File Note"]
		less_intrusive_considered: DF.SmallText | None
		locked: DF.Check
		minutes: DF.Int
		naming_series: DF.Literal["NOTE-.YYYY.-.#####"]
		note: DF.TextEditor
		noted_on: DF.Datetime
		options_discussed: DF.SmallText | None
		services: DF.Table[CaseNoteService]
		shared_with_seconded: DF.Check
	# end: auto-generated types

	PAST_DATES = ("noted_on",)
	# From this level on, the support reaches so far into somebody's life that it is given with a reason (A8).
	INTRUSIVE = 3
	# What still changes on a locked note.
	NEVER_LOCKED = frozenset({"addenda", "client_name"})

	@property
	def locked(self) -> bool:
		"""Tell whether the days in which a note may be changed have passed; then it takes addenda only."""
		if not self.creation:
			return False
		days = get_setting("note_lock_days")
		return add_days(get_datetime(self.creation), cint(days)) < now_datetime()

	def before_validate(self) -> None:
		super().before_validate()
		set_row_defaults(self)

	def validate(self) -> None:
		self.validate_record()
		self.validate_unlocked()
		self.validate_content()
		self.validate_minutes()
		self.validate_intrusiveness()
		self.validate_information()

	def validate_case(self, case: frappe._dict | None) -> None:
		"""An addendum is possible after the case closed, too: a record can always be put right (B26)."""
		if not self.flags.is_addendum:
			super().validate_case(case)

	def validate_unlocked(self) -> None:
		before = self.get_doc_before_save()
		if before and self.locked and get_changed_fields(before, self) - self.NEVER_LOCKED:
			refuse(self, _("It is locked and kept as it was written."), _("Add an addendum."))

	def validate_content(self) -> None:
		note = self.note if isinstance(self.note, str) else ""
		if not strip_html(note).replace("&nbsp;", "").strip() and "<img" not in note:
			refuse(self, _("A note has words."), _("Write what happened."))

	def validate_minutes(self) -> None:
		for row in [self, *self.services]:
			if cint(row.minutes) < 0:
				refuse(self, _("Minutes are not below zero."), _("Correct the minutes."))

	def validate_intrusiveness(self) -> None:
		"""A8, B13: support that reaches far has a reason, and a less intrusive way was thought of."""
		level = cint(cstr(self.intrusiveness)[:1])
		if level >= self.INTRUSIVE and not (self.intrusiveness_reason and self.less_intrusive_considered):
			refuse(
				self,
				_(
					"Support at the level “{0}” has a reason, and a less intrusive option was considered."
				).format(_(self.intrusiveness)),
				_("Write down both."),
			)

	def validate_information(self) -> None:
		if self.kind == "Information Given" and not self.information_topic:
			refuse(self, _("Information that was given has a topic."), _("Name the topic."))

	@frappe.whitelist(methods=["POST"])
	@action
	def add_addendum(self, text: str | None = None) -> dict:
		"""Add to a note, locked or not, also after the case closed (B26); an addendum is never changed.

		:param text: what is to be added; time and author are noted
		:return: `name`, and `addenda`, how many there are; the same text as the last, by the same author, is
		        not added twice
		:raises frappe.ValidationError: there are no words
		"""
		if not (text or "").strip():
			refuse(self, _("An addendum has words."), _("Write what is to be added."))
		last = self.addenda[-1] if self.addenda else None
		if not last or (last.text, last.added_by) != (text, frappe.session.user):
			values = {"added_on": now_datetime(), "added_by": frappe.session.user, "text": text}
			self.append("addenda", values)
			self.flags.is_addendum = True
			self.save()
		return {"name": self.name, "addenda": len(self.addenda)}
