"""A client's request about their record on its way: more time, the answer, the statement, the bundle (B26)."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate

from case_management.case_management.keeping.record_bundle import make_bundle
from case_management.case_management.keeping.record_decisions import validate_may_bundle
from case_management.case_management.record.actions import action
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import get_rows
from case_management.case_management.record.status import move_to

# A request is put off once, and by no more than this.
MOST_MORE_DAYS = 30


class RecordRequestActions:
	"""The actions of a record request."""

	@frappe.whitelist(methods=["POST"])
	@action
	def extend_due(
		self, until: str | date | None = None, reason: str | None = None, told_on: str | date | None = None
	) -> dict:
		"""Take more time for the answer: once, before it is due, for 30 days at most, and the client is told.

		:param until: the new day, YYYY-MM-DD
		:param reason: why more time is needed, in words
		:param told_on: the day the client was told, YYYY-MM-DD; today if none is given
		:return: `name` and `due_on`
		:raises frappe.ValidationError: there is no day or reason, the request is decided or overdue, it was put off
		        before, or the day is not one of the 30 after it is due
		"""
		day = get_date(self, _("Until"), until) if until else None
		if not (self.extension_reason and day == getdate(self.due_on)):
			validate_more_time(self, day, reason)
			self.extended_on = get_date(self, _("Told the Client on"), told_on)
			self.due_on, self.extension_reason = day, reason
			self.save()
		return {"name": self.name, "due_on": getdate(self.due_on)}

	@frappe.whitelist(methods=["POST"])
	@action
	def decide(
		self,
		decision: str | None = None,
		reasons: str | None = None,
		withheld: list | str | None = None,
		informed_on: str | date | None = None,
		complaint_path_told: bool | int | str | None = None,
		on: str | date | None = None,
		include_confidential: bool | int | str | None = None,
	) -> dict:
		"""Answer the request; a team leader does, and not the one a complaint is about.

		:param decision: Granted, Granted in Part or Refused
		:param reasons: the reasons the client was given, in words; needed unless all is granted at once
		:param withheld: for access granted in part, what is left out: rows of `record_type` (a DocType, or File),
		        `record_name` (all of the kind without one), `reason` (a code of Reason Information Is Withheld), `note`
		:param informed_on: the day the client was told in writing, YYYY-MM-DD; needed where reasons are
		:param complaint_path_told: true if they were told how to complain; needed where reasons are
		:param on: the day of the decision, YYYY-MM-DD; today if none is given
		:param include_confidential: true if confidential notes that are not withheld are given out too; needed for
		        access where there are such notes
		:return: `name`, `status` and `decision`
		:raises frappe.ValidationError: something of this is missing, a day lies before the request or in the future, a
		        record withheld is not this client's, or a deletion is granted under a legal hold
		:raises frappe.PermissionError: the user is no team leader, or the complaint is about them
		"""
		if self.status == "Received":
			self.decision = decision or self.decision
			self.decision_reasons = reasons or self.decision_reasons
			fields = ("record_type", "record_name", "reason", "note")
			for row in get_rows(self, _("Withheld"), withheld, fields):
				self.append("withheld", row)
			self.informed_on = get_date(self, _("Client Informed on"), informed_on) if informed_on else None
			self.complaint_path_told = cint(complaint_path_told)
			self.confidential_included = cint(include_confidential)
			self.decided_on = get_date(self, _("Decided on"), on)
			move_to(self, "Decided")
		return {"name": self.name, "status": self.status, "decision": self.decision}

	@frappe.whitelist(methods=["POST"])
	@action
	def attach_statement(
		self,
		statement: str | None = None,
		file: str | None = None,
		record_type: str | None = None,
		record_name: str | None = None,
	) -> dict:
		"""Keep the client's own statement with the record it is about: whoever opens that record reads it (APP 13.4).

		:param statement: the client's words
		:param file: or the address of a file that was uploaded
		:param record_type: the DocType of the record; with `record_name`, where the request does not say so yet
		:param record_name: its code; without one the statement is about the record as a whole, and stands on the Client
		:return: `name`, `record_type` and `record_name`
		:raises frappe.ValidationError: there are neither words nor a file, the record is not this client's, or there is
		        a statement already, which is kept as it was given
		"""
		given = (statement or "", file or "")
		if self.stated_on and given == (self.statement or "", self.statement_file or ""):
			return {"name": self.name, "record_type": self.record_type, "record_name": self.record_name}
		if self.stated_on:
			refuse(
				self, _("It has a statement, which is kept as it was given."), _("Record another request.")
			)
		self.statement, self.statement_file = statement or self.statement, file or self.statement_file
		if not (self.statement or self.statement_file):
			refuse(
				self, _("A statement has words or a file."), _("Write down or attach what the client states.")
			)
		self.record_type, self.record_name = record_type or self.record_type, record_name or self.record_name
		self.stated_on = getdate()
		self.save()
		return {"name": self.name, "record_type": self.record_type, "record_name": self.record_name}

	@frappe.whitelist(methods=["POST"])
	@action
	def make_bundle(self, again: bool | int | str | None = None) -> dict:
		"""Make the file that the client is given: their whole record but for what the decision withholds.

		The file's place is beside the line of it in the Client Access Log, which team leaders read.

		:param again: true to make a new one; else the one that was made is the answer
		:return: `bundle` (the file's address), and `left_out`, how many things it leaves out
		:raises frappe.ValidationError: it is no request for access, or access was not granted
		:raises frappe.PermissionError: the user is no team leader
		"""
		validate_may_bundle(self)
		if not self.bundle or cint(again):
			self.update(make_bundle(self))
			self.save()
		return {"bundle": self.bundle, "left_out": self.bundle_left_out}

	@frappe.whitelist(methods=["POST"])
	@action
	def complete(self, on: str | date | None = None, outcome: str | None = None) -> dict:
		"""Record that what was decided is done.

		:param on: the day, YYYY-MM-DD; today if none is given
		:param outcome: what was done, in words; needed for what was granted, unless it is a bundle or a statement
		:return: `name` and `status`
		:raises frappe.ValidationError: the request is not decided, what was granted is not done or not said, the day
		        lies before the decision or in the future, or it is a deletion that was granted: the disposal of the
		        record completes that, when it was kept long enough
		"""
		if self.status != "Completed":
			self.outcome = outcome or self.outcome
			self.completed_on = get_date(self, _("Completed on"), on)
			move_to(self, "Completed")
		return {"name": self.name, "status": self.status}


def validate_more_time(request: RecordRequestActions, until: date | None, reason: str | None) -> None:
	"""Refuse more time that was taken before, comes too late, or is too long."""
	if request.status != "Received":
		refuse(request, _("It is decided."), _("Complete it."))
	if request.extension_reason:
		refuse(request, _("It was put off once already."), _("Decide it by {0}.").format(request.due_on))
	if getdate(request.due_on) < getdate():
		refuse(request, _("It is overdue, and more time is taken before."), _("Decide it now."))
	if not until or not reason:
		refuse(request, _("More time has a day and a reason."), _("Give both, and tell the client."))
	last = add_days(getdate(request.due_on), MOST_MORE_DAYS)
	if not getdate(request.due_on) < until <= last:
		refuse(
			request,
			_("{0} is not within {1} days after it is due.").format(until, MOST_MORE_DAYS),
			_("Choose a day up to {0}.").format(last),
		)
