"""Assessments over the life domains of a template, and what must be there before one is agreed (A2, B6 to B8)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint

from case_management.case_management.assessment.sensitive import get_answers, is_sensitive
from case_management.case_management.households.household import get_children, is_minor
from case_management.case_management.record.actions import action, lock_case, store
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.settings import get_setting

OPEN = ("Draft", "With Client")
KINDS = ("Initial", "Reassessment", "Exit")


class AssessingActions:
	"""The action of a case by which an assessment begins."""

	@frappe.whitelist(methods=["POST"])
	@action
	def start_assessment(self, kind: str | None = None, template: str | None = None) -> dict:
		"""Open an assessment with a row for each life domain of the template (B6), or return the open one.

		:param kind: Initial, Reassessment or Exit; empty for Initial until one is agreed, then Reassessment
		:param template: an Assessment Template; the program's for an adult or a child if none is given
		:return: `assessment`, its code
		:raises frappe.ValidationError: there is no such kind or template, or the case is closed
		"""
		return {"assessment": start_assessment(self, kind, template).name}


def start_assessment(case: Document, kind: str | None = None, template: str | None = None) -> Document:
	"""Return the case's open assessment of a kind, made now if there is none.

	:param kind: Initial, Reassessment or Exit; by default Initial until one is agreed, then Reassessment
	:param template: the template; the program's for an adult or a child by default
	:raises frappe.ValidationError: there is no such kind or template
	"""
	lock_case(case.name)
	kind = kind or get_next_kind(case.name)
	if kind not in KINDS:
		refuse(
			case, _("“{0}” is no kind of assessment.").format(kind), _("Kinds: {0}.").format(", ".join(KINDS))
		)
	filters = {"client_case": case.name, "kind": kind, "status": ("in", OPEN)}
	if existing := frappe.db.get_value("Client Assessment", filters, "name", for_update=True):
		return frappe.get_doc("Client Assessment", existing)
	values = {"client": case.client, "client_case": case.name, "kind": kind, "template": template}
	return store(frappe.get_doc({"doctype": "Client Assessment", **values}))


def get_next_kind(case: str) -> str:
	return "Reassessment" if get_agreed_assessment({"client_case": case}) else "Initial"


def get_agreed_assessment(filters: dict) -> str | None:
	"""Return the code of the newest Agreed assessment that matches."""
	filters = {**filters, "status": "Agreed"}
	return frappe.db.get_value("Client Assessment", filters, "name", order_by="agreed_on desc, creation desc")


def count_needs(assessment: str | None) -> int:
	"""Return in how many life domains of an assessment there is a need, those kept apart included (C17)."""
	if not assessment:
		return 0
	rows = {"parenttype": "Client Assessment", "parent": assessment, "in_need": 1}
	apart = {"assessment": assessment, "in_need": 1}
	return frappe.db.count("Assessment Domain Rating", rows) + frappe.db.count("Sensitive Rating", apart)


def update_reassessment_due(assessment: Document) -> None:
	"""Let the case say when its next assessment is due after one was agreed (B18)."""
	due = get_reassessment_due(assessment.client_case)
	frappe.db.set_value("Client Case", assessment.client_case, "reassessment_due", due, update_modified=False)


def get_reassessment_due(case: str) -> date | None:
	"""Return the day of a case's last agreed assessment plus its program's days; None for a program that sets none.

	An assessment at exit asks for no other one.
	"""
	program = frappe.db.get_value("Client Case", case, "program")
	days = cint(frappe.get_cached_value("Support Program", program, "reassessment_interval_days"))
	filters = {"client_case": case, "kind": ("!=", "Exit")}
	agreed = get_agreed_assessment(filters) if days else None
	agreed_on = agreed and frappe.db.get_value("Client Assessment", agreed, "agreed_on")
	return add_days(agreed_on, days) if agreed_on else None


def get_template(assessment: Document) -> str | None:
	"""Return the program's template for the client's age, else the first one in use for it."""
	child = is_minor(frappe.db.get_value("Client", assessment.client, "birth_date"), assessment.assessed_on)
	field = "child_assessment_template" if child else "assessment_template"
	program = frappe.db.get_value("Client Case", assessment.client_case, "program")
	in_use = {"for_whom": "Child" if child else "Adult", "enabled": 1}
	return frappe.db.get_value("Support Program", program, field) or frappe.db.get_value(
		"Assessment Template", in_use, "name", order_by="creation"
	)


def set_domains(assessment: Document) -> None:
	"""Add the template's domains to an assessment, and what was said of each domain the last time.

	Later on only the required ones come back when somebody took them off.
	"""
	required = get_template_domains(assessment.template)
	there = {row.domain for row in assessment.domains}
	every = assessment.is_new() or assessment.has_value_changed("template")
	for domain, is_required in required.items():
		if domain not in there and (every or is_required):
			assessment.append("domains", {"domain": domain, "discussed": "Discussed"})
	previous = get_previous_ratings(assessment)
	for row in assessment.domains:
		row.required = required.get(row.domain, 0)
		ratings = ("", "") if is_sensitive(row.domain) else previous.get(row.domain, ("", ""))
		row.previous_client_rating, row.previous_worker_rating = ratings


def get_template_domains(template: str | None) -> dict[str, int]:
	"""Return the template's enabled domains and whether each is required."""
	rows = frappe.get_cached_doc("Assessment Template", template).domains if template else []
	return {row.domain: row.required for row in rows if is_enabled(row.domain)}


def is_enabled(domain: str) -> bool:
	return bool(frappe.get_cached_value("Assessment Domain", domain, "enabled"))


def get_previous_ratings(assessment: Document) -> dict[str, tuple[str, str]]:
	"""Return the client's and the worker's rating of each domain in the client's last Agreed assessment (B18)."""
	name = get_previous_assessment(assessment)
	rows = frappe.get_doc("Client Assessment", name).domains if name else ()
	return {row.domain: (row.client_rating or "", row.worker_rating or "") for row in rows}


def get_previous_assessment(assessment: Document) -> str | None:
	"""Return the code of the client's last Agreed assessment besides this one."""
	return get_agreed_assessment({"client": assessment.client, "name": ("!=", assessment.name or "")})


def validate_domains(assessment: Document) -> None:
	"""Refuse a domain that is there twice, and a rating that its levels do not have."""
	there = set()
	for row in assessment.domains:
		if row.domain and row.domain in there:
			refuse(
				assessment,
				_("The life domain {0} is there twice.").format(row.domain),
				_("Keep one row of it, with everything said."),
			)
		there.add(row.domain)
		validate_scores(assessment, row)


def validate_scores(assessment: Document, row: Document) -> None:
	levels = frappe.get_cached_doc("Assessment Domain", row.domain).levels if row.domain else []
	scores = [str(level.score) for level in levels]
	given = [rating for rating in (row.client_rating, row.worker_rating) if rating]
	for rating in given:
		if scores and rating not in scores:
			refuse(
				assessment,
				_("{0} is no level of {1}.").format(rating, row.domain),
				_("Its levels are: {0}.").format(", ".join(scores)),
			)


def validate_complete(assessment: Document) -> None:
	"""A2: no agreement while a required domain is unrated and not marked as not discussed or declined."""
	if not assessment.domains:
		refuse(
			assessment,
			_("It has no life domain."),
			_("Choose a template, or add the domains you talked about."),
		)
	unrated = [row.domain for row in get_answers(assessment) if row.required and is_unanswered(row)]
	if unrated:
		refuse(
			assessment,
			_("Not rated yet: {0}.").format(", ".join(unrated)),
			_("Rate each of them, or mark it as Not Discussed or Client Declined."),
		)


def is_unanswered(row: Document) -> bool:
	return row.discussed == "Discussed" and not (row.client_rating or row.worker_rating)


def validate_children_assessed(assessment: Document) -> None:
	"""B7: no agreement with an adult while a child in their care has no agreed assessment of its own."""
	required = get_setting("child_assessment_required")
	if not required or assessment.children_not_assessed_reason:
		return
	children = get_children(assessment.client_case)
	missing = [child.name for child in children if not get_agreed_assessment({"client": child.client})]
	if missing:
		refuse(
			assessment,
			_("A child of the household has no agreed assessment of its own ({0}).").format(
				", ".join(missing)
			),
			_("Assess each child first, or say why that is not possible yet."),
		)
