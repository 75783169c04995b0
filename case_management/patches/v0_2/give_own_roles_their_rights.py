"""Give roles of the administrator's own, which do the work of one of the app's, its rights on the DocTypes of 0.2.

Frappe adds a role that a DocType ships with; for a role that the administrator gave rights in the Role Permissions Manager
nothing adds them. A role does the work of another if it may do all that the other may do on the DocTypes of 0.1.
"""

import frappe
from frappe import _
from frappe.core.doctype.doctype.doctype import validate_permissions_for_doctype
from frappe.permissions import AUTOMATIC_ROLES, add_permission, rights

from case_management.setup.install import ROLES

MODULE = "Case Management"
NEW = (
	"Accommodation Stay",
	"Client Access Log",
	"Client Feedback",
	"Conflict Declaration",
	"Critical Incident",
	"Emergency Access",
	"Feedback Question",
	"Practice Standard",
	"Record Disposal",
	"Record Request",
	"Safety Plan",
	"Seconded Worker Request",
	"Sensitive Rating",
)

# (DocType, permission level, right)
Right = tuple[str, int, str]


def execute() -> None:
	"""Add what is missing, and say of each role what it got. Run again it changes nothing."""
	before = get_rights(get_doctypes())
	own = set(before) - set(ROLES) - {*AUTOMATIC_ROLES, "System Manager"}
	shipped = get_rights(NEW)
	for role in sorted(own):
		played = get_played(role, before)
		missing = set().union(*(shipped.get(other, set()) for other in played)) - shipped.get(role, set())
		if missing:
			give(role, missing)
			tell(role, played)


def get_played(role: str, before: dict[str, set[Right]]) -> list[str]:
	"""Return the app's roles whose work a role does; of two of which one may do all that the other may, the greater."""
	played = [other for other in ROLES if before.get(other) and before[other] <= before[role]]
	return [other for other in played if not any(before[other] < before[greater] for greater in played)]


def get_doctypes() -> list[str]:
	"""Return the DocTypes of 0.1 that have rights of their own."""
	filters = {"module": MODULE, "istable": 0, "custom": 0, "name": ("not in", NEW)}
	return frappe.get_all("DocType", filters, pluck="name")


def get_rights(doctypes: list[str] | tuple[str, ...]) -> dict[str, set[Right]]:
	"""Return role → its rights on some DocTypes, as the administrator has them, without those on own records only."""
	found: dict[str, set[Right]] = {}
	for row in get_rows(doctypes):
		granted = {(row.parent, row.permlevel, right) for right in rights if row.get(right)}
		found.setdefault(row.role, set()).update(granted)
	return found


def get_rows(doctypes: list[str] | tuple[str, ...]) -> list[frappe._dict]:
	"""Return the permission rows in force; Frappe's meta leaves an administrator's out while a patch runs."""
	about = {"parent": ("in", doctypes)}
	own = set(frappe.get_all("Custom DocPerm", about, pluck="parent"))
	fields = ["parent", "role", "permlevel", *get_stored_rights()]
	return [
		row
		for table in ("Custom DocPerm", "DocPerm")
		for row in frappe.get_all(table, {**about, "if_owner": 0}, fields)
		if (row.parent in own) == (table == "Custom DocPerm")
	]


def get_stored_rights() -> list[str]:
	return [right for right in rights if frappe.db.has_column("DocPerm", right)]


def give(role: str, missing: set[Right]) -> None:
	for doctype, level in sorted({(doctype, level) for doctype, level, _right in missing}):
		row = {"parent": doctype, "role": role, "permlevel": level, "if_owner": 0}
		given = {right: 1 for of_doctype, at, right in missing if (of_doctype, at) == (doctype, level)}
		if not frappe.db.exists("Custom DocPerm", row):
			add_permission(doctype, role, level)
			given = dict.fromkeys(get_stored_rights(), 0) | given  # a new row may export
		frappe.db.set_value("Custom DocPerm", row, given)
		validate_permissions_for_doctype(doctype)


def tell(role: str, played: list[str]) -> None:
	print(
		_(
			"{0} got the rights of {1} on the new DocTypes of Case Management. Check its reports and workflow steps."
		).format(role, ", ".join(played))
	)
