"""The made-up service: it is loaded through the app's own rules, once, and has something of everything."""

from itertools import pairwise
from unittest.mock import patch

import frappe
from frappe.desk import query_report
from frappe.utils import add_days, get_datetime, getdate, now_datetime, today
from frappe.utils.password import check_password

from case_management.case_management.entry.waiting_list import get_places
from case_management.case_management.record.codes import get_used_codes
from case_management.permissions import CLIENT_RECORDS, is_visible
from case_management.setup import demo
from case_management.setup.demo import data, registry
from case_management.setup.demo.service import make_user
from case_management.tests.base import CaseTestCase
from case_management.tests.demo_base import DemoTestCase, count_all

WORKER = "wren.worker@example.org"
LEAD = "kite.lead@example.org"
AUDITOR = "owl.auditor@example.org"
# The year that the reports are asked about; one of them also asks for a standard, here one that is not met everywhere.
A_YEAR = 365
WITH_GAPS = {"Practice Standard Gaps": "B18"}


def get_states() -> dict[str, set[str]]:
	"""Return the states of each client record that has some."""
	fields = {doctype: frappe.get_meta(doctype).get_field("status") for doctype in CLIENT_RECORDS}
	return {doctype: set(field.options.split("\n")) for doctype, field in fields.items() if field}


def run_report(name: str) -> list:
	"""Return the rows of a report over the year, as the session's user gets them in the Desk."""
	filters = {"from_date": add_days(today(), -A_YEAR), "to_date": today()}
	filters["standard"] = WITH_GAPS.get(name)
	return query_report.run(name, filters=filters, ignore_prepared_report=True)["result"]


def get_reports(role: str) -> list[str]:
	rows = {"parenttype": "Report", "role": role}
	names = frappe.get_all("Has Role", rows, pluck="parent")
	return frappe.get_all("Report", {"module": "Case Management", "name": ("in", names)}, pluck="name")


class TestFixtures(CaseTestCase):
	def test_everybody_who_is_named_is_described(self) -> None:
		people = data.get_people()
		named = {key for plan in data.read("journeys") for key in (plan["who"], *plan.get("with", []))}
		self.assertEqual(named, set(people))
		self.assertEqual(len(people), 60)

	def test_each_goal_of_a_child_is_one_for_children(self) -> None:
		goals = data.read("goals")
		keys = {
			key
			for plan in data.read("journeys")
			for row in plan.get("child_goals", {}).values()
			for key in row
		}
		self.assertEqual([key for key in keys if not goals[key].get("child")], [])

	def test_telephone_numbers_are_of_the_ranges_kept_for_fiction(self) -> None:
		numbers = [agency["phone"] for agency in data.read("agencies")]
		self.assertEqual(
			[number for number in numbers if not number.startswith(("(02) 5550", "1800 160"))], []
		)
		self.assertTrue(data.get_phone(9).startswith("0491 570 "))

	def test_every_role_of_the_staff_has_somebody(self) -> None:
		roles = {login["role"] for login in demo.get_logins()}
		self.assertEqual(len(roles), 6)
		self.assertNotIn("System Manager", roles)

	def test_the_first_of_each_role_is_listed_first(self) -> None:
		roles = [login["role"] for login in demo.get_logins()]
		self.assertEqual(len(set(roles[:6])), 6)
		self.assertEqual(len(roles), 12)

	def test_a_person_has_the_age_written_down_today(self) -> None:
		for person in data.get_people().values():
			born = data.get_birth_date(person)
			age = getdate().year - born.year - ((getdate().month, getdate().day) < (born.month, born.day))
			self.assertEqual(age, person["age"], person["name"])


class TestStaff(CaseTestCase):
	def test_who_stayed_when_the_app_was_taken_off_gets_the_role_back(self) -> None:
		person = {**data.read("staff")[0], "email": "stayed@staff.example.org"}
		make_user(person)
		frappe.db.delete("Has Role", {"parent": person["email"]})
		make_user(person)
		self.assertEqual(
			frappe.get_all("Has Role", {"parent": person["email"]}, pluck="role"), [person["role"]]
		)


class TestDemo(DemoTestCase):
	"""What is loaded already is looked at; else it is loaded once for all tests, and nothing is committed."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		with patch.object(frappe.db, "commit"):
			cls.logins = demo.load()

	def get_client(self, key: str) -> str:
		return registry.get_made("Client")[key]

	def get_case(self, key: str) -> str:
		return frappe.db.get_value(
			"Client Case", {"client": self.get_client(key)}, "name", order_by="creation"
		)

	def get_all(self, doctype: str, filters: dict | None = None, **more: object) -> list:
		"""Return records of the demo's people, or turned-away people's, only."""
		clients = list(registry.get_made("Client").values())
		field = "name" if doctype == "Client" else "client"
		return frappe.get_all(doctype, filters={field: ("in", clients), **(filters or {})}, **more)

	def test_every_state_of_every_record_is_there(self) -> None:
		for doctype, states in get_states().items():
			with self.subTest(doctype):
				self.assertEqual(states - set(frappe.get_all(doctype, pluck="status", distinct=True)), set())

	def test_there_is_more_than_one_of_every_kind_of_record(self) -> None:
		counts = {doctype: len(self.get_all(doctype)) for doctype in CLIENT_RECORDS}
		self.assertEqual({doctype: count for doctype, count in counts.items() if count < 2}, {})

	def test_every_report_has_something_to_say_to_the_team_leader(self) -> None:
		with self.as_user(LEAD):
			empty = [name for name in get_reports("Case Manager Lead") if not run_report(name)]
		self.assertEqual(empty, [])

	def test_every_count_has_something_to_say_to_the_auditor(self) -> None:
		with self.as_user(AUDITOR):
			empty = [name for name in get_reports("Case Auditor") if not run_report(name)]
		self.assertEqual(empty, [])

	def test_what_is_missing_is_missing_on_purpose(self) -> None:
		with self.as_user(LEAD):
			kinds = {row.get("kind") for row in run_report("What Is Missing") if isinstance(row, dict)}
		self.assertLessEqual({"Rights", "Assessment", "Plan", "Step"}, kinds)

	def test_b12_a_risk_goes_on_with_a_safety_plan_that_the_lead_knows_of(self) -> None:
		fields = ["client", "safety_plan", "lead_told_on", "occurred_on"]
		rows = self.get_all("Critical Incident", {"ongoing_risk": 1}, fields=fields)
		self.assertEqual([row.client for row in rows], [self.get_client("coral")])
		self.assertTrue(rows[0].safety_plan)
		self.assertLess(rows[0].lead_told_on, now_datetime())
		self.assertEqual(getdate(rows[0].lead_told_on), getdate(rows[0].occurred_on))

	def test_b12_a_safety_plan_that_was_revised_is_kept_and_given_where_a_copy_is_safe(self) -> None:
		rows = self.get_all(
			"Safety Plan", {"client": self.get_client("aroha")}, fields=["version", "given_on", "is_current"]
		)
		versions = {row.version: (bool(row.given_on), row.is_current) for row in rows}
		self.assertEqual(versions, {1: (True, 0), 2: (False, 1)})
		self.assertFalse(
			self.get_all("Safety Plan", {"client": self.get_client("amina"), "given_on": ("is", "set")})
		)

	def test_b20_enough_gave_feedback_without_a_name_for_it_to_be_told(self) -> None:
		house = registry.get_made("Support Program")["house"]
		unnamed = {"anonymous": 1, "program": house}
		self.assertGreaterEqual(frappe.db.count("Client Feedback", unnamed), 6)
		self.assertFalse(frappe.db.exists("Client Feedback", {**unnamed, "client": ("is", "set")}))

	def test_b20_feedback_was_given_declined_and_not_answered(self) -> None:
		found = {row or "" for row in self.get_all("Client Feedback", pluck="response", distinct=True)}
		self.assertEqual(found, {"", "Given", "Given Without a Name", "Declined", "No Answer"})
		self.assertTrue(self.get_all("Client Feedback", {"client_told_on": ("is", "set")}))

	def test_b26_one_request_about_a_record_is_due_soon_and_one_overdue(self) -> None:
		due = self.get_all("Record Request", {"status": "Received"}, pluck="due_on")
		self.assertEqual(len([day for day in due if getdate() <= day <= getdate(add_days(today(), 7))]), 1)
		self.assertEqual(len([day for day in due if day < getdate()]), 1)
		kinds = set(self.get_all("Record Request", pluck="kind"))
		self.assertEqual(kinds, set(frappe.get_meta("Record Request").get_field("kind").options.split("\n")))

	def test_b26_a_client_was_given_the_whole_record(self) -> None:
		bundles = self.get_all("Record Request", {"bundle": ("is", "set")}, pluck="bundle")
		self.assertEqual(frappe.db.count("File", {"file_url": ("in", bundles), "is_private": 1}), 1)

	def test_c30_the_house_is_full_and_somebody_waits(self) -> None:
		places = get_places(registry.get_made("Support Program")["house"])
		self.assertEqual((places["free"], places["taken"]), (0, places["capacity"]))
		self.assertEqual(places["waiting"], 2)

	def test_c44_a_seconded_workers_access_follows_from_the_request(self) -> None:
		row = {"parent": self.get_case("banjo"), "user": "brolga.seconded@example.org"}
		given = frappe.db.get_value("Case Team Member", row, "reason")
		self.assertEqual(frappe.db.get_value("Seconded Worker Request", given, "status"), "Given")

	def test_a_conflict_keeps_a_worker_from_a_client_until_it_is_ended(self) -> None:
		self.assertFalse(is_visible("Client", self.get_client("willow"), "heron.worker@example.org"))
		fields = ["declared_by", "ended_on"]
		rows = {
			(row.declared_by, bool(row.ended_on))
			for row in self.get_all("Conflict Declaration", fields=fields)
		}
		self.assertEqual(rows, {("Worker", False), ("Worker", True), ("Client", False)})

	def test_an_emergency_access_ran_out_and_one_was_not_looked_at_yet(self) -> None:
		rows = self.get_all("Emergency Access", fields=["expires_on", "looked_at_on"])
		self.assertEqual(sorted(bool(row.looked_at_on) for row in rows), [False, True])
		self.assertLess(max(row.expires_on for row in rows), now_datetime())

	def test_the_workflow_follows_the_status(self) -> None:
		for doctype in get_states():
			if not frappe.get_meta(doctype).has_field("workflow_state"):
				continue
			rows = self.get_all(doctype, fields=["name", "status", "workflow_state"])
			wrong = [row.name for row in rows if row.workflow_state and row.workflow_state != row.status]
			self.assertEqual(wrong, [], doctype)

	def test_sixty_people_are_clients_and_each_has_a_case(self) -> None:
		clients = set(registry.get_made("Client").values())
		self.assertEqual(len(clients), 60)
		self.assertEqual(set(self.get_all("Client Case", pluck="client")), clients)

	def test_what_happened_is_recorded_by_staff_and_not_by_the_administrator(self) -> None:
		staff = set(registry.get_made("User").values())
		for doctype in CLIENT_RECORDS:
			self.assertEqual(set(self.get_all(doctype, pluck="owner")) - staff, set(), doctype)

	def test_nothing_that_happened_lies_ahead_or_before_its_case(self) -> None:
		opened = dict(self.get_all("Client Case", fields=["name", "opened_on"], as_list=True))
		past = {"Case Meeting": "held_on", "Case Referral": "sent_on", "Exit Plan": "agreed_on"}
		past |= {"Client Assessment": "agreed_on", "Support Plan": "agreed_on", "Case Note": "noted_on"}
		past |= {"Safety Plan": "made_on", "Client Feedback": "invited_on", "Record Request": "received_on"}
		past |= {"Seconded Worker Request": "requested_on", "Unmet Need": "needed_on"}
		for doctype, field in past.items():
			rows = self.get_all(
				doctype, {field: ("is", "set")}, fields=["name", "client_case", f"{field} as day"]
			)
			wrong = [row.name for row in rows if not opened[row.client_case] <= getdate(row.day) <= getdate()]
			self.assertEqual(wrong, [], doctype)

	def test_the_history_of_a_case_is_in_the_order_of_its_days(self) -> None:
		for case in self.get_all("Client Case", pluck="name"):
			days = [row.on_date for row in frappe.get_doc("Client Case", case).events]
			self.assertEqual(days, sorted(days), case)

	def test_each_stored_value_of_a_list_is_one_of_its_options(self) -> None:
		for doctype in CLIENT_RECORDS:
			name = self.get_all(doctype, pluck="name", limit=1)[0]
			doc = frappe.get_doc(doctype, name)
			doc._validate_selects()
			self.assertTrue(all(value for *_rest, value in get_used_codes(doc)), doctype)

	def test_c21_meetings_are_due_today_and_on_the_days_to_come(self) -> None:
		filters = {"status": "Scheduled", "scheduled_on": ("<", add_days(today(), 2))}
		times = self.get_all("Case Meeting", filters, pluck="scheduled_on")
		self.assertIn(getdate(), {getdate(time) for time in times})
		self.assertIn(getdate(add_days(today(), 1)), {getdate(time) for time in times})

	def test_c21_a_resident_has_a_fortnightly_meeting_all_year(self) -> None:
		filters = {
			"client_case": self.get_case("maple"),
			"kind": "Case Management",
			"status": ("!=", "Scheduled"),
		}
		times = frappe.get_all("Case Meeting", filters, pluck="scheduled_on", order_by="scheduled_on")
		self.assertGreater(len(times), 20)
		gaps = {(getdate(later) - getdate(earlier)).days for earlier, later in pairwise(times)}
		self.assertEqual(gaps, {14})

	def test_c21_each_meeting_names_the_one_before_and_the_one_after(self) -> None:
		filters = {"client_case": self.get_case("banjo"), "kind": "Case Management"}
		fields = ["name", "previous_meeting", "next_meeting"]
		rows = frappe.get_all("Case Meeting", filters=filters, fields=fields, order_by="scheduled_on")
		for earlier, later in pairwise(rows):
			self.assertEqual((later.previous_meeting, earlier.next_meeting), (earlier.name, later.name))

	def test_c33_a_scale_of_small_steps_moves_in_the_clients_words(self) -> None:
		filters = {"client_case": self.get_case("maple"), "scale_0": ("is", "set")}
		goal = frappe.get_doc("Support Goal", frappe.get_all("Support Goal", filters, pluck="name")[0])
		self.assertIn("curtains", goal.scale_0)
		self.assertEqual(goal.baseline_level, "-2")
		self.assertGreater(int(goal.current_level), -2)

	def test_c40_a_goal_that_was_met_is_followed_by_another_with_a_first_step(self) -> None:
		name = frappe.db.get_value(
			"Support Goal", {"client_case": self.get_case("maple"), "follows_goal": ("is", "set")}
		)
		goal = frappe.get_doc("Support Goal", name)
		self.assertEqual(frappe.db.get_value("Support Goal", goal.follows_goal, "status"), "Achieved")
		self.assertTrue(goal.steps)

	def test_b7_children_are_assessed_before_the_adult(self) -> None:
		adult = frappe.db.get_value("Client Assessment", {"client_case": self.get_case("farid")}, "agreed_on")
		for key in ("laila", "omid", "zara"):
			child = frappe.db.get_value("Client Assessment", {"client_case": self.get_case(key)}, "agreed_on")
			self.assertLessEqual(child, adult)

	def test_b7_a_child_that_was_not_assessed_is_a_gap_with_a_reason(self) -> None:
		self.assertFalse(frappe.db.exists("Client Assessment", {"client": self.get_client("quoll")}))
		filters = {"client": self.get_client("grevillea"), "kind": "Initial"}
		self.assertTrue(frappe.db.get_value("Client Assessment", filters, "children_not_assessed_reason"))

	def test_b1_one_first_contact_waits_longer_than_it_should(self) -> None:
		made = registry.get_made("Client Intake")["c14"]
		intake = frappe.db.get_value("Client Intake", made, ["status", "response_due"], as_dict=True)
		self.assertEqual(intake.status, "New")
		self.assertLess(get_datetime(intake.response_due), now_datetime())

	def test_b9_a_declined_plan_has_its_reason(self) -> None:
		filters = {"client": self.get_client("mei")}
		plan = frappe.db.get_value("Support Plan", filters, ["offer_answer", "no_plan_reason"], as_dict=True)
		self.assertEqual(plan.offer_answer, "Declined")
		self.assertTrue(plan.no_plan_reason)

	def test_b18_one_plan_is_overdue_for_review(self) -> None:
		overdue = self.get_all(
			"Support Plan", {"status": "Active", "review_due": ("<", today())}, pluck="client"
		)
		self.assertIn(self.get_client("jacaranda"), overdue)

	def test_c16_unmet_needs_come_from_intakes_referrals_goals_and_workers(self) -> None:
		needs = frappe.get_all("Unmet Need", fields=["intake", "referral", "goal"])
		for source in ("intake", "referral", "goal"):
			self.assertTrue([need for need in needs if need.get(source)], source)
		self.assertTrue([need for need in needs if not any(need.values())])

	def test_rule_7_consents_are_live_expired_and_withdrawn(self) -> None:
		rows = self.get_all("Client Consent", fields=["expires_on", "withdrawn_on"])
		self.assertTrue([row for row in rows if row.withdrawn_on])
		self.assertTrue([row for row in rows if row.expires_on and row.expires_on < getdate()])
		self.assertTrue([row for row in rows if not row.expires_on and not row.withdrawn_on])

	def test_notes_are_of_every_kind_and_some_are_confidential(self) -> None:
		kinds = set(self.get_all("Case Note", pluck="kind"))
		self.assertEqual(kinds, set(frappe.get_meta("Case Note").get_field("kind").options.split("\n")))
		self.assertTrue(self.get_all("Case Note", {"confidential": 1}))

	def test_b26_a_locked_note_has_an_addendum(self) -> None:
		notes = self.get_all("Case Note", pluck="name")
		parent = frappe.db.get_value("Case Note Addendum", {"parent": ("in", notes)}, "parent")
		self.assertLess(
			getdate(frappe.db.get_value("Case Note", parent, "creation")), getdate(add_days(today(), -7))
		)

	def test_a_restricted_client_is_seen_by_those_on_the_list_only(self) -> None:
		amina = self.get_client("amina")
		self.assertTrue(is_visible("Client", amina, "heron.worker@example.org"))
		self.assertTrue(is_visible("Client", amina, LEAD))
		self.assertFalse(is_visible("Client", amina, "osprey.lead@example.org"))

	def test_staff_see_their_own_clients(self) -> None:
		self.assertTrue(is_visible("Client", self.get_client("maple"), WORKER))
		self.assertFalse(is_visible("Client", self.get_client("linh"), WORKER))
		self.assertTrue(is_visible("Client", self.get_client("banjo"), "brolga.seconded@example.org"))
		self.assertFalse(is_visible("Client", self.get_client("maple"), "owl.auditor@example.org"))

	def test_each_member_of_staff_has_one_role_and_the_password_listed(self) -> None:
		for login in self.logins:
			roles = frappe.get_all("Has Role", {"parent": login["user"]}, pluck="role")
			self.assertEqual(roles, [login["role"]])
		login = self.logins[0]
		self.assertEqual(check_password(login["user"], login["password"]), login["user"])

	def test_no_mail_or_notification_was_made(self) -> None:
		staff = list(registry.get_made("User").values())
		self.assertFalse(frappe.db.exists("Notification Log", {"for_user": ("in", staff)}))
		self.assertFalse(frappe.db.exists("Email Queue Recipient", {"recipient": ("in", staff)}))

	def test_loading_again_makes_nothing_new(self) -> None:
		before = count_all()
		with patch.object(frappe.db, "commit"):
			self.assertEqual(demo.load(), self.logins)
		self.assertEqual(count_all(), before)

	def test_an_interrupted_load_goes_on_where_it_stopped(self) -> None:
		prefix = {"defkey": f"{registry.PREFIX}Client Intake", "defvalue": ("like", "c16 %")}
		frappe.db.delete("DefaultValue", prefix)
		before = frappe.db.count("Client Intake")
		with patch.object(frappe.db, "commit"):
			demo.load()
		self.assertEqual(frappe.db.count("Client Intake"), before + 1)

	def test_whoever_loads_is_who_they_were_afterwards(self) -> None:
		self.assertEqual(frappe.session.user, "Administrator")
		self.assertIsNone(frappe.flags.current_date)
