"""An administrator's edits and an uninstalled app's remains, for the test that migrates, removes and installs the app.

That test runs outside the site's process and calls these functions on it.
"""

import json
from pathlib import Path

import frappe
from frappe.permissions import add_permission, update_permission_property

import case_management
from case_management.setup.install import ROLES

MODULE = "Case Management"
DOCTYPES = Path(case_management.__file__).parent / "case_management" / "doctype"

# Columns whose words are words, not names: a label "Client" of somebody's field is no trace of the app.
WORDS = ("label", "description", "title", "subject", "message", "fieldname", "options")


def edit() -> None:
	"""Change one of each kind of record that the app brought, and delete one, as an administrator would."""
	workflow = frappe.get_doc("Workflow", {"document_type": "Case Meeting"})
	workflow.update({"is_active": 0}).save()
	add_permission("External Agency", "Case Auditor")
	update_permission_property("External Agency", "Case Worker", 0, "write", 0)
	frappe.get_doc("Role", "Case Auditor").update({"home_page": "/app/our-home"}).save()
	frappe.get_doc("Case Code", "Agency Type-centrelink").update({"label": "Our label"}).save()
	frappe.delete_doc("Case Code", "Plan Indicator-0")
	domain = frappe.get_doc("Assessment Domain", "Money")
	domain.update({"description": "Our words", "levels": domain.levels[:2]}).save()
	template = frappe.get_doc("Assessment Template", "Adult: Whole Person")
	template.update({"domains": template.domains[:3]}).save()
	frappe.get_doc("Practice Standard", "B5").update({"target": 80, "enabled": 0}).save()
	frappe.delete_doc("Practice Standard", "B26")
	frappe.get_single("Case Management Settings").update(
		{"note_lock_days": 3, "exit_plan_required": 0}
	).save()
	frappe.get_doc(
		{
			"doctype": "Custom Field",
			"dt": "Client",
			"fieldname": "our_field",
			"label": "Ours",
			"fieldtype": "Data",
		}
	).insert()
	for notification in get_notifications()[:1]:
		frappe.db.set_value("Notification", notification, "enabled", 0)


def get_edits() -> dict:
	"""Return what `edit` changed, as it is now."""
	single = frappe.get_single("Case Management Settings")
	return {
		"workflow": frappe.db.get_value("Workflow", {"document_type": "Case Meeting"}, "is_active"),
		"added permission": len(get_custom_permissions("Case Auditor", "read")),
		"permission taken away": len(get_custom_permissions("Case Worker", "write")),
		"role": frappe.db.get_value("Role", "Case Auditor", "home_page"),
		"code": frappe.db.get_value("Case Code", "Agency Type-centrelink", "label"),
		"deleted code": frappe.db.exists("Case Code", "Plan Indicator-0"),
		"domain": frappe.db.get_value("Assessment Domain", "Money", "description"),
		"levels": len(frappe.get_doc("Assessment Domain", "Money").levels),
		"template": len(frappe.get_doc("Assessment Template", "Adult: Whole Person").domains),
		"settings": [single.note_lock_days, single.exit_plan_required],
		"standards": [
			frappe.db.get_value("Practice Standard", "B5", "target"),
			frappe.db.get_value("Practice Standard", "B5", "enabled"),
			frappe.db.exists("Practice Standard", "B26"),
		],
		"custom field": "our_field" in frappe.db.get_table_columns("Client"),
		"notifications": [
			frappe.db.get_value("Notification", name, "enabled") for name in get_notifications()[:1]
		],
	}


def get_custom_permissions(role: str, right: str) -> list[str]:
	return frappe.get_all("Custom DocPerm", filters={"parent": "External Agency", "role": role, right: 1})


def get_notifications() -> list[str]:
	return frappe.get_all("Notification", filters={"module": MODULE}, pluck="name", order_by="name")


def leave_traces() -> None:
	"""Make what people leave around a client's record: a file, a note to do, comments, tags, views, a shared report."""
	client = frappe.get_doc({"doctype": "Client", "preferred_name": "Trace"}).insert()
	client.add_comment("Comment", "Trace")
	client.add_tag("trace")
	client.update({"pronouns": "they"}).save()
	about = {"reference_type": "Client", "reference_name": client.name}
	make("ToDo", description="Trace", **about)
	attached = {"attached_to_doctype": "Client", "attached_to_name": client.name}
	make("File", file_name="trace.txt", content="trace", is_private=1, **attached)
	make("Report", report_name="Trace", ref_doctype="Client", report_type="Report Builder", is_standard="No")
	make("Kanban Board", kanban_board_name="Trace", reference_doctype="Client Case", field_name="status")
	make("List Filter", filter_name="Trace", reference_doctype="Client", filters="[]")
	make("Custom Field", dt="ToDo", fieldname="trace", label="Trace", fieldtype="Link", options="Client")
	make("Deleted Document", deleted_doctype="Client", deleted_name="CL-DELETED", data="{}")


def make(doctype: str, **values) -> frappe.model.document.Document:
	return frappe.get_doc({"doctype": doctype, **values}).insert()


def find_leftovers() -> list[str]:
	"""Return each table and column of the site in which a name of the app still stands, and tables of the app."""
	names = {MODULE, "case_management", *ROLES, *get_doctypes()}
	tables = [table for table in frappe.db.get_tables(cached=False) if table.startswith(("tab", "__"))]
	found = [table for table in tables if table.removeprefix("tab") in names]
	for table in tables:
		for column in get_name_columns(table):
			field = frappe.qb.Field(column)
			query = frappe.qb.from_(frappe.qb.Table(table)).select(field).distinct()
			query = query.where(field.isin(sorted(names)) | field.like("case_management.%"))
			found += [f"{table}.{column}: {value}" for value in query.run(pluck=True)]
	return sorted(found)


def get_name_columns(table: str) -> list[str]:
	columns = frappe.db.get_table_columns_description(table)
	return [column.name for column in columns if "char" in column.type and column.name not in WORDS]


def get_doctypes() -> list[str]:
	"""Return the DocTypes of the app from its files, since an uninstalled app has no others."""
	return [json.loads(path.read_text(encoding="utf-8"))["name"] for path in DOCTYPES.glob("*/*.json")]
