"""A second pair of eyes: what a program's leader approves before it takes effect, where an administrator wants that.

A program says for each kind of record (plans, closures, incidents) whether that is so. It comes on top of the workflow, holds whatever
the workflow says, and is asked for, given and shown on the record itself.
"""

import hashlib
import json
from typing import ClassVar, NamedTuple

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, now_datetime

from case_management.case_management.access.leads import get_program_leads
from case_management.case_management.record.actions import action
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.status import status_changed_to
from case_management.case_management.reminders.sending import remind_at_once

ASKED, APPROVED, RETURNED = "Asked", "Approved", "Returned"
ANSWER = ("approval_answered_by", "approval_answered_on", "approval_note")


class Approval(NamedTuple):
	"""When a kind of record is approved.

	:param switch: the program's field that asks for it
	:param status: the status before which it comes
	:param reminder: the method of the Notification for who is asked
	"""

	switch: str
	status: str
	reminder: str


class ApprovalActions:
	"""The actions of a record that a team leader may have to approve.

	A subclass says in `APPROVAL` when that is, and in `get_approved_content` what is approved.
	"""

	APPROVAL: ClassVar["Approval"]

	def onload(self) -> None:
		"""Send also whether an approval is needed, and whether the reader may give it."""
		super().onload()
		needed = needs_approval(self)
		self.set_onload("approval", {"needed": needed, "may_approve": needed and may_approve(self)})

	def get_approved_content(self) -> object:
		"""Return, as values that JSON can write, what the approval is about: when it changes, it has to be approved anew."""
		return None

	@frappe.whitelist(methods=["POST"])
	@action
	def ask_approval(self, note: str | None = None) -> dict:
		"""Ask the program's leader to approve the record, where the program wants that; the leader is notified by code.

		:param note: what the leader should look at, in words
		:return: `approval`: Asked
		:raises frappe.ValidationError: the program asks for no approval, or it is too late for one
		"""
		validate_wanted(self)
		if self.approval not in (ASKED, APPROVED) or not is_still_approved(self):
			asked = {"approval_asked_by": frappe.session.user, "approval_asked_on": now_datetime()}
			self.update({"approval": ASKED, **asked, **dict.fromkeys(ANSWER), "approval_note": note})
			self.save()
			remind_at_once(self.APPROVAL.reminder, self.name)
		return {"approval": self.approval}

	@frappe.whitelist(methods=["POST"])
	@action
	def approve(self, note: str | None = None) -> dict:
		"""Approve the record as it is now, as a leader of its program who did not ask for it.

		:param note: what to look at, in words
		:return: `approval`: Approved
		:raises frappe.ValidationError: the program asks for no approval, or it is too late for one
		:raises frappe.PermissionError: the user does not lead the program, or has asked for the approval
		"""
		return answer(self, APPROVED, note)

	@frappe.whitelist(methods=["POST"])
	@action
	def return_for_changes(self, note: str | None = None) -> dict:
		"""Return the record to who asked for its approval, with what is to be changed.

		:param note: what is to be changed, in words
		:return: `approval`: Returned
		:raises frappe.ValidationError: there is no note, the program asks for no approval, or it is too late for one
		:raises frappe.PermissionError: the user does not lead the program, or has asked for the approval
		"""
		if not (note or "").strip():
			refuse(self, _("The note is empty."), _("Write what has to be changed."))
		return answer(self, RETURNED, note)


def answer(doc: Document, approval: str, note: str | None) -> dict:
	validate_wanted(doc)
	if not may_approve(doc):
		refuse(
			doc,
			_("Only a team leader of the program who did not ask for it can approve it."),
			_("Ask for approval; the team leader is notified."),
			frappe.PermissionError,
		)
	if doc.approval != approval or not is_still_approved(doc):
		given = {"approval_answered_by": frappe.session.user, "approval_answered_on": now_datetime()}
		doc.update({"approval": approval, **given, "approval_note": note})
		doc.approved_content = get_digest(doc) if approval == APPROVED else None
		doc.save()
	return {"approval": doc.approval}


def needs_approval(doc: Document) -> bool:
	"""Tell whether a record's program wants it approved, and whether that is still ahead."""
	program = get_program(doc)
	if not program or doc.APPROVAL.status not in get_statuses_ahead(doc):
		return False
	return bool(cint(frappe.get_cached_value("Support Program", program, doc.APPROVAL.switch)))


def get_program(doc: Document) -> str | None:
	return doc.program if doc.doctype == "Client Case" else (doc.get_case() or {}).get("program")


def get_statuses_ahead(doc: Document) -> set[str]:
	"""Return the statuses to which a record can still come from its stored one."""
	before = doc.get_doc_before_save()
	return set(doc.NEXT_STATUS.get(before.status if before else doc.status, ()))


def may_approve(doc: Document) -> bool:
	"""Tell whether the session's user leads the program of a record and did not ask for the approval themselves."""
	user, leads = frappe.session.user, get_program_leads(get_program(doc))
	return user == "Administrator" or (user in leads and user != doc.approval_asked_by)


def validate_wanted(doc: Document) -> None:
	if not needs_approval(doc):
		refuse(
			doc,
			_("This record needs no approval."),
			_("Go on with the record; an administrator can switch approvals on for the program."),
		)


def validate_approved(doc: Document) -> None:
	"""Refuse the status that an approval comes before, where the program wants one and there is none of what is stored now.

	:raises frappe.ValidationError: nobody has approved it, or it was changed since
	"""
	if not status_changed_to(doc, doc.APPROVAL.status) or not needs_approval(doc):
		return
	if doc.approval != APPROVED:
		refuse(
			doc,
			_("A team leader has to approve it before it can be {0}.").format(_(doc.APPROVAL.status)),
			_("Use “Ask for Approval”."),
		)
	if not is_still_approved(doc):
		refuse(
			doc,
			_("It was changed after it was approved."),
			_("Use “Ask for Approval” again."),
		)


def is_still_approved(doc: Document) -> bool:
	"""Tell whether what an approval was about is as it was then."""
	return doc.approval != APPROVED or doc.approved_content == get_digest(doc)


def get_digest(doc: Document) -> str:
	"""Return a short text that changes when what is approved does; nothing can be read from it."""
	content = json.dumps(doc.get_approved_content(), sort_keys=True, default=str)
	return hashlib.sha256(content.encode()).hexdigest()


def clear_approval(doc: Document) -> None:
	"""Forget an approval whose turn has passed, as of a closure when the case is reopened."""
	asked = ("approval", "approval_asked_by", "approval_asked_on", "approved_content")
	doc.update(dict.fromkeys((*asked, *ANSWER)))
