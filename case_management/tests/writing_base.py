"""A hidden record of every kind beside one's own, for the tests of who writes what: made from the DocTypes' fields."""

import hashlib
from typing import Any, ClassVar

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime, today

from case_management.case_management.record.actions import store
from case_management.permissions import CLIENT_RECORDS
from case_management.tests import factories, leak_people, leak_world, plan_factories
from case_management.tests.base import CaseTestCase

HIDDEN = leak_world.HIDDEN
# From whom the hidden client is kept: by another case, a conflict, an ended team, their role, or having none.
KEPT_OUT = ("other", "colleague", "childs-own", "seconded", "auditor", "admin", "portal-person")


def get_user(name: str) -> str:
	return name if name == "Guest" else f"{name}@staff.example.org"


def get_hidden(doctype: str) -> str:
	return leak_world.get_name(doctype, HIDDEN)


def get_absent(doctype: str) -> str:
	return leak_world.get_name(doctype, HIDDEN + 1)


class WritingTestCase(CaseTestCase):
	"""Each test is undone by a savepoint, so that the world is made once for all of them."""

	own: ClassVar[dict[str, Document]]
	hidden: ClassVar[dict[str, dict]]

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		leak_world.make_program()
		records = [leak_world.make_record(doctype, HIDDEN) for doctype in leak_world.get_doctypes()]
		cls.hidden = {record["doctype"]: record for record in records}
		keep_out()
		cls.own = make_own_records()
		frappe.local.role_permissions = {}

	def setUp(self) -> None:
		super().setUp()
		frappe.db.savepoint("writing")
		frappe.clear_messages()

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="writing")

	def refuse_all(self, acts: dict[str, Any], user: str) -> None:
		"""Try each act as a user: each is refused in words, and nothing stored changes by any."""
		before = get_sums()
		for label, act in acts.items():
			with self.as_user(user), self.subTest(label, user=user):
				self.assertIsNotNone(get_refusal(act), "was done")
				frappe.db.rollback(save_point="writing")
		self.assertEqual(get_sums(), before)


def keep_out() -> None:
	"""Put on the hidden client's team whom something keeps from the client nevertheless."""
	case, client = get_hidden("Client Case"), get_hidden("Client")
	leak_people.join_team(case, get_user("colleague"))
	declaration = {"client": client, "user": get_user("colleague"), "declared_by": "Client"}
	name = leak_world.get_name("Conflict Declaration", leak_world.SECOND + 2)
	frappe.get_doc({"doctype": "Conflict Declaration", **declaration, "name": name}).db_insert()
	seconded = {"team_role": "Seconded Case Manager", "to_date": add_days(today(), -1)}
	leak_people.join_team(case, get_user("seconded"), **seconded)
	closed = leak_world.get_name("Client Case", leak_world.SECOND)
	leak_people.make_closed_case(client, closed)
	leak_people.join_team(closed, get_user("childs-own"))


def make_own_records() -> dict[str, Document]:
	"""Return one record of each kind, of which worker@staff.example.org is the case manager."""
	domains = {plan_factories.make_domain("Test Kept Apart", sensitive=1): 1}
	template = plan_factories.make_template("Test Writing", domains=domains)
	program = plan_factories.make_support_program("Test Writing", assessment_template=template)
	case = plan_factories.make_support_case(factories.make_client("Own Person"), program=program)
	plan, assessment = plan_factories.make_plan(case), plan_factories.make_assessment(case)
	records = [
		frappe.get_doc("Client", case.client),
		case,
		plan,
		factories.make_intake("Own Caller", program),
		frappe.get_doc("Sensitive Rating", {"assessment": assessment.name}),
		assessment,
		plan_factories.make_goal(case, plan=plan.name),
		plan_factories.get_next_meeting(case),
		*(store(frappe.get_doc(values)) for values in get_others(case)),
	]
	return {record.doctype: frappe.get_doc(record.doctype, record.name) for record in records}


def get_others(case: Document) -> list[dict]:
	"""Return the values of a record of each kind that needs nothing else."""
	agency = factories.make_agency().name
	incident = {"incident_type": "Incident Type-violence"}
	disclosed = {"disclosed_on": today(), "disclosed_by": get_user("worker")}
	values = {
		"Accommodation Stay": {"accommodation_type": "Accommodation Type-crisis", "from_date": today()},
		"Case Follow Up": {"due_on": add_days(today(), 30)},
		"Case Note": {"note": "We spoke.", "noted_on": now_datetime()},
		"Case Referral": {"agency": agency, "help_kind": "Formal", "reason": "A place to live"},
		"Client Access Log": {"user": get_user("worker"), "access_kind": "Opened"},
		"Client Consent": {"purpose": "Consent Purpose-referral", "given_on": today()},
		"Client Feedback": {"invited_on": today()},
		"Client Identity": {},
		"Conflict Declaration": {"declared_by": "Client", "user": get_user("colleague")},
		"Critical Incident": {"what_happened": "Knocks at the door", "actions_taken": "Police", **incident},
		"Disclosure": {"agency": agency, "what_was_shared": "A name", **disclosed},
		"Emergency Access": {"user": get_user("intake"), "reason": "In danger", "hours": 1},
		"Exit Plan": {},
		"Record Request": {"kind": "Access", "what_is_asked": "All"},
		"Safety Plan": {"warning_signs": "Calls", "safe_places": "Here", "what_to_do": "Ring"},
		"Seconded Worker Request": {"wanted": "Somebody who speaks Dari"},
		"Unmet Need": {"description": "A lift to the dentist"},
	}
	about = {"client": case.client, "client_case": case.name}
	return [{"doctype": doctype, **about, **given} for doctype, given in values.items()]


def get_refusal(act: Any) -> tuple[str, str] | None:
	"""Return what was said to who tried something, None when it was done. What is no refusal is raised."""
	frappe.clear_messages()
	try:
		act()
	except (frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError, OSError) as refusal:
		return type(refusal).__name__, str(refusal)
	return None


def get_sums() -> dict[str, Any]:
	"""Return how many rows each table of client records has, and every row of the hidden client as it is stored."""
	names = [get_hidden(doctype) for doctype in CLIENT_RECORDS]
	sums = {doctype: get_sum(doctype, "name", names) for doctype in CLIENT_RECORDS}
	for doctype in CLIENT_RECORDS:
		for field in frappe.get_meta(doctype).get_table_fields():
			sums[field.options] = get_sum(field.options, "parent", names)
	return sums


def get_sum(table: str, field: str, names: list[str]) -> tuple[int, list[dict]]:
	rows = frappe.get_all(table, {field: ("in", names)}, "*", order_by="name")
	return frappe.db.count(table), rows


def get_hidden_sum() -> str:
	"""Return a sum of all that is stored of the hidden client, for a test from outside to compare."""
	return hashlib.sha256(repr([rows for _count, rows in get_sums().values()]).encode()).hexdigest()


def make_hidden_file() -> str:
	"""Store a private file of the hidden client; return its address."""
	about = {"attached_to_doctype": "Client", "attached_to_name": get_hidden("Client"), "is_private": 1}
	file = {"doctype": "File", "file_name": "writing.txt", "content": "Hidden", **about}
	return frappe.get_doc(file).insert().file_url


def remove_hidden_file() -> None:
	about = {
		"attached_to_doctype": "Client",
		"attached_to_name": get_hidden("Client"),
		"file_name": "writing.txt",
	}
	for name in frappe.get_all("File", about, pluck="name"):
		frappe.delete_doc("File", name, ignore_permissions=True, force=True)
