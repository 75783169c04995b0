"""What a case needs before it is Active: the rights statement and, in a voluntary program, the client's agreement.

Design rule 2; B4 and C19 of the requirements.
"""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from pypika.queries import QueryBuilder

from case_management.case_management.meeting.meetings import ensure_next_meeting
from case_management.case_management.record.actions import action
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import add_row
from case_management.case_management.record.status import can_move_to, move_to

RIGHTS_STATEMENT = "Rights and Responsibilities"
# What the list of acknowledged statements takes from the case: field of the row → field of the case.
ACKNOWLEDGED = {
	"policy": "rights_policy",
	"acknowledged_on": "rights_acknowledged_on",
	"acknowledged_by": "rights_acknowledged_by",
	"language": "rights_language",
	"format": "rights_format",
	"no_signature_reason": "rights_no_signature_reason",
}


class RightsActions:
	"""The actions of a case by which it becomes Active."""

	@frappe.whitelist(methods=["POST"])
	@action
	def acknowledge_rights(
		self,
		policy: str | None = None,
		on: str | date | None = None,
		by: str | None = None,
		language: str | None = None,
		format: str | None = None,
		signature: str | None = None,
		no_signature_reason: str | None = None,
		override_reason: str | None = None,
		agreed_on: str | date | None = None,
		agreement_how: str | None = None,
	) -> dict:
		"""Record that the client was given the rights statement (B4); activate the case if it is ready.

		:param policy: the code of a Service Policy; the current rights statement (in `language` if there is
		        one) if none is given
		:param on: a day, YYYY-MM-DD; today if none is given
		:param by: who acknowledged it, in words; Client if none is given
		:param language: in which language; the statement's own if none is given
		:param format: how it was given (read aloud, Easy Read …), in words
		:param signature: the signature's image as a data URL
		:param no_signature_reason: why it is not signed, in words (spoken by phone, does not want to sign …);
		        Settings say whether a signature or this is required
		:param override_reason: why it was not possible, in words; the case may then be Active, and counts as
		        a gap
		:param agreed_on: for a voluntary program, the day the client agreed to take part (C19), today if
		        only the next is given
		:param agreement_how: how they agreed, in a few words
		:return: `name`, `status`, and `missing`: what the case still needs to be Active, in words. A Pending
		        case stays so while something is missing, or where the workflow has no step for the user
		:raises frappe.ValidationError: there is no current statement or the policy named is none, the
		        signature is no image, neither it nor a reason is given where Settings require one, or a day
		        lies before the case opened or in the future
		"""
		day = self.get_event_date(_("Acknowledged on"), on)
		how = {"by": by, "language": language, "format": format, "signature": signature}
		how["no_signature_reason"] = no_signature_reason
		set_acknowledgement(self, policy, day, override_reason, **how)
		if agreed_on or agreement_how:
			set_agreement(self, agreed_on, agreement_how)
		return activate_if_ready(self)

	@frappe.whitelist(methods=["POST"])
	@action
	def record_agreement(self, on: str | date | None = None, how: str | None = None) -> dict:
		"""Record that the client of a voluntary program agreed to take part (C19), or does so again; activate a ready case.

		:param on: the day they agreed, YYYY-MM-DD; today if none is given
		:param how: how they agreed, in a few words
		:return: `name`, `status` and `missing`, as `acknowledge_rights` answers
		:raises frappe.ValidationError: the day lies before the case opened or in the future
		"""
		set_agreement(self, on, how)
		answer = activate_if_ready(self)
		ensure_next_meeting(self.name)
		return answer

	@frappe.whitelist(methods=["POST"])
	@action
	def activate(self) -> dict:
		"""Make a case Active that is Pending, or in Exit Planning; its next meeting then exists (C21).

		:return: `name` and `status`
		:raises frappe.ValidationError: the acknowledgement of the rights statement or, in a voluntary
		        program, the client's agreement is missing; the message says which
		:raises frappe.PermissionError: by the workflow the step is not the user's: by the default one a
		        seconded worker does not activate a Pending case
		"""
		if self.status != "Active":
			move_to(self, "Active")
		return {"name": self.name, "status": self.status}


def set_agreement(case: Document, on: str | date | None, how: str | None) -> None:
	case.agreement_on = case.get_event_date(_("Agreed to Take Part on"), on)
	case.agreement_how = how or case.agreement_how
	case.agreement_withdrawn_on = case.agreement_withdrawn_reason = None


def activate_if_ready(case: Document) -> dict:
	missing = get_missing(case)
	if case.status == "Pending" and not missing and can_move_to(case, "Active"):
		move_to(case, "Active")
	else:
		case.save()
	return {"name": case.name, "status": case.status, "missing": missing}


def get_current_statement(language: str | None = None) -> str | None:
	"""Return the current rights statement, in the language asked for if there is one in it."""
	filters = {"kind": RIGHTS_STATEMENT, "is_current": 1}
	in_language = language and frappe.db.get_value(
		"Service Policy", {**filters, "language": language}, "name"
	)
	return in_language or frappe.db.get_value("Service Policy", filters, "name", order_by="creation desc")


def set_acknowledgement(
	case: Document, policy: str | None, on: date, override_reason: str | None, **how: str | None
) -> None:
	"""Write into the case that its client acknowledged the statement, or why they did not.

	:param how: `by`, `language`, `format`, `signature` and `no_signature_reason`
	:raises frappe.ValidationError: there is no current statement, the one named is not current, or it is not signed
	        as Settings require
	"""
	if override_reason:
		case.rights_override_reason = override_reason
		return
	policy = policy or get_current_statement(how["language"])
	validate_statement(case, policy)
	validate_signature(case, how["signature"], how["no_signature_reason"])
	case.rights_policy, case.rights_acknowledged_on = policy, on
	case.rights_override_reason = None
	case.rights_acknowledged_by = how["by"] or _("Client")
	case.rights_language = how["language"] or frappe.db.get_value("Service Policy", policy, "language")
	case.rights_format = how["format"]
	case.rights_signature = how["signature"]
	case.rights_no_signature_reason = how["no_signature_reason"]
	add_to_history(case)


def add_to_history(case: Document) -> None:
	"""Keep which version was acknowledged when and how: an acknowledgement of the next version takes the place of this one."""
	row = {field: case.get(source) for field, source in ACKNOWLEDGED.items()}
	add_row(case, "rights_history", {**row, "signed": int(bool(case.rights_signature))})


def validate_signature(case: Document, signature: str | None, reason: str | None) -> None:
	"""Refuse a signature that is none, and, where Settings require it, neither a signature nor a reason (B4)."""
	if signature and not signature.startswith("data:image/"):
		refuse(
			case,
			_("The signature is no image."),
			_("Let the client sign on the form, or say why they do not."),
		)
	settings = frappe.get_cached_doc("Case Management Settings")
	if settings.rights_signature_required and not (signature or reason):
		refuse(
			case,
			_("The rights statement is signed by the client."),
			_("Let them sign, or give the reason why there is no signature."),
		)


def is_outdated(case: Document) -> bool:
	"""Tell whether the statement that the client of an open case acknowledged is no longer the current one."""
	if not case.rights_policy or case.status == "Closed":
		return False
	return not frappe.db.get_value("Service Policy", case.rights_policy, "is_current")


def get_outdated_cases() -> QueryBuilder:
	"""Return a query of the open cases whose acknowledged statement is no longer current (B4), by code."""
	case, policy = DocType("Client Case"), DocType("Service Policy")
	query = frappe.qb.from_(case).join(policy).on(policy.name == case.rights_policy).select(case.name)
	return query.where((case.status != "Closed") & (policy.is_current == 0))


def get_unsigned_cases() -> QueryBuilder:
	"""Return a query of the cases whose statement is acknowledged with neither a signature nor a reason, by code."""
	case = DocType("Client Case")
	query = frappe.qb.from_(case).select(case.name).where(case.rights_acknowledged_on.isnotnull())
	unsigned = case.rights_signature.isnull() | (case.rights_signature == "")
	unexplained = case.rights_no_signature_reason.isnull() | (case.rights_no_signature_reason == "")
	return query.where(unsigned & unexplained)


def validate_statement(case: Document, policy: str | None) -> None:
	row = policy and frappe.db.get_value("Service Policy", policy, ["kind", "is_current"], as_dict=True)
	if not row or row.kind != RIGHTS_STATEMENT or not row.is_current:
		refuse(
			case,
			_("“{0}” is not a current statement of rights and responsibilities.").format(policy or _("none")),
			_("Choose the current one, or ask an administrator to add one under Service Policy."),
		)


def get_missing(case: Document) -> list[str]:
	"""Return, in words, what the case still needs before it may be Active; empty if nothing."""
	settings = frappe.get_cached_doc("Case Management Settings")
	missing = []
	acknowledged = case.rights_acknowledged_on or case.rights_override_reason
	if settings.rights_statement_required and not acknowledged:
		missing.append(_("the client's acknowledgement of the rights statement, or a reason why not"))
	if settings.voluntary_agreement_required and is_voluntary(case) and not case.agreement_on:
		missing.append(_("the client's agreement to take part, since the program is voluntary"))
	return missing


def is_voluntary(case: Document) -> bool:
	return frappe.get_cached_value("Support Program", case.program, "participation") == "Voluntary"


def validate_ready(case: Document) -> None:
	"""Refuse a case to become Active while something of `get_missing` is missing."""
	if missing := get_missing(case):
		refuse(
			case,
			_("It cannot be Active without {0}.").format(_(" and ").join(missing)),
			_("Use “Acknowledge Rights” on the case."),
		)
