import frappe
from frappe import _
from frappe.utils import getdate

from case_management.case_management.voice import feedback_answers, feedback_response
from case_management.case_management.voice import feedback_without_name as unnamed
from case_management.case_management.record.agreement import get_changed_fields
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.voice.feedback_actions import FeedbackActions
from case_management.case_management.record.refusal import get_labels, refuse
from case_management.case_management.record.status import status_changed_to


class ClientFeedback(FeedbackActions, ClientRecord):
	"""What a client says of the service, and what the service made of it (B20, B24)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.client_feedback_answer.client_feedback_answer import (
			ClientFeedbackAnswer,
		)
		from case_management.case_management.doctype.participation_support.participation_support import (
			ParticipationSupport,
		)
		from frappe.types import DF

		anonymous: DF.Check
		answer: DF.Text | None
		answered_by: DF.Link | None
		answered_on: DF.Date | None
		answers: DF.Table[ClientFeedbackAnswer]
		channel: DF.Literal[
			"", "In Person", "Phone", "Paper Form", "Online Form", "Email", "Through an Advocate", "Other"
		]
		client: DF.Link | None
		client_case: DF.Link | None
		client_name: DF.Data | None
		client_told_on: DF.Date | None
		comments: DF.Text | None
		given_on: DF.Date | None
		invited_by: DF.Link | None
		invited_on: DF.Date | None
		kind: DF.Literal["During Support", "At Exit", "After Exit"]
		naming_series: DF.Literal["FB-.YYYY.-.#####"]
		nature: DF.Literal["", "Praise", "Suggestion", "Concern", "Complaint"]
		program: DF.Link
		response: DF.Literal["", "Given", "Given Without a Name", "Declined", "No Answer"]
		response_note: DF.SmallText | None
		response_on: DF.Date | None
		status: DF.Literal["New", "Answered"]
		support_used: DF.TableMultiSelect[ParticipationSupport]
		what_changed: DF.SmallText | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	CONSENT_FOR = ("Evaluation",)
	NEXT_STATUS = {"New": ("Answered",), "Answered": ()}
	PAST_DATES = ("invited_on", "response_on", "given_on", "answered_on", "client_told_on")
	# An evaluation at exit, or after it, is given when the case is closed.
	WRITTEN_AFTER_CLOSURE = True
	# What the client said.
	SAID_FIELDS = frozenset(
		("response", "given_on", "channel", "nature", "comments", "answers", "support_used")
	)

	def autoname(self) -> None:
		"""Give feedback without a name a code at random: a number in the series would tell when it came."""
		if self.anonymous:
			self.name = unnamed.get_code()

	def before_insert(self) -> None:
		if frappe.session.user == "Guest":
			unnamed.set_from_outside(self)
		feedback_answers.set_questions(self)

	def validate(self) -> None:
		self.validate_record()
		unnamed.validate_from_outside(self)
		unnamed.validate_person(self)
		self.set_program()
		feedback_answers.set_asked(self)
		feedback_answers.validate_answers(self)
		feedback_response.set_response(self)
		feedback_response.set_invitation(self)
		feedback_response.validate_response(self)
		self.set_answered()
		self.validate_answered()
		self.validate_order()
		self.validate_kept()
		unnamed.set_without_time(self)

	def set_program(self) -> None:
		if not self.anonymous and self.is_new():
			self.program = self.get_case().program

	def set_answered(self) -> None:
		if status_changed_to(self, "Answered"):
			self.answered_on = self.answered_on or getdate()
			self.answered_by = frappe.session.user

	def validate_answered(self) -> None:
		if not status_changed_to(self, "Answered"):
			return
		if self.response != "Given":
			refuse(
				self,
				_("There is no feedback to answer yet."),
				_("Record what the client says with it first."),
			)
		if not (self.answer and self.what_changed):
			refuse(
				self,
				_("Feedback is answered with what the service says to it and what changed."),
				_(
					"Say both with “Answer”; where nothing could change, say why. A complaint is also taken as a Record Request of the kind Complaint, which has a date to answer by."
				),
			)

	def validate_order(self) -> None:
		"""Refuse an answer before the feedback, and that the client was told before the answer."""
		self.validate_steps(("given_on", "answered_on"), ("answered_on", "client_told_on"))

	def validate_kept(self) -> None:
		"""What was answered stays as it was said; so does what a client wrote into the public form."""
		before = self.get_doc_before_save()
		if not before or (before.status != "Answered" and before.owner != "Guest"):
			return
		if changed := get_changed_fields(before, self) & self.SAID_FIELDS:
			refuse(
				self,
				_("What the client said stays as they said it ({0}).").format(get_labels(self, changed)),
				_("Record what they say now as new feedback."),
			)
