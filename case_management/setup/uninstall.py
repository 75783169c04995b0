"""What uninstall takes away besides the app's module, which Frappe itself deletes with its DocTypes and tables.

Frappe calls both hooks for a dry run as well. So the first one only looks and says what will go, and the second
one acts, and only once the app is really off the site.
"""

import re

import frappe
from frappe import _
from frappe.query_builder import DocType

from case_management.case_management.keeping.traces import delete_rows, get_links_to
from case_management.permissions import CLIENT_RECORDS
from case_management.setup.install import ROLES
from case_management.setup.workflows import MADE_BY

APP = "case_management"

# Records of the framework that only mention a DocType: the mention goes, the record stays.
MENTIONS = (
	("Email Account", "append_to"),
	("IMAP Folder", "append_to"),
	("User Type", "apply_user_permission_on"),
)

# Fields that hold a DocType's name without being links to DocType.
NAMES_OF_DOCTYPES = (
	("Access Log", "export_from"),
	("Custom DocPerm", "parent"),
	("Custom Field", "options"),
	("Deleted Document", "deleted_doctype"),
	("List View Settings", "name"),
	("Workspace Link", "link_to"),
	("Workspace Shortcut", "link_to"),
	# Frappe 16
	("Permission Log", "for_document"),
	("Workspace Sidebar Item", "link_to"),
)

# What names a report of the app, and goes with it.
NAMES_OF_REPORTS = (
	("Auto Email Report", "report"),
	("Custom Role", "report"),
	("Prepared Report", "report_name"),
)


def before_uninstall() -> None:
	"""Say what will be deleted, and take stock of what can be found only while the app is there."""
	frappe.flags.case_management_stock = get_stock()
	# A site that was not migrated since an update lacks the newer tables.
	there = [doctype for doctype in CLIENT_RECORDS if frappe.db.table_exists(doctype)]
	counts = {doctype: frappe.db.count(doctype) for doctype in there}
	print(
		_(
			"Case Management: clients: {0}, records about them: {1}. All are deleted, with their files."
		).format(counts.pop("Client"), sum(counts.values()))
	)
	print(
		_("Nothing of them stays on this site. A backup made before uninstalling is all that keeps them:")
		+ " "
		+ _("Frappe makes one of the database (unless told not to), but not of files.")
	)


def after_uninstall() -> None:
	"""Delete what the app and its users left outside the app's module. Does nothing after a dry run."""
	if APP in frappe.get_installed_apps():
		return
	stock = frappe.flags.case_management_stock
	delete_files(stock.doctypes)
	delete_references(stock.doctypes, stock.reports)
	delete_history(stock.of_modules)
	delete_desk(stock.of_modules.get("Workspace", []))
	delete_rows("Block Module", {"module": ("in", stock.of_modules["Module Def"])})
	delete_jobs()
	delete_workflow_masters()
	delete_roles()
	for counter in stock.series:
		frappe.db.delete("Series", {"name": counter})
	frappe.db.delete("Singles", {"doctype": ("in", stock.doctypes)})
	frappe.db.delete("__UserSettings", {"doctype": ("in", stock.doctypes)})
	delete_rows("DefaultValue", {"parent": MADE_BY})
	frappe.db.commit()
	frappe.clear_cache()


def get_stock() -> frappe._dict:
	"""Return the names of what is in the app's modules (an administrator's DocTypes too), and the counters.

	:return: `of_modules` (DocType → names), `doctypes`, `reports` on them, `series`
	"""
	modules = frappe.get_all("Module Def", filters={"app_name": APP}, pluck="name")
	of_modules = {
		doctype: frappe.get_all(doctype, filters={field: ("in", modules)}, pluck="name")
		for doctype, field in get_links_to("Module Def")
		if not frappe.get_meta(doctype).istable
	}
	doctypes = of_modules["DocType"]
	return frappe._dict(
		of_modules={**of_modules, "Module Def": modules, "Workflow": get_workflows(doctypes)},
		doctypes=doctypes,
		reports=frappe.get_all("Report", filters={"ref_doctype": ("in", doctypes)}, pluck="name"),
		series=get_series(doctypes),
	)


def get_workflows(doctypes: list[str]) -> list[str]:
	return frappe.get_all("Workflow", filters={"document_type": ("in", doctypes)}, pluck="name")


def get_series(doctypes: list[str]) -> list[str]:
	"""Return the counters that only these DocTypes' names are taken from (`CL-`, `CASE-2026-`)."""
	used = {doctype: get_series_patterns(doctype) for doctype in get_named_by_series()}
	ours = {pattern for doctype, patterns in used.items() if doctype in doctypes for pattern in patterns}
	others = {
		pattern for doctype, patterns in used.items() if doctype not in doctypes for pattern in patterns
	}
	table = DocType("Series")
	counters = frappe.qb.from_(table).select(table.name).run(pluck=True)
	return [name for name in counters if any(re.fullmatch(pattern, name) for pattern in ours - others)]


def get_named_by_series() -> set[str]:
	by_field = frappe.get_all("DocField", filters={"fieldname": "naming_series"}, pluck="parent")
	by_name = frappe.get_all("DocType", filters={"autoname": ("like", "%.#%")}, pluck="name")
	return {*by_field, *by_name}


def get_series_patterns(doctype: str) -> set[str]:
	"""Return a DocType's naming series, with an administrator's changes, as patterns of their counters' names."""
	meta = frappe.get_meta(doctype)
	field = meta.get_field("naming_series")
	series = (field.options if field else meta.autoname) or ""
	return {get_pattern(text) for text in series.split("\n") if text.strip()}


def get_pattern(series: str) -> str:
	"""Return the regular expression of a series' counters: `CASE-.YYYY.-.#####` counts in `CASE-2026-`."""
	prefix = series.strip().split(".#")[0]
	parts = re.split(r"\.(?:YYYY|YY|MM|DD|WW|FY|timestamp)\.?|\{[^}]*\}", prefix)
	return ".+".join(re.escape(part.replace(".", "")) for part in parts)


def delete_files(doctypes: list[str]) -> None:
	"""Delete the files attached to the app's records, from the disk too and without a copy of their entry."""
	for name in frappe.get_all("File", filters={"attached_to_doctype": ("in", doctypes)}, pluck="name"):
		# A file's deletion is noted on its record, whose DocType is gone by now.
		frappe.db.set_value("File", name, {"attached_to_doctype": None, "attached_to_name": None})
		frappe.delete_doc("File", name, force=True, ignore_permissions=True, delete_permanently=True)


def delete_references(doctypes: list[str], reports: list[str]) -> None:
	"""Delete the framework's records about the app's DocTypes and reports, and their mentions elsewhere."""
	for doctype, field in get_links_to("DocType"):
		if (doctype, field) in MENTIONS:
			frappe.db.set_value(doctype, {field: ("in", doctypes)}, field, None)
		elif frappe.get_meta(doctype).issingle:
			frappe.db.delete("Singles", {"doctype": doctype, "field": field, "value": ("in", doctypes)})
		else:
			delete_rows(doctype, {field: ("in", doctypes)})
	for doctype, field in NAMES_OF_DOCTYPES:
		delete_rows(doctype, {field: ("in", doctypes)})
	for doctype, field in NAMES_OF_REPORTS:
		delete_rows(doctype, {field: ("in", reports)})


def delete_desk(workspaces: list[str]) -> None:
	"""Delete the sidebars and icons that Frappe 16 makes of the app's workspaces, and their copies."""
	for doctype in ("Workspace Sidebar", "Desktop Icon"):
		delete_rows(doctype, {"name": ("in", workspaces)})
		delete_history({doctype: workspaces})


def delete_history(records: dict[str, list[str]]) -> None:
	"""Delete what Frappe keeps of deleted records: their copies, versions and comments."""
	for doctype, names in records.items():
		delete_rows("Deleted Document", {"deleted_doctype": doctype, "deleted_name": ("in", names)})
		delete_rows("Version", {"ref_doctype": doctype, "docname": ("in", names)})
		delete_rows("Comment", {"reference_doctype": doctype, "reference_name": ("in", names)})


def delete_jobs() -> None:
	"""Delete the app's scheduled jobs, their logs, and the list of its patches."""
	jobs = frappe.get_all("Scheduled Job Type", filters={"method": ("like", f"{APP}.%")}, pluck="name")
	delete_rows("Scheduled Job Log", {"scheduled_job_type": ("in", jobs)})
	delete_rows("Scheduled Job Type", {"name": ("in", jobs)})
	delete_rows("Patch Log", {"patch": ("like", f"{APP}.%")})


def delete_workflow_masters() -> None:
	"""Delete the workflow states and actions that came with the app and that no other workflow uses."""
	for doctype in ("Workflow State", "Workflow Action Master"):
		for name in frappe.get_all(
			"DefaultValue", filters={"parent": MADE_BY, "defkey": doctype}, pluck="defvalue"
		):
			if not is_used(doctype, name):
				frappe.db.delete(doctype, {"name": name})


def delete_roles() -> None:
	"""Delete the app's roles and take them from their users. One that the site uses elsewhere stays as it is."""
	for role in ROLES:
		if is_used("Role", role):
			print(_("The role {0} stays: something else on this site uses it.").format(role))
			continue
		frappe.db.delete("Has Role", {"role": role})
		frappe.db.delete("Role", {"name": role})
		delete_history({"Role": [role]})


def is_used(doctype: str, name: str) -> bool:
	"""Tell whether anything left on the site links to a role, workflow state or action; a role's users do not count."""
	for parent, field in get_links_to(doctype, framework_only=False):
		if frappe.get_meta(parent).issingle:
			if frappe.db.get_single_value(parent, field) == name:
				return True
			continue
		holders = {"parenttype": ("not in", ("User", "Role Profile"))} if parent == "Has Role" else {}
		if frappe.db.exists(parent, {field: name, **holders}):
			return True
	return False
