"""Evidence that somebody gave: nothing is said by a default, and each check shows a gap that a worker can make."""

from collections.abc import Callable
from copy import deepcopy

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, add_years, getdate, now_datetime, today

from case_management.case_management.report.goals_by_kind_and_horizon.goals_by_kind_and_horizon import (
	execute as count_goals,
)
from case_management.case_management.report.participation.participation import execute as count_participation
from case_management.case_management.report.personal_responsibility.personal_responsibility import (
	execute as count_responsibility,
)
from case_management.case_management.standards.check import get_gaps, get_scope
from case_management.case_management.standards.registry import CHECKS
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_agency,
	make_case,
	make_client,
	make_consent,
	make_intake_worker,
	make_lead,
	make_user,
	make_worker,
)
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import (
	get_next_meeting,
	make_support_program,
	make_template,
)

HUNG_UP = {"not_informed_reason": "They hung up"}
LOST = "Closure Without Exit Plan-lost-contact"
SAID_NOTHING = {"goal": "A place of my own", "steps": [{"step": "Ring them"}], "horizon": "Short"}


class TestNothingIsSaidByDefault(SupportTestCase):
	def insert(self, doctype: str, **values) -> Document:
		record = {"doctype": doctype, "client": self.case.client, "client_case": self.case.name, **values}
		with self.as_user(WORKER):
			return frappe.get_doc(deepcopy(record)).insert()

	def run_report(self, execute: Callable) -> list[dict]:
		with self.as_user(make_lead()):
			return execute({"from_date": add_days(today(), -60), "program": self.case.program})[1]

	def test_life_a1_whose_words_they_are_is_not_said_until_somebody_says_it(self) -> None:
		made = {
			"Client Assessment": {},
			"Support Plan": {},
			"Support Goal": {"goal": "A place of my own"},
			"Safety Plan": {"warning_signs": "Steps", "safe_places": "Library", "what_to_do": "Leave"},
		}
		for doctype, values in made.items():
			with self.subTest(doctype=doctype):
				self.assertFalse(self.insert(doctype, **values).set_by)

	def test_life_a1_a_goal_that_an_action_adds_or_that_follows_says_it_neither(self) -> None:
		plan = self.insert("Support Plan")
		with self.as_user(WORKER):
			goal = frappe.get_doc("Support Goal", plan.add_goal(**SAID_NOTHING, set_by="Client")["goal"])
			following = frappe.get_doc("Support Goal", goal.follow_on(goal="A garden")["goal"])
			bare = frappe.get_doc("Support Goal", plan.add_goal(goal="Sing", steps=["Ask"])["goal"])
		self.assertEqual(goal.set_by, "Client")
		self.assertFalse(following.set_by or following.responsibility)
		self.assertFalse(bare.set_by or bare.responsibility)

	def test_life_c3_who_does_a_step_and_who_decided_is_not_said_by_itself(self) -> None:
		goal = self.insert("Support Goal", **SAID_NOTHING)
		with self.as_user(WORKER):
			goal.add_step(step="Ring again")
			goal.begin()
			meeting = get_next_meeting(self.case)
			meeting.hold(
				goals=[{"goal": goal.name, "client_rating": 5}],
				decisions=["Look further out"],
				next_steps=[{"goal": goal.name, "step": "Walk there"}],
			)
		self.assertEqual([row.responsible or "" for row in self.reload(goal).steps], ["", "", ""])
		self.assertFalse(self.reload(meeting).decisions[0].decided_by)
		(row,) = self.run_report(count_responsibility)
		self.assertEqual((row["steps"], row["client_steps"], row["steps_not_said"]), (1, 0, 1))
		self.assertEqual((row["decisions"], row["decisions_not_said"], row["decisions_share"]), (1, 1, None))
		self.assertEqual((row["not_said"], row["together"], row["goals_share"]), (1, 0, None))

	def test_life_c3_what_was_said_is_counted_beside_it(self) -> None:
		goal = self.insert("Support Goal", **SAID_NOTHING)
		with self.as_user(WORKER):
			goal.begin()
			get_next_meeting(self.case).hold(
				goals=[{"goal": goal.name, "client_rating": 5, "responsibility": "Client Alone"}],
				decisions=[{"decision": "A", "decided_by": "Client"}, {"decision": "B"}],
			)
		(row,) = self.run_report(count_responsibility)
		self.assertEqual((row["decisions"], row["client_decisions"], row["decisions_not_said"]), (2, 1, 1))
		self.assertEqual((row["decisions_share"], row["alone"], row["not_said"]), (100, 1, 0))

	def test_life_a1_words_of_nobody_named_are_counted_as_such(self) -> None:
		self.insert("Support Goal", **SAID_NOTHING)
		self.insert("Support Goal", goal="Sing", set_by="Client")
		rows = {row["stage"]: row for row in self.run_report(count_participation)}
		self.assertEqual((rows["Goal"]["client"], rows["Goal"]["words_not_said"]), (1, 1))
		(row,) = self.run_report(count_goals)
		self.assertEqual((row["total"], row["client_words"], row["words_not_said"]), (2, 1, 1))

	def test_life_b9_a_plan_is_not_accepted_before_the_client_said_so(self) -> None:
		plan = self.insert("Support Plan")
		self.assertFalse(plan.offer_answer)
		with self.as_user(WORKER):
			plan.add_goal(**SAID_NOTHING)
			self.reload(plan).agree(how="Spoken")
		self.assertEqual(self.stored(plan, "offer_answer"), "Accepted")

	def test_life_c47_nobody_is_the_clients_choice_before_the_client_chose(self) -> None:
		client = make_client(
			"Somebody Else", support_persons=[{"person_name": "Kim", "kind": "Trusted Friend"}]
		)
		self.assertEqual(client.support_persons[0].chosen_by_client, 0)


class GapTestCase(CaseTestCase):
	"""A case opened long ago, and what its workers do by the forms' own saves and actions."""

	def setUp(self) -> None:
		super().setUp()
		self.program = make_support_program("Gap Program")
		self.case = make_active_case(
			make_client("Gap Person"), self.program, opened_on=add_days(today(), -400)
		)

	def insert(self, doctype: str, user: str | None = None, **values) -> Document:
		about = {"client": self.case.client, "client_case": self.case.name}
		with self.as_user(user or make_worker()):
			return frappe.get_doc({"doctype": doctype, **about, **values}).insert()

	def do(self, doc: Document, method: str, user: str | None = None, **values) -> dict:
		with self.as_user(user or make_worker()):
			return getattr(frappe.get_doc(doc.doctype, doc.name), method)(**values)

	def assert_gap(self, number: str, name: str, without: str | None = None) -> None:
		"""Expect a record among the gaps of a standard, and another one, which has evidence, not."""
		standard = frappe.get_doc("Practice Standard", number)
		scope = get_scope(
			(getdate(add_days(today(), -90)), getdate()), [self.program.name], standard.days_allowed
		)
		gaps = get_gaps(CHECKS[standard.check_name](scope), "Administrator")
		self.assertIn(name, gaps)
		self.assertNotIn(without, gaps)

	def make_intake(self, **values) -> Document:
		intake = {"doctype": "Client Intake", "person_name": "Caller", "program": self.program.name}
		intake |= {"first_contact_on": add_days(now_datetime(), -20), "urgency": "Urgent", **values}
		with self.as_user(make_intake_worker()):
			return frappe.get_doc(intake).insert()

	def assess(self, agreed: int = 10, **values) -> Document:
		make_template()
		assessment = self.insert("Client Assessment", assessed_on=add_days(today(), -agreed), **values)
		with self.as_user(make_worker()):
			for row in assessment.domains:
				row.client_rating = "4"
			assessment.save()
		self.do(assessment, "agree", how="Spoken", on=add_days(today(), -agreed))
		return assessment

	def plan(self, agreed: int = 10, **values) -> Document:
		plan = self.insert("Support Plan", offered_on=add_days(today(), -agreed), **values)
		self.do(plan, "add_goal", goal="A place of my own", steps=["Ring"], horizon="Short")
		self.do(plan, "agree", how="Spoken", on=add_days(today(), -agreed))
		return plan

	def close_without_plan(self) -> None:
		self.do(self.case, "offer_evaluation", answer="Not Reached")
		values = {"end_reason": "Support Period End Reason-3", "cancel_meetings": 1, "exception": LOST}
		self.do(self.case, "close", **values)


class TestGapsAtEntry(GapTestCase):
	def test_life_b1_an_intake_answered_too_late(self) -> None:
		intake = self.make_intake()
		self.do(intake, "respond", make_intake_worker())
		self.assert_gap("B1", intake.name)

	def decide(self, **values) -> Document:
		intake, user = self.make_intake(), make_intake_worker()
		self.do(intake, "respond", user)
		self.do(intake, "inform_of_process", user, how="By phone")
		reason = frappe.db.get_value("Case Code", {"code_list": "Reason Service Not Provided"})
		self.do(
			intake,
			"not_accept",
			user,
			reason=reason,
			no_alternative_reason="They hung up",
			**HUNG_UP,
			**values,
		)
		return intake

	def test_life_b2_b3_somebody_turned_away_without_a_word_or_an_alternative(self) -> None:
		intake = self.decide()
		self.assert_gap("B2", intake.name)
		self.assert_gap("B3", intake.name)

	def test_life_b4_a_statement_that_nobody_acknowledged(self) -> None:
		pending = make_case(make_client("Pending Person"), self.program)
		self.assert_gap("B4", pending.name, without=self.case.name)


class TestGapsInSupport(GapTestCase):
	def test_life_b5_an_assessment_that_does_not_say_how_the_client_took_part(self) -> None:
		self.assess()
		self.assert_gap("B5", self.case.name)

	def test_life_b6_b8_an_assessment_of_needs_without_strengths_or_agencies(self) -> None:
		assessment = self.assess()
		self.assert_gap("B6", assessment.name)
		self.assert_gap("B8", assessment.name)

	def test_life_b7_b11_a_child_without_assessment_and_plan(self) -> None:
		child = make_client("Child", birth_date=add_years(today(), -8))
		opened = add_days(today(), -60)
		child_case = make_active_case(child, self.program, head_case=self.case.name, opened_on=opened)
		self.assert_gap("B7", child_case.name)
		self.assert_gap("B11", child_case.name)

	def test_life_b9_a_plan_that_nobody_has_answered(self) -> None:
		self.insert("Support Plan")
		self.assert_gap("B9", self.case.name)

	def test_life_b10_a_plan_of_near_goals_only(self) -> None:
		self.assert_gap("B10", self.plan().name)

	def test_life_b12_a_risk_whose_safety_plan_is_past_its_review(self) -> None:
		words = {"warning_signs": "Steps", "safe_places": "Library", "what_to_do": "Leave"}
		made = {"made_on": add_days(today(), -60), "review_due": add_days(today(), -20)}
		self.insert("Safety Plan", **words, **made)
		incident = self.insert(
			"Critical Incident",
			incident_type=frappe.db.get_value("Case Code", {"code_list": "Incident Type"}),
			what_happened="A threat",
			occurred_on=add_days(now_datetime(), -2),
			actions_taken="We stayed",
		)
		self.do(incident, "record_ongoing_risk")
		self.assert_gap("B12", incident.name)

	def test_life_b13_a_service_of_which_nobody_said_how_intrusive_it_was(self) -> None:
		note = {"kind": "Direct Service", "note": "We filled in the form."}
		unsaid = self.insert("Case Note", **note)
		said = self.insert("Case Note", **note, intrusiveness="2 Guidance")
		self.assert_gap("B13", unsaid.name, without=said.name)

	def test_life_b14_a_reassessment_that_no_plan_and_no_review_answers(self) -> None:
		self.assess(agreed=60)
		self.assess(agreed=5, kind="Reassessment")
		self.assert_gap("B14", self.case.name)
		meeting = self.do(
			self.case, "schedule_meeting", scheduled_on=f"{add_days(today(), 1)} 10:00:00", kind="Review"
		)
		meeting = frappe.get_doc("Case Meeting", meeting["meeting"])
		self.do(meeting, "hold", participation="Fully")
		with self.assertRaises(AssertionError):
			self.assert_gap("B14", self.case.name)

	def test_life_b15_information_given_once_long_ago(self) -> None:
		told = {"kind": "Information Given", "note": "We talked.", "information_topic": "Rent help"}
		self.insert("Case Note", **told, noted_on=add_days(now_datetime(), -200))
		self.assert_gap("B15", self.case.name)
		self.insert("Case Note", **told)
		with self.assertRaises(AssertionError):
			self.assert_gap("B15", self.case.name)

	def test_life_b16_a_case_of_which_no_agency_knows_and_nobody_says_why(self) -> None:
		self.plan()
		self.assert_gap("B16", self.case.name)

	def test_life_b17_a_referral_that_serves_no_goal(self) -> None:
		agency = make_agency().name
		consent = make_consent(self.case.client, agency).name
		values = {"agency": agency, "help_kind": "Formal", "reason": "A place to live"}
		referral = self.insert("Case Referral", **values)
		self.do(referral, "send", consent=consent, what_was_shared="Name")
		self.assert_gap("B17", referral.name)


class TestGapsInReview(GapTestCase):
	def test_life_b18_no_assessment_since_the_first(self) -> None:
		self.assess(agreed=300)
		self.assert_gap("B18", self.case.name)

	def test_life_b19_a_plan_that_was_never_reviewed(self) -> None:
		self.assert_gap("B19", self.plan(agreed=200).name)

	def test_life_b20_nobody_asked_for_feedback(self) -> None:
		self.assert_gap("B20", self.case.name)

	def test_life_b21_to_b24_a_case_closed_without_an_exit_plan_or_an_answer(self) -> None:
		self.close_without_plan()
		for number in ("B21", "B22", "B23", "B24"):
			with self.subTest(number=number):
				self.assert_gap(number, self.case.name)


class TestGapsOfTheService(GapTestCase):
	def test_life_b25_a_policy_past_its_review(self) -> None:
		policy = {
			"doctype": "Service Policy",
			"title": "Our Code",
			"kind": "Code of Ethics",
			"text": "Words.",
		}
		policy |= {"effective_from": add_days(today(), -400), "review_due": add_days(today(), -30)}
		with self.as_user(make_user("Case Management Admin")):
			name = frappe.get_doc(policy).insert().name
		self.assert_gap("B25", name)

	def test_life_b26_a_request_that_nobody_has_decided_in_time(self) -> None:
		asked = {"kind": "Access", "what_is_asked": "All", "received_on": add_days(today(), -60)}
		request = self.insert("Record Request", **asked)
		self.assert_gap("B26", request.name)
