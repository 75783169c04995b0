"""Critical incidents (B12; design rule 8): ongoing risk needs a safety plan and tells the leader; none is lost or hidden."""

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, add_to_date, getdate, now_datetime, today

from case_management.case_management.record.client_record import get_client_banner
from case_management.tests.base import UNSEEN, CaseTestCase
from case_management.tests.factories import make_case, make_client, make_lead, make_program, make_worker
from case_management.tests.plan_factories import set_setting

WORKER = "worker@staff.example.org"
LEAD = "lead@staff.example.org"
OTHER_LEAD = "other-lead@staff.example.org"
WORDS = {"warning_signs": "Loud steps", "safe_places": "The library", "what_to_do": "Leave, then call"}
NOTICE = "Ongoing Risk in an Incident"


class IncidentTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		make_worker()
		self.case = make_case(make_client("Sam Secretname"))

	def tearDown(self) -> None:
		super().tearDown()
		frappe.db.value_cache.clear()
		frappe.clear_document_cache("Case Management Settings", "Case Management Settings")

	def about(self, doctype: str, **values) -> Document:
		doc = {"doctype": doctype, "client": self.case.client, "client_case": self.case.name}
		return frappe.get_doc({**doc, **values})

	def record(self, user: str = WORKER, **values) -> Document:
		told = {"what_happened": "Threats at the door", "actions_taken": "Police called"}
		incident = self.about("Critical Incident", incident_type="Incident Type-violence", **told)
		with self.as_user(user):
			return incident.update(values).insert()

	def plan(self, **values) -> Document:
		with self.as_user(WORKER):
			return self.about("Safety Plan", **{**WORDS, **values}).insert()

	def do(self, incident: Document, action: str, **arguments) -> dict:
		with self.as_user(WORKER):
			return getattr(frappe.get_doc("Critical Incident", incident.name), action)(**arguments)

	def save(self, incident: Document, **values) -> None:
		with self.as_user(WORKER):
			frappe.get_doc("Critical Incident", incident.name).update(values).save()

	def get_told(self, incident: Document) -> list[str]:
		filters = {"document_type": "Critical Incident", "document_name": incident.name}
		return frappe.get_all("Notification Log", filters, pluck="for_user", order_by="for_user")


class TestRecording(IncidentTestCase):
	def test_b12_an_incident_says_what_happened_who_is_at_risk_and_what_was_done(self) -> None:
		child = {"person": "The younger child", "is_child": 1, "risk": "Saw it"}
		incident = self.record(people_at_risk=[child], police="Called", place="At home")
		self.assertEqual((incident.status, incident.people_at_risk[0].is_child), ("Open", 1))
		self.assertEqual(self.get_told(incident), [])

	def test_b12_an_incident_from_before_the_case_is_recorded(self) -> None:
		happened = add_days(now_datetime(), -60)
		self.assertEqual(getdate(self.record(occurred_on=happened).occurred_on), getdate(happened))

	def test_b12_an_incident_to_come_is_refused(self) -> None:
		with self.refused("New Critical Incident", "When", "future"):
			self.record(occurred_on=add_to_date(now_datetime(), hours=1))

	def test_what_no_field_can_hold_is_refused(self) -> None:
		for values in (
			{"occurred_on": "last night"},
			{"incident_type": "Incident Type-nonsense"},
			{"police": "Perhaps"},
			{"people_at_risk": "everybody"},
			{"status": "Closed"},
			{"client": make_case(make_client("Another")).client},
			{"client_case": None},
		):
			with self.subTest(values=values), self.refused("Critical Incident"):
				self.record(**values)

	def test_only_the_app_says_what_was_reported_told_or_ended(self) -> None:
		given = {"reported_on": today(), "lead_told_on": today(), "safety_plan": self.plan().name}
		incident = self.record(**given, closed_on=today(), lead=OTHER_LEAD)
		for field in (*given, "closed_on", "lead"):
			self.assertIsNone(self.stored(incident, field), field)

	def test_b12_somebody_at_risk_with_a_record_is_another_client_whom_the_user_sees(self) -> None:
		hidden = make_client("Hidden").name
		for client, words in ((hidden, "that you see"), (self.case.client, "no other client whom you see")):
			row = {"person": "Somebody", "related_client": client}
			with self.subTest(client=client), self.refused(client, words):
				self.record(people_at_risk=[row])
		mine = make_case(make_client("A Sibling")).client
		row = {"person": "The sibling", "related_client": mine}
		self.assertEqual(self.record(people_at_risk=[row]).people_at_risk[0].related_client, mine)

	def test_somebody_elses_worker_records_and_reads_none(self) -> None:
		incident = self.record()
		with self.as_user(make_worker("other")):
			self.assertFalse(frappe.get_list("Critical Incident", {"name": incident.name}))
		with self.refused(exception=frappe.PermissionError):
			self.record(user=make_worker("other"))

	def test_b12_after_its_case_closed_an_incident_is_still_finished(self) -> None:
		incident = self.record()
		values = {"status": "Closed", "team_access_until": add_days(today(), 5)}
		frappe.db.set_value("Client Case", self.case.name, values)
		self.assertEqual(
			self.do(incident, "report", to="Child protection")["reported_to"], "Child protection"
		)
		self.assertEqual(self.do(incident, "close")["status"], "Closed")


class TestOngoingRisk(IncidentTestCase):
	def test_b12_without_a_current_safety_plan_it_is_refused_with_the_way_out(self) -> None:
		with self.refused("New Critical Incident", self.case.client, "safety plan", "The Risk Goes on"):
			self.record(ongoing_risk=1)
		incident = self.record()
		with self.refused(incident.name, "safety plan"):
			self.save(incident, ongoing_risk=1)
		self.assertEqual(self.stored(incident, "ongoing_risk"), 0)

	def test_b12_with_one_the_server_links_it(self) -> None:
		older, plan = self.plan(), self.plan()
		incident = self.record(ongoing_risk=1, safety_plan=older.name)
		self.assertEqual(self.stored(incident, "safety_plan"), plan.name)

	def test_b12_another_clients_plan_does_not_do(self) -> None:
		self.plan()
		self.case = make_case(make_client("Another"))
		with self.refused(self.case.client, "safety plan"):
			self.record(ongoing_risk=1)

	def test_b12_incident_and_first_plan_are_made_in_one_go(self) -> None:
		incident = self.record()
		answer = self.do(incident, "record_ongoing_risk", **WORDS, children_safety="Aunt", set_by="Client")
		plan = frappe.get_doc("Safety Plan", answer["safety_plan"])
		self.assertEqual((plan.client, plan.is_current, plan.set_by), (self.case.client, 1, "Client"))
		self.assertEqual((plan.what_to_do, plan.children_safety), ("Leave, then call", "Aunt"))
		self.assertEqual(self.stored(incident, "ongoing_risk"), 1)
		self.assertEqual(self.get_told(incident), [LEAD])
		self.assertEqual(self.do(incident, "record_ongoing_risk", **WORDS), answer)
		self.assertEqual(frappe.db.count("Safety Plan", {"client": self.case.client}), 1)

	def test_b12_half_a_plan_is_refused_and_the_incident_stays(self) -> None:
		incident = self.record()
		with self.refused(incident.name, "Safe Places", "Warning Signs"):
			self.do(incident, "record_ongoing_risk", what_to_do="Run")
		with self.refused(incident.name, "safety plan"):
			self.do(incident, "record_ongoing_risk")
		with self.refused("Nobody"):
			self.do(incident, "record_ongoing_risk", **WORDS, set_by="Nobody")
		self.assertEqual(self.stored(incident, "ongoing_risk"), 0)
		self.assertFalse(frappe.db.exists("Safety Plan", {"client": self.case.client}))

	def test_b12_words_for_a_client_who_has_a_plan_are_not_lost_in_it(self) -> None:
		plan = self.plan()
		incident = self.record()
		with self.refused(incident.name, plan.name, "revise"):
			self.do(incident, "record_ongoing_risk", **WORDS)
		self.assertEqual(self.do(incident, "record_ongoing_risk")["safety_plan"], plan.name)

	def test_b12_where_settings_relax_it_the_gap_is_seen(self) -> None:
		set_setting("safety_plan_required", 0)
		incident = self.record(ongoing_risk=1)
		self.assertIsNone(self.stored(incident, "safety_plan"))
		self.assertIn("no current safety plan", get_client_banner(self.case.client)["alerts"][0]["alert"])
		plan = self.plan()
		self.assertEqual(self.stored(incident, "safety_plan"), plan.name)

	def test_b12_a_risk_is_not_unticked_but_ended(self) -> None:
		self.plan()
		incident = self.record(ongoing_risk=1)
		with self.refused(incident.name, "End the Risk"):
			self.save(incident, ongoing_risk=0)
		with self.refused(incident.name, "how the risk ended"):
			self.do(incident, "end_risk", note=" ")
		first = self.do(incident, "end_risk", note="He was arrested")
		self.assertEqual(first["risk_ended_on"], getdate())
		self.assertEqual(self.do(incident, "end_risk"), first)
		self.assertEqual(self.stored(incident, "ongoing_risk"), 0)
		self.assertTrue(self.stored(incident, "safety_plan"))

	def test_b12_no_risk_is_ended_that_is_none_or_on_a_wrong_day(self) -> None:
		incident = self.record()
		with self.refused(incident.name, "No risk goes on"):
			self.do(incident, "end_risk", note="Over")
		self.plan()
		incident = self.record(ongoing_risk=1)
		for on, words in ((add_days(today(), 1), "future"), (add_days(today(), -1), "before"), ("x", "“x”")):
			with self.subTest(on=on), self.refused(incident.name, "Risk Ended on", words):
				self.do(incident, "end_risk", note="Over", on=on)
		self.assertEqual(self.stored(incident, "ongoing_risk"), 1)


class TestLeadIsTold(IncidentTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.plan()

	def test_b12_the_programs_leader_is_told_at_once_by_code(self) -> None:
		incident = self.record(ongoing_risk=1)
		self.assertEqual(self.get_told(incident), [LEAD])
		self.assertTrue(self.stored(incident, "lead_told_on"))
		log = frappe.get_last_doc("Notification Log", {"document_name": incident.name})
		self.assertIn(incident.name, log.subject)
		self.assertNotIn("Secretname", f"{log.subject} {log.email_content}")
		self.assertNotIn("Threats", f"{log.subject} {log.email_content}")

	def test_b12_they_are_told_once_and_again_when_the_risk_returns(self) -> None:
		incident = self.record(ongoing_risk=1)
		self.save(incident, place="At school")
		self.assertEqual(len(self.get_told(incident)), 1)
		self.do(incident, "end_risk", note="Over")
		self.do(incident, "record_ongoing_risk")
		self.assertEqual(len(self.get_told(incident)), 2)
		self.assertIsNone(self.stored(incident, "risk_ended_on"))

	def test_b12_the_deputy_is_told_too_and_no_other_leader(self) -> None:
		frappe.db.set_value("Support Program", self.case.program, "deputy_lead", make_lead("other-lead"))
		self.assertEqual(self.get_told(self.record(ongoing_risk=1)), [LEAD, OTHER_LEAD])

	def test_b12_a_leader_who_must_not_know_of_the_client_is_not_told(self) -> None:
		frappe.db.set_value("Client", self.case.client, "restricted", 1)
		frappe.get_doc("Client", self.case.client).append("access_list", {"user": WORKER}).db_insert()
		incident = self.record(ongoing_risk=1)
		self.assertEqual(self.get_told(incident), [])
		self.assertIsNone(self.stored(incident, "lead_told_on"))
		self.assertIn("Tell one yourself", frappe.message_log[-1].message)

	def test_b12_who_could_not_be_told_is_told_with_the_next_save(self) -> None:
		frappe.db.set_value("Support Program", self.case.program, "lead", None)
		incident = self.record(ongoing_risk=1)
		self.assertEqual(self.get_told(incident), [])
		frappe.db.set_value("Support Program", self.case.program, "lead", LEAD)
		self.save(incident, place="At home")
		self.assertEqual(self.get_told(incident), [LEAD])

	def test_b12_with_the_notice_switched_off_nobody_is_said_to_be_told(self) -> None:
		frappe.db.set_value("Notification", NOTICE, "enabled", 0)
		self.assertIsNone(self.stored(self.record(ongoing_risk=1), "lead_told_on"))


class TestBanner(IncidentTestCase):
	def get_alerts(self) -> list[dict]:
		return get_client_banner(self.case.client)["alerts"]

	def test_b12_while_the_risk_goes_on_every_form_of_the_client_says_so(self) -> None:
		self.assertEqual(self.get_alerts(), [])
		plan = self.plan()
		incident = self.record(ongoing_risk=1)
		[alert] = self.get_alerts()
		for word in (incident.name, plan.name):
			self.assertIn(word, alert["alert"])
		client = frappe.get_doc("Client", self.case.client)
		client.run_method("onload")
		self.assertEqual(client.get_onload("safety_alerts"), [alert])
		self.do(incident, "end_risk", note="Over")
		self.assertEqual(self.get_alerts(), [])

	def test_b12_an_overdue_review_of_the_safety_plan_is_said(self) -> None:
		plan = self.plan()
		self.record(ongoing_risk=1)
		plan.db_set("review_due", add_days(today(), -3))
		self.assertIn("its review was due", self.get_alerts()[0]["alert"])


class TestReport(IncidentTestCase):
	def test_b12_it_is_reported_once(self) -> None:
		incident = self.record(reportable=1)
		first = self.do(incident, "report", to="Child protection", reference="R-77")
		self.assertEqual(first, {"reported_to": "Child protection", "reported_on": getdate()})
		self.assertEqual(self.do(incident, "report", to="Child protection"), first)
		with self.refused(incident.name, "reported to Child protection already"):
			self.do(incident, "report", to="The funder")
		self.assertEqual(self.stored(incident, "report_reference"), "R-77")

	def test_b12_a_report_goes_to_somebody_on_a_day_that_was(self) -> None:
		incident = self.record(reportable=1)
		for given, words in (
			({}, "to somebody"),
			({"to": "  "}, "to somebody"),
			({"to": "Police", "on": add_days(today(), 1)}, "future"),
			({"to": "Police", "on": add_days(today(), -1)}, "before it happened"),
			({"to": ["Police"]}, "argument to"),
		):
			with self.subTest(given=given), self.refused(incident.name, words):
				self.do(incident, "report", **given)
		self.assertIsNone(self.stored(incident, "reported_to"))


class TestClosing(IncidentTestCase):
	def test_b12_a_closed_incident_says_when_by_whom_and_is_kept(self) -> None:
		incident = self.record()
		answer = self.do(incident, "close", note="Ring ahead")
		self.assertEqual(answer, {"status": "Closed", "closed_on": getdate()})
		self.assertEqual(self.do(incident, "close"), answer)
		self.assertEqual(self.stored(incident, "closed_by"), WORKER)
		with self.refused(incident.name, "What Happened"):
			self.save(incident, what_happened="Nothing at all")
		with self.refused(incident.name):
			self.do(incident, "report", to="Police")

	def test_b12_it_is_not_closed_while_something_is_open(self) -> None:
		self.plan()
		for values, words in (
			({"ongoing_risk": 1}, "End the Risk"),
			({"reportable": 1}, "Record the Report"),
			({"follow_up": "Ring the school"}, "what came of it"),
			({"people_at_risk": [{"person": "A neighbour"}]}, "safety of others"),
		):
			incident = self.record(**values)
			with self.subTest(values=values), self.refused(incident.name, words):
				self.do(incident, "close")
			self.assertEqual(self.stored(incident, "status"), "Open")

	def test_b12_it_is_closed_when_all_is_done(self) -> None:
		self.plan()
		others = {"people_at_risk": [{"person": "A neighbour"}], "safety_of_others": "They were warned"}
		incident = self.record(ongoing_risk=1, reportable=1, follow_up="Ring the school", **others)
		self.do(incident, "end_risk", note="Over")
		self.do(incident, "report", to="Child protection")
		self.assertEqual(self.do(incident, "close", follow_up_outcome="They know")["status"], "Closed")

	def test_b12_the_workflows_button_meets_the_same_rules(self) -> None:
		incident = self.record(reportable=1)
		with self.as_user(WORKER), self.refused("Record the Report"):
			apply_workflow(frappe.get_doc("Critical Incident", incident.name), "Close")
		self.do(incident, "report", to="Police")
		with self.as_user(WORKER):
			apply_workflow(frappe.get_doc("Critical Incident", incident.name), "Close")
		self.assertEqual(self.stored(incident, "closed_on"), getdate())

	def test_b12_a_plain_save_does_not_close_it(self) -> None:
		incident = self.record()
		with self.refused(incident.name):
			self.save(incident, status="Closed")

	def test_it_is_not_closed_before_it_happened_or_in_the_future(self) -> None:
		incident = self.record()
		for on, words in ((add_days(today(), -1), "before it happened"), (add_days(today(), 1), "future")):
			with self.subTest(on=on), self.refused(incident.name, "Closed on", words):
				self.do(incident, "close", on=on)

	def test_a_seconded_worker_of_another_case_does_nothing_with_it(self) -> None:
		incident = self.record()
		make_program()
		with self.as_user("seconded@staff.example.org"), self.assertRaises(UNSEEN):
			incident.close()
