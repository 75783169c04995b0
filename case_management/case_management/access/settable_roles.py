"""Roles that an administrator chooses in Case Management Settings: what the app gives them, and takes back.

A DocType names its roles when it ships, and a report too. So a role that is chosen later gets a permission and a place at
the report of its own; the rights of the shipped roles stay as they are.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.permissions import AUTOMATIC_ROLES, rights, setup_custom_perms

from case_management.case_management.record.refusal import refuse

# Field of Settings → the DocType that the role reads (a report asks for the right too), and the report.
GIVEN = {
	"privacy_role": ("Client Access Log", "Who Looked at a Record"),
	"review_role": ("Support Program", "Access to Be Reviewed"),
}


def validate_roles(settings: Document) -> None:
	"""Refuse a role that Frappe gives to everybody."""
	for field in GIVEN:
		if settings.get(field) in AUTOMATIC_ROLES:
			refuse(
				settings,
				_("{0} cannot be {1}, a role that users have automatically.").format(
					_(settings.meta.get_label(field)), settings.get(field)
				),
				_("Choose a role that you give to users yourself."),
			)


def update_roles(settings: Document) -> None:
	"""Give the chosen roles what they need, and take from those chosen before what only that gave them."""
	before = settings.get_doc_before_save()
	for field, (doctype, report) in GIVEN.items():
		role, was = settings.get(field), before and before.get(field)
		if role == was:
			continue
		if was and was not in get_shipped(doctype):
			frappe.db.delete("Custom DocPerm", {"parent": doctype, "role": was})
		if was and was not in get_allowed(report):
			frappe.db.delete(
				"Has Role", {"parenttype": "Custom Role", "parent": get_own(report), "role": was}
			)
		if role:
			give_doctype(doctype, role)
			give_report(report, role)
		frappe.clear_cache(doctype=doctype)


def give_doctype(doctype: str, role: str) -> None:
	"""Let a role read a DocType and its reports, and nothing more."""
	if any(row.role == role and row.report for row in frappe.get_meta(doctype).permissions):
		return
	setup_custom_perms(doctype)
	given = {**dict.fromkeys(rights, 0), "read": 1, "report": 1}
	about = {"parent": doctype, "parenttype": "DocType", "parentfield": "permissions", "role": role}
	frappe.get_doc({"doctype": "Custom DocPerm", **about, **given}).insert(ignore_permissions=True)


def give_report(report: str, role: str) -> None:
	"""Let a role run a report, besides those that may already."""
	if role in get_allowed(report):
		return
	name = get_own(report)
	own = frappe.get_doc("Custom Role", name) if name else frappe.new_doc("Custom Role")
	own.report = report
	roles = {row.role for row in own.roles} or set(get_allowed(report))
	own.set("roles", [{"role": each} for each in sorted({*roles, role})])
	own.save(ignore_permissions=True)


def get_shipped(doctype: str) -> list[str]:
	return frappe.get_all("DocPerm", {"parent": doctype}, pluck="role")


def get_allowed(report: str) -> list[str]:
	"""Return the roles with which a report ships."""
	return frappe.get_all("Has Role", {"parenttype": "Report", "parent": report}, pluck="role")


def get_own(report: str) -> str | None:
	return frappe.db.get_value("Custom Role", {"report": report}, "name")
