"""Names are compared as they are transliterated; those of before were kept by their own script or without letters with strokes."""

import frappe

from case_management.case_management.entry.matching import get_sound

NAMES = {"Client": ("preferred_name",), "Client Identity": ("legal_given_name", "legal_family_name")}
NAMES["Client Name Use"] = ("name_used",)


def execute() -> None:
	"""Store how each name sounds, where that has changed. Run again it changes nothing."""
	frappe.db.auto_commit_on_many_writes = 1
	for doctype, fields in NAMES.items():
		for row in frappe.get_all(doctype, fields=["name", "name_sound", *fields], order_by="name"):
			sound = get_sound(" ".join(row[field] or "" for field in fields))
			if sound != (row.name_sound or ""):
				frappe.db.set_value(doctype, row.name, "name_sound", sound, update_modified=False)
