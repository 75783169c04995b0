"""Workers seconded from another agency: asked for, given for one case until a day, or not to be had (C44, C46)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, formatdate, getdate

from case_management.case_management.access import team
from case_management.case_management.access.conflicts import refuse_worker
from case_management.case_management.access.grants import SECONDED, is_in_conflict
from case_management.case_management.record.actions import action, store
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.settings import get_setting
from case_management.case_management.record.status import move_to, set_status_by_rule

# How many requests a job reads at a time.
BATCH = 200


class SecondmentActions:
	"""The actions of a request for a seconded worker."""

	@frappe.whitelist(methods=["POST"])
	@action
	def give(
		self,
		user: str | None = None,
		from_date: str | date | None = None,
		to_date: str | date | None = None,
		on: str | date | None = None,
		note: str | None = None,
		agency: str | None = None,
	) -> dict:
		"""Put the seconded worker on the team of the case, until a day (C44).

		:param user: the e-mail address of an enabled user with the role Seconded Case Worker
		:param from_date: their first day of access, YYYY-MM-DD; today if none is given
		:param to_date: their last day of access, YYYY-MM-DD
		:param on: the day the agency agreed, YYYY-MM-DD; today if none is given
		:param note: about the answer, in words
		:param agency: the External Agency they come from; the one that was asked if none is given
		:return: `status`, `user`, `from_date` and `to_date`
		:raises frappe.ValidationError: there is no such worker, no agency or no last day, it lies in the past or
		        before the first, the request was answered already, or the case is closed
		:raises frappe.PermissionError: the user may not change the team of the case
		"""
		if self.status != "Given":
			self.update({"user": user, "answer_note": note or self.answer_note})
			self.agency = agency or self.agency
			self.from_date = get_date(self, _("From"), from_date)
			self.to_date = get_date(self, _("Until"), to_date) if to_date else None
			self.answered_on = get_date(self, _("Answered on"), on)
			move_to(self, "Given")
		return {field: self.get(field) for field in ("status", "user", "from_date", "to_date")}

	@frappe.whitelist(methods=["POST"])
	@action
	def extend(self, to_date: str | date | None = None, note: str | None = None) -> dict:
		"""Change the last day of a secondment, as agreed with the agency and the client (C44).

		:param to_date: the new last day of access, YYYY-MM-DD
		:param note: what was agreed, in words
		:return: `status` and `to_date`
		:raises frappe.ValidationError: there is no day, it lies in the past, or the worker is not given now
		:raises frappe.PermissionError: the user may not change the team of the case
		"""
		if self.status != "Given":
			refuse(self, _("It is {0}.").format(_(self.status)), _("Make a new request."))
		if not to_date:
			refuse(self, _("A secondment has a last day."), _("Give the new last day of access."))
		last_day = get_date(self, _("Until"), to_date)
		if last_day != self.to_date:
			self.update({"to_date": last_day, "warned_on": None, "answer_note": note or self.answer_note})
			self.save()
		return {"status": self.status, "to_date": self.to_date}

	@frappe.whitelist(methods=["POST"])
	@action
	def end(self, on: str | date | None = None, note: str | None = None) -> dict:
		"""End a secondment before its day, and with it the worker's access to the client (C44).

		:param on: their last day, YYYY-MM-DD; yesterday if none is given, so that access ends now
		:param note: how it ended, in words
		:return: `status` and `to_date`
		:raises frappe.ValidationError: the worker was not given, or the day is ahead
		:raises frappe.PermissionError: the user may not change the team of the case
		"""
		if self.status != "Ended":
			last_day = get_date(self, _("Until"), on or add_days(getdate(), -1))
			if last_day > getdate():
				refuse(
					self,
					_("{0} lies ahead.").format(formatdate(last_day)),
					_("To let it end on that day, use “Change the Last Day”."),
				)
			self.to_date = min(last_day, getdate(self.to_date)) if self.to_date else None
			self.end_note = note or self.end_note
			move_to(self, "Ended")
		return {"status": self.status, "to_date": self.to_date}

	@frappe.whitelist(methods=["POST"])
	@action
	def not_met(
		self, reason: str | None = None, note: str | None = None, on: str | date | None = None
	) -> dict:
		"""Record that no agency could give such a worker, which leaves a need unmet (C16, C44).

		:param reason: a code of the list Reason Service Not Provided
		:param note: about the answer, in words
		:param on: a day, YYYY-MM-DD; today if none is given
		:return: `status`, and `unmet_need`, the code of the Unmet Need made
		:raises frappe.ValidationError: there is no code, the request was answered already, or the day lies before
		        it was made or in the future
		"""
		if self.status != "Not Met":
			self.update({"unmet_reason": reason, "answer_note": note or self.answer_note})
			self.answered_on = get_date(self, _("Answered on"), on)
			move_to(self, "Not Met")
		need = frappe.db.get_value("Unmet Need", {"seconded_worker_request": self.name}, "name")
		return {"status": self.status, "unmet_need": need}

	@frappe.whitelist(methods=["POST"])
	@action
	def withdraw(self, reason: str | None = None) -> dict:
		"""Take the request back.

		:param reason: why, in words
		:return: `status`
		:raises frappe.ValidationError: there is no reason, or the request was answered already
		"""
		if self.status != "Withdrawn":
			self.withdraw_reason = reason or self.withdraw_reason
			move_to(self, "Withdrawn")
		return {"status": self.status}


def validate_given(request: Document) -> None:
	"""Refuse to give anybody but a seconded worker of an agency, until a day that is not over (C44)."""
	for field in ("user", "agency", "from_date", "to_date"):
		if not request.get(field):
			refuse(
				request,
				_("It is not {0} without: {1}.").format(_("Given"), _(request.meta.get_label(field))),
				_("Say it, with “Give a Worker” or in the field."),
			)
	if "Seconded Case Worker" not in frappe.get_roles(request.user):
		refuse(
			request,
			_("{0} is no seconded worker.").format(request.user),
			_("Choose a user with the role {0}.").format(_("Seconded Case Worker")),
		)
	if is_in_conflict(request.user, request.client):
		refuse_worker(request, request.user, request.client)
	validate_last_day(request)


def validate_last_day(request: Document) -> None:
	if getdate(request.to_date) < max(getdate(), getdate(request.from_date)):
		request.refuse_date("to_date", _("is over, or lies before the first day."))


def update_team(request: Document) -> None:
	"""Bring the team of the case into line with a secondment that was given, changed or ended."""
	case = frappe.get_doc("Client Case", request.client_case, for_update=True)
	if case.status == "Closed":
		return  # with the case its team's access ends, too
	team.validate_may_change(case)
	rows = [row for row in case.team if is_row_of(row, request)]
	if request.status == "Given" and not rows:
		fields = ("user", "agency", "from_date", "to_date")
		member = {field: request.get(field) for field in fields}
		case.append("team", {**member, "team_role": SECONDED, "reason": request.name})
	else:
		team.end_rows(case, rows, getdate(request.to_date))
	store(case)


def is_row_of(row: Document, request: Document) -> bool:
	return row.user == request.user and row.team_role == SECONDED and row.reason == request.name


# What happens by itself


def warn_of_secondment_end() -> list[str]:
	"""Note on each secondment that ends within the days in Settings that a warning is due; once for a last day.

	A notification that an administrator can edit follows from it. Job: daily.

	:return: the codes of the requests, as many as one batch takes
	"""
	days = get_setting("secondment_warning_days")
	until = add_days(getdate(), days or 0)
	filters = {"status": "Given", "warned_on": ("is", "not set"), "to_date": ("between", (getdate(), until))}
	names = get_batch(filters)
	for name in names:
		request = frappe.get_doc("Seconded Worker Request", name)
		request.warned_on = getdate()
		store(request)
	return names


def end_secondments() -> list[str]:
	"""Set the secondments whose last day is over to Ended; the access itself has ended with the day. Job: daily.

	:return: the codes of the requests, as many as one batch takes
	"""
	names = get_batch({"status": "Given", "to_date": ("<", getdate())})
	for name in names:
		set_status_by_rule(frappe.get_doc("Seconded Worker Request", name), "Ended")
	return names


def get_batch(filters: dict) -> list[str]:
	return frappe.get_all("Seconded Worker Request", filters, pluck="name", order_by="creation", limit=BATCH)
