"""What people leave on a site of version 0.1, for the test that migrates it.

Runs inside the site under the code of 0.1, so it uses nothing but Frappe and the DocTypes that 0.1 had; `edit` runs on a
new site of today as well, which the migrated one is held against.
"""

import frappe

MODULE = "Case Management"
OWN_ROLE = "Our Case Worker"
# Stands in each text that is about a sensitive life domain.
CANARY = "canary-of-0.1"
TEXTS = ("present_need", "possible_future_need", "strength", "past_achievement")
SENT = {"share_doctype": "Client", "user": "Guest", "read": 1}


def edit() -> None:
	"""Change the defaults as an administrator does: a role of their own, a workflow off, a notice off, a code less."""
	frappe.get_doc({"doctype": "Role", "role_name": OWN_ROLE}).insert()
	for doctype in frappe.get_all("DocType", {"module": MODULE, "istable": 0}, pluck="name"):
		copy_rights(doctype, "Case Worker", OWN_ROLE)
	frappe.get_doc("Workflow", {"document_type": "Case Meeting"}).update({"is_active": 0}).save()
	frappe.db.set_value("Notification", "Support Plan Review Due", "enabled", 0)
	frappe.delete_doc("Case Code", "Plan Indicator-0")


def copy_rights(doctype: str, role: str, own: str) -> None:
	"""Give an own role what another role may do with a DocType, as the Role Permissions Manager stores it."""
	rows = frappe.get_all("DocPerm", {"parent": doctype}, ["*"])
	for row in [*rows, *({**row, "role": own} for row in rows if row.role == role)]:
		custom = frappe.new_doc("Custom DocPerm")
		custom.update({key: value for key, value in row.items() if key not in ("name", "creation")})
		custom.db_insert()


def leave() -> dict:
	"""Write about every sensitive life domain, and leave a public file, a share and a stage; return how much there is."""
	rows = write_of_sensitive_domains()
	copy_into_plans()
	change_drafts()
	client = frappe.get_all("Client", pluck="name", order_by="name", limit=1)[0]
	file = {"file_name": "letter.txt", "content": "Open", "is_private": 0}
	frappe.get_doc(
		{"doctype": "File", **file, "attached_to_doctype": "Client", "attached_to_name": client}
	).insert()
	frappe.get_doc({"doctype": "DocShare", **SENT, "share_name": client, "name": "left-by-0-1"}).db_insert()
	return {"rows": rows, "plans": count_plans()}


def get_sensitive_domains() -> list[str]:
	return frappe.get_all("Assessment Domain", {"sensitive": 1}, pluck="name")


def write_of_sensitive_domains() -> int:
	filters = {"parenttype": "Client Assessment", "domain": ("in", get_sensitive_domains())}
	rows = frappe.get_all("Assessment Domain Rating", filters, pluck="name")
	for name in rows:
		words = {field: f"{CANARY} {field} {name}" for field in TEXTS}
		frappe.db.set_value("Assessment Domain Rating", name, words | {"in_need": 1, "worker_rating": "2"})
	return len(rows)


def copy_into_plans() -> None:
	"""Let plans hold of sensitive domains what they copied from their assessments when they were made."""
	for plan in frappe.get_all("Support Plan", {"assessment": ("is", "set")}, ["name", "assessment"]):
		about = {"parent": plan.assessment, "domain": ("in", get_sensitive_domains())}
		for row in frappe.get_all("Assessment Domain Rating", about, ["domain", *TEXTS], limit=2):
			need = frappe.new_doc("Support Plan Need")
			need.update({"parenttype": "Support Plan", "parentfield": "needs", "parent": plan.name})
			need.update({"domain": row.domain, "need": row.present_need, "strength": row.strength, "idx": 99})
			need.db_insert()


def count_plans() -> int:
	return frappe.db.count("Support Plan Need", {"need": ("like", f"{CANARY}%")})


def change_drafts() -> None:
	"""Save the assessments that are still open, so that their history tells of sensitive domains too."""
	for name in frappe.get_all(
		"Client Assessment", {"status": ("in", ("Draft", "With Client"))}, pluck="name"
	):
		assessment = frappe.get_doc("Client Assessment", name)
		for row in assessment.domains:
			if row.domain in get_sensitive_domains():
				row.present_need = f"{CANARY} changed {row.name}"
		assessment.save(ignore_version=False)
