from frappe import _
from frappe.utils import add_days, getdate

from case_management.case_management.access import secondment
from case_management.case_management.record.agreement import get_changed_fields
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.record.refusal import get_labels, refuse
from case_management.case_management.record.status import status_changed_to
from case_management.case_management.support.unmet_need import record_unmet_need


class SecondedWorkerRequest(secondment.SecondmentActions, ClientRecord):
	"""A worker of another agency is asked for, given until a day, or not to be had (C44)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link | None
		answer_note: DF.SmallText | None
		answered_on: DF.Date | None
		case_manager: DF.Link | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		end_note: DF.SmallText | None
		from_date: DF.Date | None
		naming_series: DF.Literal["SWR-.YYYY.-.#####"]
		reason: DF.Link | None
		requested_by: DF.Literal["Client", "Worker", "Together"]
		requested_on: DF.Date
		status: DF.Literal["Requested", "Given", "Ended", "Not Met", "Withdrawn"]
		to_date: DF.Date | None
		unmet_reason: DF.Link | None
		user: DF.Link | None
		wanted: DF.SmallText
		warned_on: DF.Date | None
		withdraw_reason: DF.SmallText | None
		worker_name: DF.Data | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	NEXT_STATUS = {
		"Requested": ("Given", "Not Met", "Withdrawn"),
		"Given": ("Ended",),
		"Ended": (),
		"Not Met": (),
		"Withdrawn": (),
	}

	PAST_DATES = ("requested_on", "answered_on")
	# A closed case is no reason to leave a request open; a new one, or a worker, is refused below.
	WRITTEN_AFTER_CLOSURE = True
	# What was asked for stays as it was asked once there is an answer.
	ASKED_FIELDS = frozenset(("wanted", "reason", "agency", "requested_on", "requested_by"))
	# What is said when a status arrives.
	REASON_OF_STATUS = {"Not Met": "unmet_reason", "Withdrawn": "withdraw_reason"}

	def validate(self) -> None:
		self.validate_record()
		self.validate_open_case()
		self.set_days()
		self.validate_answer()
		self.validate_asked()

	def on_update(self) -> None:
		self.update_team()
		self.update_unmet_need()

	def validate_open_case(self) -> None:
		case = self.get_case()
		if case and case.status == "Closed" and (self.is_new() or status_changed_to(self, "Given")):
			refuse(
				self,
				_("The case {0} is closed.").format(self.client_case),
				_("Reopen the case first, with a reason."),
			)

	def set_days(self) -> None:
		"""Date what arrives without a date, as from the Workflow's own button."""
		if status_changed_to(self, "Given", "Not Met"):
			self.answered_on = self.answered_on or getdate()
		if status_changed_to(self, "Ended") and getdate(self.to_date) > getdate():
			self.to_date = add_days(getdate(), -1)

	def validate_answer(self) -> None:
		if status_changed_to(self, "Given"):
			secondment.validate_given(self)
		elif self.status == "Given" and self.has_value_changed("to_date"):
			secondment.validate_last_day(self)
		if self.answered_on and getdate(self.answered_on) < getdate(self.requested_on):
			self.refuse_date("answered_on", _("lies before it was requested."))
		field = self.REASON_OF_STATUS.get(self.status)
		if field and not (self.get(field) or "").strip():
			refuse(
				self,
				_("It is not {0} without: {1}.").format(_(self.status), _(self.meta.get_label(field))),
				_("Say it, with the request's action."),
			)

	def validate_asked(self) -> None:
		before = self.get_doc_before_save()
		if not before or before.status == "Requested":
			return
		if changed := get_changed_fields(before, self) & self.ASKED_FIELDS:
			refuse(
				self,
				_("It was answered and stays as it was asked ({0}).").format(get_labels(self, changed)),
				_("Make a new request."),
			)

	def update_team(self) -> None:
		if status_changed_to(self, "Given", "Ended") or (
			self.status == "Given" and self.has_value_changed("to_date")
		):
			secondment.update_team(self)

	def update_unmet_need(self) -> None:
		if status_changed_to(self, "Not Met"):
			record_unmet_need(
				seconded_worker_request=self.name,
				client=self.client,
				client_case=self.client_case,
				program=self.get_case().program,
				description=self.wanted,
				reason=self.unmet_reason,
				needed_on=self.requested_on,
			)
