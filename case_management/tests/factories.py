"""Makers of records for tests: each returns a stored document that keeps every rule."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime, today

from case_management.case_management.record.actions import store

# People every test may be: name → roles. They are stored once on the test site, since making a user empties Frappe's
# caches and takes seconds.
STAFF = {
	# First, since Frappe 15 makes the first user of a site without one a System Manager.
	"app-admin": ("Case Management Admin", "System Manager"),
	"worker": ("Case Worker",),
	"other": ("Case Worker",),
	"colleague": ("Case Worker",),
	"childs-own": ("Case Worker",),
	"lead": ("Case Manager Lead",),
	"other-lead": ("Case Manager Lead",),
	"intake": ("Case Intake Worker",),
	"other-intake": ("Case Intake Worker",),
	"seconded": ("Seconded Case Worker",),
	"auditor": ("Case Auditor",),
	"admin": ("Case Management Admin",),
	"portal-person": ("Case Client",),
	"system-manager": ("System Manager",),
}


def make_staff() -> None:
	"""Store the people of `STAFF` who are not there yet."""
	missing = [name for name, roles in STAFF.items() if not has_roles(f"{name}@staff.example.org", roles)]
	for name in missing:
		make_user(*STAFF[name], name=name)
	if missing:
		frappe.db.commit()  # once for all tests: they are rolled back to here


def has_roles(user: str, roles: tuple[str, ...]) -> bool:
	"""Tell whether a user is there with these roles: uninstalling the app takes them off users who stay."""
	held = set(frappe.get_all("Has Role", {"parent": user, "parenttype": "User"}, pluck="role"))
	return bool(frappe.db.exists("User", user)) and set(roles) <= held


def make_user(*roles: str, name: str | None = None) -> str:
	"""Return the id of a System User with exactly these roles; the same name gives the same user.

	Without a name it is the first of `STAFF` with the roles.
	"""
	name = (
		name
		or next((known for known, their in STAFF.items() if their == roles), None)
		or frappe.scrub(roles[0])
	)
	user = f"{name}@staff.example.org"
	if not has_roles(user, roles):
		values = {"email": user, "first_name": name, "send_welcome_email": 0, "enabled": 1}
		known = frappe.db.exists("User", user)
		doc = frappe.get_doc("User", user) if known else frappe.get_doc({"doctype": "User", **values})
		doc.append_roles(*roles)
		doc.save(ignore_permissions=True)
	return user


def make_worker(name: str = "worker") -> str:
	return make_user("Case Worker", name=name)


def make_lead(name: str = "lead") -> str:
	return make_user("Case Manager Lead", name=name)


def make_intake_worker(name: str = "intake") -> str:
	return make_user("Case Intake Worker", name=name)


def make_program(
	name: str = "Test Program", participation: str = "Compulsory", lead: str | None = None, **values
) -> Document:
	if frappe.db.exists("Support Program", name):
		return frappe.get_doc("Support Program", name)
	program = {
		"doctype": "Support Program",
		"program_name": name,
		"program_type": "Residential" if participation == "Compulsory" else "Community",
		"participation": participation,
		"lead": lead or make_lead(),
		# So that the tests are the same on each day of the week.
		"meeting_on_closed_days": "Stay",
		**values,
	}
	return frappe.get_doc(program).insert(ignore_permissions=True)


def make_agency(name: str = "Test Housing Office") -> Document:
	if frappe.db.exists("External Agency", name):
		return frappe.get_doc("External Agency", name)
	return frappe.get_doc({"doctype": "External Agency", "agency_name": name}).insert(ignore_permissions=True)


def make_policy(version: str = "test", **values) -> Document:
	"""Return a current rights statement."""
	policy = {
		"doctype": "Service Policy",
		"title": "Test Rights",
		"kind": "Rights and Responsibilities",
		"version": version,
		"is_current": 1,
		"text": "What you can expect of us, and we of you.",
		**values,
	}
	name = frappe.db.exists("Service Policy", f"Test Rights v{version}")
	return (
		frappe.get_doc("Service Policy", name)
		if name
		else frappe.get_doc(policy).insert(ignore_permissions=True)
	)


def make_client(preferred_name: str = "Test Person", **values) -> Document:
	return store(frappe.get_doc({"doctype": "Client", "preferred_name": preferred_name, **values}))


def make_case(client: Document | None = None, program: Document | None = None, **values) -> Document:
	"""Return a Pending case, opened 30 days ago, of which `worker@staff.example.org` is the manager."""
	case = {
		"doctype": "Client Case",
		"client": (client or make_client()).name,
		"program": (program or make_program()).name,
		"case_manager": make_worker(),
		"opened_on": add_days(today(), -30),
		**values,
	}
	return store(frappe.get_doc(case))


def make_active_case(client: Document | None = None, program: Document | None = None, **values) -> Document:
	"""Return a case whose rights statement is acknowledged and, if voluntary, agreed to."""
	case = make_case(client, program, **values)
	case.acknowledge_rights(
		policy=make_policy().name, on=case.opened_on, agreed_on=case.opened_on, agreement_how="Spoken"
	)
	return frappe.get_doc("Client Case", case.name)


def make_intake(person_name: str = "Test Caller", program: Document | None = None, **values) -> Document:
	"""Return a New intake whose process was explained; of the session's user, if that is an intake worker."""
	intake = {
		"doctype": "Client Intake",
		"person_name": person_name,
		"program": (program or make_program()).name,
		"first_contact_on": add_days(now_datetime(), -1),
		"process_informed_on": now_datetime(),
		"process_informed_how": "On the phone",
		**values,
	}
	return frappe.get_doc(intake).insert()


def make_screened_intake(
	person_name: str = "Test Caller", program: Document | None = None, **values
) -> Document:
	"""Return an intake that was responded to and awaits the decision."""
	intake = make_intake(person_name, program, **values)
	intake.respond()
	return frappe.get_doc("Client Intake", intake.name)


def make_consent(client: str, agency: str | None = None, purpose: str = "referral", **values) -> Document:
	"""Return a consent given ten days ago; no agency means every agency."""
	consent = {
		"doctype": "Client Consent",
		"client": client,
		"agency": agency,
		"purpose": f"Consent Purpose-{purpose}",
		"given_on": add_days(today(), -10),
		**values,
	}
	return frappe.get_doc(consent).insert()


def make_referral(case: Document, **values) -> Document:
	"""Return a draft of a formal referral to the test agency."""
	referral = {
		"doctype": "Case Referral",
		"client": case.client,
		"client_case": case.name,
		"agency": make_agency().name,
		"help_kind": "Formal",
		"reason": "A place to live",
		**values,
	}
	return frappe.get_doc(referral).insert()
