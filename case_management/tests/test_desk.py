"""What a worker sees on the Desk: buttons that lead somewhere, cards for who may count, and no names where none belong."""

import json
import re
from pathlib import Path

import frappe
from frappe.desk.desktop import Workspace
from frappe.desk.doctype.number_card.number_card import get_result
from frappe.desk.form.meta import FormMeta
from frappe.model.utils import render_include

from case_management.case_management.meeting.meeting_calendar import get_events, move_event
from case_management.permissions import CLIENT_RECORDS
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_client, make_user, make_worker

APP = Path(frappe.get_app_path("case_management"))
MODULE = "Case Management"
STAFF = (
	"Case Worker",
	"Seconded Case Worker",
	"Case Manager Lead",
	"Case Intake Worker",
	"Case Management Admin",
	"Case Auditor",
)
# Fields that say who somebody is; notifications and calendars have codes instead.
NAMES = ("client_name", "preferred_name", "person_name")


def get_form_scripts() -> dict[str, str]:
	"""Return the form script of each DocType that has one."""
	scripts = (APP / "case_management" / "doctype").glob("*/*.js")
	return {
		path.parent.name: path.read_text(encoding="utf-8")
		for path in scripts
		if path.stem == path.parent.name
	}


class TestFormScripts(CaseTestCase):
	def test_every_client_record_has_the_banner_and_links_that_stay_with_the_client(self) -> None:
		scripts = get_form_scripts()
		for doctype in CLIENT_RECORDS:
			with self.subTest(doctype=doctype):
				self.assertIn(f'case_actions.setup("{doctype}"', scripts[frappe.scrub(doctype)])

	def test_every_button_calls_a_whitelisted_action_of_its_record(self) -> None:
		for name, script in get_form_scripts().items():
			controller = frappe.get_meta(name.replace("_", " ").title()).name
			doc = frappe.new_doc(controller)
			for method in re.findall(r'method: "(\w+)"', script):
				with self.subTest(doctype=controller, method=method):
					frappe.is_whitelisted(getattr(doc, method).__func__)

	def test_every_status_a_button_names_is_one_of_its_record(self) -> None:
		for name, script in get_form_scripts().items():
			meta = frappe.get_meta(name.replace("_", " ").title())
			named = set(re.findall(r'\bto: "([\w -]+)"', script))
			for statuses in re.findall(r"from: (\[[^\]]+\])", script):
				named |= set(json.loads(statuses))
			known = (meta.get_field("status").options if meta.has_field("status") else "").split("\n")
			with self.subTest(doctype=meta.name):
				self.assertLessEqual(named, set(known))

	def test_every_code_list_a_dialog_offers_has_codes(self) -> None:
		for name, script in get_form_scripts().items():
			for code_list in re.findall(
				r'case_actions\.code\(\s*"\w+",\s*__\("[^"]+"\),\s*"([^"]+)"', script
			):
				with self.subTest(form=name, code_list=code_list):
					self.assertTrue(frappe.db.exists("Case Code", {"code_list": code_list}))

	def test_the_shared_part_is_put_into_the_form_on_the_server(self) -> None:
		script = FormMeta("Client Case").get("__js")
		self.assertIn("const case_actions = {", script)
		self.assertNotIn("{% include", script)

	def test_the_shared_part_is_the_same_on_frappe_15_which_reads_backslashes(self) -> None:
		shared = (APP / "public" / "js" / "case_actions.js").read_text(encoding="utf-8")
		self.assertNotIn("\\", shared)
		included = render_include('{% include "case_management/public/js/case_actions.js" %}')
		self.assertEqual(included, shared)

	def test_connections_are_fields_that_exist(self) -> None:
		for path in (APP / "case_management" / "doctype").glob("*/*_dashboard.py"):
			doctype = frappe.get_meta(path.parent.name.replace("_", " ").title()).name
			data = frappe.get_meta(doctype).get_dashboard_data()
			for item in [item for group in data.transactions for item in group["items"]]:
				field = data.get("non_standard_fieldnames", {}).get(item, data.fieldname)
				with self.subTest(doctype=doctype, connection=item):
					self.assertEqual(frappe.get_meta(item).get_field(field).options, doctype)


class TestWorkspace(CaseTestCase):
	def open_workspace(self, user: str) -> Workspace:
		frappe.cache.delete_value("user_perm_can_read", user=user)
		workspace = Workspace({"name": MODULE, "title": MODULE, "public": 1})
		workspace.build_workspace()
		return workspace

	def test_each_card_that_somebody_sees_counts_without_an_error(self) -> None:
		for role in STAFF:
			user = make_user(role)
			with self.subTest(role=role), self.as_user(user):
				for item in self.open_workspace(user).number_cards["items"]:
					card = frappe.get_doc("Number Card", item.number_card_name)
					get_result(card.as_json(), card.filters_json)

	def test_an_auditor_and_an_administrator_see_no_card_of_client_records(self) -> None:
		for role in ("Case Management Admin", "Case Auditor"):
			user = make_user(role)
			with self.subTest(role=role), self.as_user(user):
				self.assertEqual(self.open_workspace(user).number_cards["items"], [])

	def test_a_system_manager_sees_no_card_of_records_they_cannot_read(self) -> None:
		user = make_user(name="app-admin")
		with self.as_user(user):
			self.assertEqual(self.open_workspace(user).number_cards["items"], [])

	def test_other_cards_of_the_site_are_as_frappe_has_them(self) -> None:
		card = frappe.get_doc(
			{
				"doctype": "Number Card",
				"label": "Test Notes",
				"type": "Document Type",
				"document_type": "Note",
				"function": "Count",
			}
		).insert()
		with self.as_user(make_user(name="system-manager")):
			self.assertTrue(frappe.has_permission("Number Card", doc=card.name))

	def test_a_case_worker_sees_cards_shortcuts_and_links(self) -> None:
		user = make_worker("colleague")
		with self.as_user(user):
			workspace = self.open_workspace(user)
		cards = {item.number_card_name for item in workspace.number_cards["items"]}
		self.assertLessEqual({"Cases I Manage", "Case Meetings Today", "Support Goals Active"}, cards)
		self.assertTrue(workspace.shortcuts["items"])
		self.assertTrue(workspace.cards["items"])

	def test_it_is_for_the_six_staff_roles(self) -> None:
		roles = {row.role for row in frappe.get_doc("Workspace", MODULE).roles}
		self.assertEqual(roles, set(STAFF))

	def test_every_block_of_its_page_is_there(self) -> None:
		workspace = frappe.get_doc("Workspace", MODULE)
		known = {
			"number_card": {row.label for row in workspace.number_cards},
			"shortcut": {row.label for row in workspace.shortcuts},
			"card": {row.label for row in workspace.links if row.type == "Card Break"},
		}
		for block in json.loads(workspace.content):
			if block["type"] in known:
				with self.subTest(block=block["data"]):
					self.assertIn(block["data"][f"{block['type']}_name"], known[block["type"]])


class TestCalendar(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case(make_client("Calendar Person"))
		self.meeting = frappe.get_last_doc("Case Meeting", {"client_case": self.case.name})

	def list_events(self, user: str) -> dict[str, dict]:
		with self.as_user(user):
			rows = get_events("Case Meeting", "2000-01-01", "2100-01-01", filters="[]")
		return {row["name"]: row for row in rows}

	def test_events_have_codes_and_no_names(self) -> None:
		event = self.list_events(make_worker())[self.meeting.name]
		self.assertEqual(event["title"], f"{self.case.client} {self.meeting.name}")
		self.assertNotIn("Calendar Person", str(event))

	def test_events_of_clients_whom_the_user_does_not_see_are_left_out(self) -> None:
		self.assertNotIn(self.meeting.name, self.list_events(make_worker("other")))

	def test_an_event_lasts_as_long_as_the_meeting(self) -> None:
		self.meeting.db_set("minutes", 45)
		event = self.list_events(make_worker())[self.meeting.name]
		self.assertEqual((event["ends_on"] - event["scheduled_on"]).total_seconds(), 45 * 60)

	def test_dragging_an_event_reschedules_the_meeting(self) -> None:
		when = frappe.utils.add_days(frappe.utils.now_datetime().replace(microsecond=0), 20)
		with self.as_user(make_worker()):
			move_event(json.dumps({"name": self.meeting.name, "scheduled_on": str(when)}))
		self.assertEqual(self.stored(self.meeting, "scheduled_on"), when)

	def test_dragging_an_event_into_the_past_is_refused(self) -> None:
		with self.as_user(make_worker()), self.refused(self.meeting.name):
			move_event({"name": self.meeting.name, "scheduled_on": "2001-01-01 10:00:00"})

	def test_who_does_not_see_a_meeting_does_not_move_it(self) -> None:
		stranger = make_worker("other")
		with self.as_user(stranger), self.refused(exception=frappe.PermissionError):
			move_event({"name": self.meeting.name, "scheduled_on": "2100-01-01 10:00:00"})


class TestPrintFormats(CaseTestCase):
	def test_they_show_the_preferred_name_and_nothing_restricted(self) -> None:
		for path in (APP / "case_management" / "print_format").glob("*/*.html"):
			text = path.read_text(encoding="utf-8")
			with self.subTest(print_format=path.stem):
				# A safety plan names nobody: test_safety_plan.py.
				self.assertEqual("doc.client_name" in text, path.stem != "safety_plan_for_the_client")
				for word in ("Client Identity", "legal_", "alerts", "Sensitive Rating", "notes", "get_all"):
					self.assertNotIn(word, text)

	def test_what_a_client_said_is_printed_as_text(self) -> None:
		case = make_active_case(make_client("<script>alert(1)</script>Robin"))
		meeting = frappe.get_last_doc("Case Meeting", {"client_case": case.name})
		with self.as_user(make_worker()):
			html = frappe.get_print("Case Meeting", meeting.name, "Case Meeting Summary")
		self.assertIn("Robin", html)
		self.assertNotIn("<script>alert(1)", html)
