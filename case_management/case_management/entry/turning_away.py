"""A person who is not accepted: the reason, the alternatives they are told of, and the need that stays unmet (B3, C16)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from case_management.case_management.record.actions import action, store
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import get_row
from case_management.case_management.support.unmet_need import record_unmet_need

# What is told to the agency that a person is referred to, and on which basis.
SHARED_FIELDS = ("what_was_shared", "agreed_how", "agreed_on", "legal_basis", "legal_basis_note")
ALTERNATIVE_FIELDS = ("agency", "alternative", "kind", "given_on", *SHARED_FIELDS)


def validate_reason(intake: Document) -> None:
	if not intake.decision_reason:
		refuse(
			intake,
			_("A person is not turned away without a reason."),
			_("Choose a code of the list Reason Service Not Provided."),
		)


class TurningAwayActions:
	"""The actions of an intake whose person was turned away."""

	@frappe.whitelist(methods=["POST"])
	@action
	def record_answer(
		self,
		alternative: str | None = None,
		answer: str | None = None,
		on: str | date | None = None,
		note: str | None = None,
	) -> dict:
		"""Record what an agency answered to which the person was referred (B3, C43); it can be recorded again.

		:param alternative: the name of the alternative's row; may be left out where the person was referred once
		:param answer: Accepted, Declined or No Answer
		:param on: a day, YYYY-MM-DD; today if none is given
		:param note: what the agency said, in words
		:return: `alternative`, the row's name, and `answer`
		:raises frappe.ValidationError: the intake is not Not Accepted, the row is not a referral, there is no such
		        answer, or the day lies before the referral or in the future
		"""
		row = get_referred(self, alternative)
		row.update({"answer": answer, "answer_note": note, "answered_on": get_answer_day(self, row, on)})
		if not answer:
			refuse(self, _("The answer is missing."), _("Choose what the agency answered."))
		self.flags.by_answer = True
		self.save()
		return {"alternative": row.name, "answer": row.answer}


def get_referred(intake: Document, name: str | None) -> Document:
	"""Return the alternative that a person who was turned away was referred to."""
	referred = [row for row in intake.alternatives if row.kind == "Referral"]
	if intake.status != "Not Accepted" or not referred:
		refuse(
			intake,
			_("Nobody was referred to another agency by this intake."),
			_("Record the referral as an alternative when the intake is not accepted."),
		)
	if not name and len(referred) == 1:
		return referred[0]
	return get_row(intake, "alternatives", name)


def get_answer_day(intake: Document, row: Document, on: str | date | None) -> date:
	day = get_date(intake, _("Answered On"), on)
	if not getdate(row.given_on) <= day <= getdate():
		refuse(
			intake,
			_("The day of the answer ({0}) is before the referral or in the future.").format(formatdate(day)),
			_("Correct the date."),
		)
	return day


def validate_shared(intake: Document) -> None:
	"""Refuse information that goes to an agency without the person's agreement or a legal basis (design rule 7)."""
	missing = [
		_("Alternative {0} says what was shared. Missing: {1}.").format(row.idx, "; ".join(lacks))
		for row in intake.alternatives
		if (lacks := get_missing_basis(row))
	]
	if missing:
		refuse(
			intake,
			" ".join(missing),
			_("Ask the person whether they agree, or enter a legal basis and why it applies."),
		)


def get_missing_basis(row: Document) -> list[str]:
	"""Return, in words, what is missing before an agency may be told something; empty where nothing is told."""
	if not row.what_was_shared:
		return []
	missing = [] if row.agency else [_("the agency that was told")]
	if not (row.agreed_how or row.legal_basis):
		missing.append(_("how the person agreed, or a legal basis"))
	elif not row.agreed_how and not row.legal_basis_note:
		missing.append(_("why the legal basis applies"))
	return missing


def make_disclosures(intake: Document) -> None:
	"""Store what each agency was told about a person who was turned away (B3; design rule 7)."""
	for row in intake.alternatives:
		if row.what_was_shared:
			values = {field: row.get(field) for field in ("agency", *SHARED_FIELDS)}
			shared = {
				"intake": intake.name,
				"disclosed_on": row.given_on,
				"disclosed_by": frappe.session.user,
			}
			store(frappe.get_doc({"doctype": "Disclosure", **values, **shared}))


def validate_alternatives(intake: Document) -> None:
	validate_shared(intake)
	for row in intake.alternatives:
		if not (row.agency or row.alternative):
			refuse(
				intake,
				_("Alternative {0} is empty.").format(row.idx),
				_("Name the agency, or say what was offered."),
			)
	if not (intake.alternatives or intake.no_alternative_reason):
		refuse(
			intake,
			_("A person who is not accepted is told of an alternative."),
			_("Record at least one alternative, or the reason why there was none."),
		)


def add_alternatives(intake: Document, rows: list[dict]) -> None:
	"""Add rows of alternatives that were given; the same one again is not added twice."""
	known = [(row.agency or None, row.alternative or None) for row in intake.alternatives]
	for row in rows:
		if (row.get("agency") or None, row.get("alternative") or None) in known:
			continue
		given_on = get_date(intake, _("Given on"), row.get("given_on"))
		fields = {field: row.get(field) for field in ALTERNATIVE_FIELDS if row.get(field)}
		intake.append("alternatives", {**fields, "given_on": given_on, **get_agreed_on(fields, given_on)})


def get_agreed_on(row: dict, given_on: date) -> dict:
	"""Return the day on which the person agreed, the referral's own unless another is given."""
	return {"agreed_on": row.get("agreed_on") or given_on} if row.get("agreed_how") else {}


def update_unmet_need(intake: Document) -> None:
	"""Count the need of a person who was turned away (B3, C16); the intake is named, not the person."""
	record_unmet_need(
		intake=intake.name,
		program=intake.program,
		service=intake.service_requested,
		reason=intake.decision_reason,
		description=_("Support in the program {0}").format(intake.program),
		needed_on=getdate(intake.first_contact_on),
	)


def get_unmet_need(intake: Document) -> str | None:
	return frappe.db.get_value("Unmet Need", {"intake": intake.name}, "name")
