"""What a site gets when the app is installed."""

import frappe

from case_management.case_management.guard.referencing import find_references
from case_management.setup.defaults import make_defaults
from case_management.setup.indexes import add_indexes
from case_management.setup.workflows import make_workflows

# Frappe makes the roles that a DocType's permissions name; the client's own role is named by none.
ROLES = (
	"Case Intake Worker",
	"Case Worker",
	"Seconded Case Worker",
	"Case Manager Lead",
	"Case Management Admin",
	"Case Auditor",
	"Case Client",
)


def after_install() -> None:
	"""Make the roles, records and workflows a site starts with. Hook: after_install; never called by migrate.

	Called again it adds what is missing and changes nothing that is there.
	"""
	make_roles()
	make_defaults()
	make_workflows()
	add_indexes()
	find_references()


def make_roles() -> None:
	"""Insert the roles that are missing; a client signs in to the portal and never to the Desk."""
	for role in ROLES:
		if not frappe.db.exists("Role", role):
			values = {"doctype": "Role", "role_name": role, "desk_access": int(role != "Case Client")}
			frappe.get_doc(values).insert(ignore_permissions=True)
