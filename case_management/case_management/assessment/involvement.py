"""Agencies that take part: in an assessment and in a case, with the consent that their part rests on (B8, B16)."""

from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from case_management.case_management.record.refusal import refuse
from case_management.case_management.support.consent import validate_consent

# What a consent's purpose means where it lets an agency contribute to an assessment.
CONTRIBUTING = ("Assessment", "Coordination")


def validate_contributor(assessment: Document, row: Document) -> None:
	"""B8: refuse an agency's contribution without the client's live consent on that day."""
	validate_row(assessment, row, "contributed_on", CONTRIBUTING)


def validate_agencies(case: Document) -> None:
	"""B16: refuse an agency on a case whose consent is another agency's or not live, or whose part ends before it began.

	An agency may stand there without a consent: the client brought it, and nothing was told.
	"""
	for row in case.agencies:
		validate_row(case, row, "from_date")
		if row.to_date and row.from_date and getdate(row.to_date) < getdate(row.from_date):
			refuse(
				case,
				_("The part of {0} ends before it begins.").format(row.agency),
				_("Correct one of the two dates."),
			)


def validate_row(doc: Document, row: Document, day: str, meanings: tuple[str, ...] | None = None) -> None:
	"""Refuse a row whose consent does not cover its agency on its day.

	One that was recorded stays: a consent that is withdrawn later does not undo what was said with it.
	"""
	before = doc.get_doc_before_save()
	rows = before.get(row.parentfield) if before else ()
	stored = next((old for old in rows if old.name == row.name), None)
	unchanged = stored and all(stored.get(field) == row.get(field) for field in ("agency", "consent", day))
	if row.consent and not unchanged:
		validate_consent(doc, row.consent, row.agency, meanings, row.get(day))
