import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate

from case_management.case_management.record.settings import get_setting
from case_management.case_management.record.agreement import get_changed_fields
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.access.leads import get_leads_to_tell
from case_management.case_management.keeping.record_decisions import (
	validate_about,
	validate_completion,
	validate_decision,
	validate_kinds,
)
from case_management.case_management.keeping.record_requests import RecordRequestActions
from case_management.case_management.record.refusal import get_labels, refuse
from case_management.case_management.record.status import status_changed_to


class RecordRequest(RecordRequestActions, ClientRecord):
	"""A client asks for their record, or for a change in it, and gets an answer in time (B26)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.record_request_withheld.record_request_withheld import (
			RecordRequestWithheld,
		)
		from frappe.types import DF

		asked_by: DF.Literal["Client", "Person Authorised by the Client", "Parent or Guardian", "Other"]
		asked_by_name: DF.Data | None
		bundle: DF.Data | None
		bundle_left_out: DF.Int
		bundle_made_on: DF.Datetime | None
		channel: DF.Literal["", "In Person", "Phone", "Email", "Letter", "Through an Advocate"]
		client: DF.Link
		client_case: DF.Link | None
		client_name: DF.Data | None
		complaint_about: DF.Link | None
		complaint_path_told: DF.Check
		completed_on: DF.Date | None
		confidential_included: DF.Check
		decided_by: DF.Link | None
		decided_on: DF.Date | None
		decision: DF.Literal["", "Granted", "Granted in Part", "Refused"]
		decision_reasons: DF.Text | None
		due_on: DF.Date | None
		extended_on: DF.Date | None
		extension_reason: DF.SmallText | None
		identity_checked_how: DF.Data | None
		informed_on: DF.Date | None
		kind: DF.Literal["Access", "Correction", "Statement", "Complaint", "Deletion"]
		naming_series: DF.Literal["REQ-.YYYY.-.#####"]
		outcome: DF.SmallText | None
		received_on: DF.Date
		record_name: DF.DynamicLink | None
		record_type: DF.Link | None
		stated_on: DF.Date | None
		statement: DF.Text | None
		statement_file: DF.Attach | None
		status: DF.Literal["Received", "Decided", "Completed"]
		team_leader: DF.Link | None
		what_is_asked: DF.Text
		withheld: DF.Table[RecordRequestWithheld]
		workflow_state: DF.Link | None
	# end: auto-generated types

	NEXT_STATUS = {"Received": ("Decided",), "Decided": ("Completed",), "Completed": ()}

	PAST_DATES = ("received_on", "extended_on", "decided_on", "informed_on", "completed_on")
	# A right to one's record does not end with the case.
	WRITTEN_AFTER_CLOSURE = True
	# What the client stated, kept once it stands with the record it is about.
	STATEMENT = frozenset(("statement", "statement_file", "record_type", "record_name"))
	# What is still set on a request that is decided, and the name that follows the client's.
	SET_LATER = STATEMENT | {
		*("status", "workflow_state", "client_name", "team_leader", "stated_on"),
		*("bundle", "bundle_made_on", "bundle_left_out", "outcome", "completed_on"),
	}

	def _validate_links(self) -> None:
		"""Name the request where a record is named without its kind, which Frappe refuses without saying where."""
		validate_kinds(self)
		super()._validate_links()

	def validate(self) -> None:
		self.validate_record()
		validate_about(self)
		self.set_due_on()
		self.set_team_leader()
		self.set_decided()
		self.set_completed()
		self.validate_kept()
		self.validate_decision()
		self.validate_completion()
		self.validate_order()

	def set_due_on(self) -> None:
		if not self.due_on:
			days = get_setting("record_request_days")
			self.due_on = add_days(getdate(self.received_on), cint(days))

	def set_team_leader(self) -> None:
		"""Name who leads the program of the client's case, who decides and is reminded."""
		if not self.team_leader:
			self.team_leader = next(iter(get_leads_to_tell(self.client, self.complaint_about)), None)

	def set_decided(self) -> None:
		"""Note who decided and when, also where the workflow's own button did."""
		if status_changed_to(self, "Decided"):
			self.decided_on = self.decided_on or getdate()
			self.decided_by = frappe.session.user

	def set_completed(self) -> None:
		if status_changed_to(self, "Completed"):
			self.completed_on = self.completed_on or getdate()

	def validate_kept(self) -> None:
		"""Refuse changes to what was asked once it was answered, and to a statement once it stands with its record."""
		before = self.get_doc_before_save()
		if not before:
			return
		changed = get_changed_fields(before, self)
		kept = changed - self.SET_LATER if before.status != "Received" else set()
		kept |= changed & self.STATEMENT if before.stated_on else set()
		if kept:
			refuse(
				self,
				_("It was answered, or stands with its record, and is kept as it was ({0}).").format(
					get_labels(self, kept)
				),
				_("Record another request."),
			)

	def validate_decision(self) -> None:
		if status_changed_to(self, "Decided"):
			validate_decision(self)

	def validate_completion(self) -> None:
		if status_changed_to(self, "Completed"):
			validate_completion(self)

	def validate_order(self) -> None:
		"""Refuse a decision before the request, and what follows from it before the decision."""
		self.validate_steps(
			("received_on", "decided_on"), ("decided_on", "informed_on"), ("decided_on", "completed_on")
		)
