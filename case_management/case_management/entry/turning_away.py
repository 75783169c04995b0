"""A person who is not accepted: the reason, the alternatives they are told of, and the need that stays unmet (B3, C16)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.support.unmet_need import record_unmet_need

ALTERNATIVE_FIELDS = ("agency", "alternative", "kind", "given_on")


def validate_reason(intake: Document) -> None:
	if not intake.decision_reason:
		refuse(
			intake,
			_("A person is not turned away without a reason."),
			_("Choose a code of the list Reason Service Not Provided."),
		)


def validate_alternatives(intake: Document) -> None:
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
		fields = {field: row.get(field) for field in ("agency", "alternative", "kind") if row.get(field)}
		intake.append("alternatives", {**fields, "given_on": given_on})


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
