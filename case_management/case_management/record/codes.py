"""Code lists: a field that links to Case Code takes the enabled codes of its own list.

The list is named once, in the field's link filters, where the form reads it too; fields that an administrator
adds follow the same rule.
"""

import json
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.meta import Meta

from case_management.case_management.record.choices import CODES, get_chosen_before
from case_management.case_management.record.refusal import refuse


def validate_codes(doc: Document) -> None:
	"""Refuse a code that does not exist, is of another list or is disabled (unless it was chosen before)."""
	used = list(get_used_codes(doc))
	known = get_codes({value for _row, _label, _list, value in used})
	disabled = any(not code.enabled for code in known.values())
	chosen = {name for doctype, name in get_chosen_before(doc) if doctype == CODES} if disabled else ()
	for _row, label, code_list, value in used:
		code = known.get(value)
		if code and code.code_list == code_list and (code.enabled or value in chosen):
			continue
		refuse(
			doc,
			_("“{0}” is not a code of the list {1} ({2}) that is in use.").format(value, code_list, label),
			_("Choose one of: {0}.").format(", ".join(get_names(code_list)) or _("none yet")),
		)


def get_used_codes(doc: Document | None) -> Iterator[tuple[Document, str, str, str]]:
	"""Yield row, label, list and value for each code in the document and its child rows."""
	if not doc:
		return
	for row in [doc, *doc.get_all_children()]:
		for field, code_list in get_code_fields(row.meta):
			if value := row.get(field.fieldname):
				yield row, _(field.label), code_list, value


def get_code_fields(meta: Meta) -> Iterator[tuple[Document, str]]:
	"""Yield each field of a DocType that links to Case Code, with the list its link filters name."""
	for field in meta.get_link_fields():
		if field.options != "Case Code" or not field.link_filters:
			continue
		for _doctype, column, _operator, value in json.loads(field.link_filters):
			if column == "code_list":
				yield field, value


def get_codes(names: set[str]) -> dict[str, frappe._dict]:
	if not names:
		return {}
	rows = frappe.get_all(
		"Case Code", filters={"name": ("in", names)}, fields=["name", "code_list", "enabled", "meaning"]
	)
	return {row.name: row for row in rows}


def get_names(code_list: str) -> list[str]:
	"""Return the names of a list's enabled codes in their order."""
	return frappe.get_all(
		"Case Code",
		filters={"code_list": code_list, "enabled": 1},
		order_by="sort_order, name",
		pluck="name",
	)


def get_meaning(code: str | None) -> str:
	"""Return what a code means to the app (`No Resource`, `Lost Contact`, …), empty for most."""
	return (frappe.get_cached_value("Case Code", code, "meaning") or "") if code else ""


def get_labelled(rows: list[dict], *fields: str) -> list[dict]:
	"""Return rows of a report with the labels of the codes in these fields, which a report's column does not look up."""
	codes = {row[field] for row in rows for field in fields if row[field]}
	filters = {"name": ("in", codes)}
	found = frappe.get_all("Case Code", filters=filters, fields=["name", "label"]) if codes else []
	labels = {code.name: _(code.label) for code in found}
	return [
		{field: labels.get(value, value) if field in fields else value for field, value in row.items()}
		for row in rows
	]
