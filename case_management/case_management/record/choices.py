"""What was switched off: a code or a master record that is no longer chosen, and stays valid where it was chosen before.

What the app itself copies (the next version of a plan, the case of an accepted intake, a stay of the whole household) was chosen
before; what somebody enters anew is refused.
"""

from collections.abc import Iterable, Iterator

import frappe
from frappe import _
from frappe.model.document import Document

from case_management.case_management.record.refusal import refuse

CODES = "Case Code"
# Users come and go by rules of their own, and stay named in what they did.
OTHERS = ("User", CODES)
# The switches by which Frappe's and other apps' master records are taken out of use, and what each is then.
SWITCHES = {"enabled": 0, "disabled": 1}


def get_choices(doc: Document | None) -> set[tuple[str, str]]:
	"""Return what a record and its rows link to, as pairs of DocType and name."""
	return {(doctype, name) for _label, doctype, name in get_links(doc)}


def get_links(doc: Document | None) -> Iterator[tuple[str, str, str]]:
	for row in [doc, *doc.get_all_children()] if doc else ():
		for field in row.meta.get_link_fields():
			if name := row.get(field.fieldname):
				yield _(field.label or field.fieldname), field.options, name


def keep_choices(doc: Document, *sources: Document | None, new: Iterable[object] = ()) -> Document:
	"""Note that a new record is copied from others, whose choices it may keep; return the record.

	:param new: what is chosen in it now, though a source may have chosen the same
	"""
	doc.flags.chosen_before = {choice for source in sources for choice in get_choices(source)}
	doc.flags.chosen_now = {(CODES, value) for value in new}
	return doc


def keep_codes(doc: Document, *codes: str | None) -> Document:
	"""Note that these codes of a record were chosen before, or are set by a rule; return the record."""
	doc.flags.chosen_before = {(CODES, code) for code in codes}
	return doc


def get_chosen_before(doc: Document) -> set[tuple[str, str]]:
	"""Return the choices that a record may keep: those stored in it, copied into it, or made in what it follows from."""
	chosen = get_choices(doc.get_doc_before_save()) | (doc.flags.chosen_before or set())
	if doc.flags.by_rule:
		for doctype, name in get_followed(doc):
			chosen |= get_choices(frappe.get_doc(doctype, name))
	return chosen - (doc.flags.chosen_now or set())


def get_followed(doc: Document) -> set[tuple[str, str]]:
	"""Return the clients' records that a record made by a rule links to itself."""
	from case_management.permissions import CLIENT_RECORDS

	fields = [field for field in doc.meta.get_link_fields() if field.options in CLIENT_RECORDS]
	return {
		(field.options, name) for field in fields if (name := doc.get(field.fieldname)) and name != doc.name
	}


def validate_masters(doc: Document) -> None:
	"""Refuse new links to master records that are switched off: programs, agencies, templates, whatever has a switch.

	:raises frappe.ValidationError: naming each field and record
	"""
	stored = get_choices(doc.get_doc_before_save())
	new = [link for link in get_links(doc) if link[1:] not in stored and link[1] not in OTHERS]
	off = {(doctype, name) for doctype in {link[1] for link in new} for name in get_off(doctype, new)}
	if not off or not (off := off - get_chosen_before(doc)):
		return
	named = dict.fromkeys(
		_("{0}: {1}").format(label, name) for label, doctype, name in new if (doctype, name) in off
	)
	refuse(
		doc,
		_("No longer in use: {0}.").format("; ".join(named)),
		_("Choose another one, or ask an administrator to enable it again."),
	)


def get_off(doctype: str, links: list[tuple[str, str, str]]) -> list[str]:
	"""Return which of the linked records of a DocType are switched off; none where it has no switch."""
	meta = frappe.get_meta(doctype)
	switch = next((field for field in SWITCHES if meta.has_field(field)), None)
	if not switch or meta.get_field(switch).fieldtype != "Check":
		return []
	names = {name for _label, of, name in links if of == doctype}
	return frappe.get_all(doctype, {"name": ("in", names), switch: SWITCHES[switch]}, pluck="name")
