"""Sensitive life domains: what is said of them is kept apart from the assessment (C32).

Frappe's field levels hide nothing from who may write a record. So what is said of a sensitive domain stands in a
Sensitive Rating, a record with role rows of its own, which a seconded worker, an auditor or an intake worker does
not have. A worker writes it where they write everything else: saving the assessment moves it.
"""

import frappe
from frappe import _
from frappe.model.document import Document

from case_management.case_management.record.actions import store
from case_management.case_management.record.refusal import refuse

# What a sensitive domain's row of the assessment never holds.
CONTENT = (
	"client_rating",
	"worker_rating",
	"in_need",
	"present_need",
	"possible_future_need",
	"strength",
	"past_achievement",
)
PREVIOUS = ("previous_client_rating", "previous_worker_rating")


def is_sensitive(domain: str | None) -> bool:
	return bool(domain and frappe.get_cached_value("Assessment Domain", domain, "sensitive"))


def get_domains(assessment: Document) -> list[str]:
	"""Return the sensitive domains of an assessment."""
	return [row.domain for row in assessment.domains if is_sensitive(row.domain)]


def set_apart(assessment: Document) -> None:
	"""Take what was written about sensitive domains out of their rows; `update_apart` stores it.

	:raises frappe.ValidationError: the user is none who records them
	"""
	assessment.flags.apart = {}
	there = get_stored(assessment.name)
	for row in assessment.domains:
		said = {field: row.get(field) for field in CONTENT if row.get(field)}
		if said and is_sensitive(row.domain):
			validate_may_record(assessment, row.domain)
			assessment.flags.apart[row.domain] = said
			row.update({field: 0 if field == "in_need" else "" for field in said})
		row.recorded_apart = int(row.domain in there or row.domain in assessment.flags.apart)


def validate_may_record(assessment: Document, domain: str) -> None:
	if not assessment.flags.ignore_permissions and not frappe.has_permission("Sensitive Rating", "create"):
		refuse(
			assessment,
			_("{0} is a sensitive life domain: what is said of it is not yours to record.").format(domain),
			_("Ask the case manager to record it, or mark only whether it was discussed."),
		)


def update_apart(assessment: Document) -> None:
	"""Store what `set_apart` took out of the rows of an assessment."""
	stored = get_stored(assessment.name)
	for domain, said in (assessment.flags.apart or {}).items():
		key = {"client": assessment.client, "client_case": assessment.client_case}
		key |= {"doctype": "Sensitive Rating", "assessment": assessment.name, "domain": domain}
		name = stored[domain].name if domain in stored else None
		rating = frappe.get_doc("Sensitive Rating", name) if name else frappe.get_doc(key)
		rating.flags.with_assessment = True  # which this same save may have agreed
		store(rating.update(said))
	assessment.flags.apart = {}


def get_stored(assessment: str | None) -> dict[str, frappe._dict]:
	"""Return what is kept apart of an assessment, by domain."""
	if not assessment:
		return {}
	fields = ["name", "domain", *CONTENT, *PREVIOUS]
	rows = frappe.get_all("Sensitive Rating", filters={"assessment": assessment}, fields=fields)
	return {row.domain: row for row in rows}


def get_shown(assessment: str) -> list[frappe._dict]:
	"""Return what is kept apart of an assessment to a user who may read it, to others nothing."""
	if not frappe.has_permission("Sensitive Rating", "read"):
		return []
	fields = ["name", "domain", *CONTENT, *PREVIOUS]
	return frappe.get_list(
		"Sensitive Rating", filters={"assessment": assessment}, fields=fields, order_by="creation"
	)


def get_answers(assessment: Document) -> list[frappe._dict]:
	"""Return what was said of each domain, what is kept apart or about to be included: for rules, not for show."""
	stored, pending = get_stored(assessment.name), assessment.flags.apart or {}
	return [
		frappe._dict({**row.as_dict(), **stored.get(row.domain, {}), **pending.get(row.domain, {})})
		for row in assessment.domains
	]


def copy_apart(revision: Document) -> None:
	"""Give a new version of an assessment what its first one keeps apart (design rule 4)."""
	for domain, said in get_stored(revision.revises).items():
		values = {"client": revision.client, "client_case": revision.client_case, "domain": domain}
		values |= {field: said[field] for field in (*CONTENT, *PREVIOUS)}
		store(frappe.get_doc({"doctype": "Sensitive Rating", "assessment": revision.name, **values}))
