"""Feedback on its way: given, given without a name, declined, answered, and the client told (B20, B24, C8, C10)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document

from case_management.case_management.record.actions import action, store
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import get_rows
from case_management.case_management.record.status import move_to
from case_management.case_management.voice.feedback_answers import set_answers

GIVEN = ("Given", "Given Without a Name")


class FeedbackActions:
	"""The actions of client feedback."""

	@frappe.whitelist(methods=["POST"])
	@action
	def record(
		self,
		given_on: str | date | None = None,
		channel: str | None = None,
		nature: str | None = None,
		comments: str | None = None,
		answers: list | str | None = None,
		support_used: list | str | None = None,
	) -> dict:
		"""Record what the client says, under their name (B20, B24). What is recorded is corrected in the form.

		:param given_on: a day, YYYY-MM-DD; today if none is given
		:param channel: how it came: In Person, Phone, Paper Form, Online Form, Email, Through an Advocate, Other
		:param nature: Praise, Suggestion, Concern or Complaint
		:param comments: in their words
		:param answers: rows with `question` (a code of Feedback Question) and, as the question is answered, `rating`
		        (1 to 5), `yes_no` (Yes or No) or `answer` (words, which may be added to any)
		:param support_used: codes of Support Used: what helped them to take part
		:return: `response`
		:raises frappe.ValidationError: nothing is said, an answer does not fit its question, the day lies before the
		        case opened or in the future, or it was given without a name already
		"""
		if self.response == "Given Without a Name":
			refuse(self, _("It was given without a name."), _("Record new feedback, or leave it at that."))
		if self.response != "Given":
			self.update(get_said(channel, nature, comments))
			self.response = "Given"
			self.response_on = None
			self.given_on = get_date(self, _("Given on"), given_on)
			set_answers(self, answers)
			set_support(self, support_used)
			self.save()
		return {"response": self.response}

	@frappe.whitelist(methods=["POST"])
	@action
	def give_without_name(
		self,
		given_on: str | date | None = None,
		channel: str | None = None,
		nature: str | None = None,
		comments: str | None = None,
		answers: list | str | None = None,
		support_used: list | str | None = None,
	) -> dict:
		"""Record what an invited client says without their name (B20).

		It becomes a record of its own with the program, and the month, and nothing else that leads back here; so the
		answer does not name it either. The support they used stays with the invitation.

		:param given_on: a day, YYYY-MM-DD; today if none is given; only its month is kept
		:param channel: how it came, as in `record`
		:param nature: Praise, Suggestion, Concern or Complaint
		:param comments: in their words
		:param answers: rows as in `record`
		:param support_used: codes of Support Used
		:return: `response`
		:raises frappe.ValidationError: it was given under the client's name already, nothing is said, an answer does
		        not fit its question, or the day lies in the future
		"""
		if self.response == "Given":
			refuse(
				self,
				_("It was given already, and says whose it is."),
				_("Invite the client again, if they want to say more without their name."),
			)
		if self.response != "Given Without a Name":
			given = get_said(channel, nature, comments)
			given["given_on"] = get_date(self, _("Given on"), given_on)
			store(make_anonymous(self, given, answers))
			set_support(self, support_used)
			self.response, self.response_on = "Given Without a Name", None
			self.save()
		return {"response": self.response}

	@frappe.whitelist(methods=["POST"])
	@action
	def decline(self, on: str | date | None = None, note: str | None = None) -> dict:
		"""Record that the client does not want to give feedback, which has no effect on their support (B20, B24).

		:param on: a day, YYYY-MM-DD; today if none is given
		:param note: what they said about it, in words
		:return: `response`
		:raises frappe.ValidationError: feedback was given already, or the day lies before the case opened or in the
		        future
		"""
		return answer_invitation(self, "Declined", on, note)

	@frappe.whitelist(methods=["POST"])
	@action
	def no_answer(self, on: str | date | None = None, note: str | None = None) -> dict:
		"""Record that the client was asked and did not answer; they may still do so (B20).

		:param on: the day they were asked the last time, YYYY-MM-DD; today if none is given
		:param note: what was tried, in words
		:return: `response`
		:raises frappe.ValidationError: feedback was given already, or the day lies before the case opened or in the
		        future
		"""
		return answer_invitation(self, "No Answer", on, note)

	@frappe.whitelist(methods=["POST"])
	@action
	def reply(
		self, answer: str | None = None, what_changed: str | None = None, on: str | date | None = None
	) -> dict:
		"""Answer the feedback and say what changed because of it, or why nothing could (B20, C10).

		:param answer: what the service says to it, in words
		:param what_changed: what it did because of it, or why nothing could be done
		:param on: a day, YYYY-MM-DD; today if none is given
		:return: `status`
		:raises frappe.ValidationError: there is no feedback yet, answer or change is not said, or the day lies before
		        the feedback or in the future
		:raises frappe.PermissionError: by the workflow the step is not the user's: by the default one a team leader
		        answers
		"""
		if self.status != "Answered":
			self.answer = answer or self.answer
			self.what_changed = what_changed or self.what_changed
			self.answered_on = get_date(self, _("Answered on"), on)
			move_to(self, "Answered")
		return {"status": self.status}

	@frappe.whitelist(methods=["POST"])
	@action
	def tell_client(self, on: str | date | None = None) -> dict:
		"""Record that the client was told what the service answered and changed: the loop is closed (B20).

		:param on: a day, YYYY-MM-DD; today if none is given
		:return: `client_told_on`
		:raises frappe.ValidationError: it is not answered, names no client, or the day lies before the answer or in
		        the future
		"""
		if self.anonymous:
			refuse(
				self,
				_("It names nobody who could be told."),
				_("Tell everybody what changed, on the notice board for example."),
			)
		if self.status != "Answered":
			refuse(self, _("It is not answered yet."), _("Answer it first."))
		if not self.client_told_on:
			self.client_told_on = get_date(self, _("The Client Was Told on"), on)
			self.save()
		return {"client_told_on": self.client_told_on}


def answer_invitation(doc: Document, response: str, on: str | date | None, note: str | None) -> dict:
	"""Store that an invitation led to no feedback."""
	if doc.response in GIVEN:
		refuse(doc, _("Feedback was given already."), _("Nothing needs to be recorded."))
	if doc.response != response:
		doc.response = response
		doc.response_on = get_date(doc, _("Responded on"), on)
		doc.response_note = note or doc.response_note
		doc.save()
	return {"response": doc.response}


def get_said(channel: str | None, nature: str | None, comments: str | None) -> dict:
	said = {"channel": channel, "nature": nature, "comments": comments}
	return {field: value for field, value in said.items() if value}


def set_support(doc: Document, given: list | str | None) -> None:
	"""Add the kinds of support that are not there yet."""
	known = {row.support for row in doc.support_used}
	for row in get_rows(doc, _("Support Given"), given, ("support",), "support"):
		if row.get("support") not in known:
			doc.append("support_used", row)


def make_anonymous(invitation: Document, given: dict, answers: list | str | None) -> Document:
	"""Return feedback without a name, not stored, that shares with an invitation its program and kind only."""
	feedback = frappe.new_doc("Client Feedback")
	feedback.update({"anonymous": 1, "program": invitation.program, "kind": invitation.kind, **given})
	set_answers(feedback, answers)
	return feedback
