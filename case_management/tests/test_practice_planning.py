"""Planning in the client's own terms: whose words, which horizon, what is taken into account, who does it (A1, A4, A7, C1 to C27)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, today

from case_management.tests.factories import make_agency, make_client
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import (
	get_next_meeting,
	get_words,
	make_active_goal,
	make_assessment,
	make_consent,
	make_plan,
	make_support_case,
)


class TestPlanOfTheirOwn(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.plan = make_plan(self.case)

	def add_goal(self, **values: object) -> Document:
		with self.as_user(WORKER):
			return frappe.get_doc("Support Goal", self.plan.add_goal(**values)["goal"])

	def test_a1_c23_whose_words_a_goal_has_is_as_it_was_said(self) -> None:
		self.assertFalse(self.add_goal(goal="Sleep through the night").set_by)
		self.assertEqual(self.add_goal(goal="Be on time", set_by="Together").set_by, "Together")
		with self.refused_to(WORKER, "Somebody"):
			self.plan.add_goal(goal="Other", set_by="Somebody")

	def test_c23_what_the_client_wants_stands_first_on_their_paper(self) -> None:
		with self.as_user(WORKER):
			self.plan.update({"vision": "A quiet place", "set_by": "Client"}).save()
			self.add_goal(goal="My own key")
			html = frappe.get_print("Support Plan", self.plan.name, "Support Plan for the Client")
		self.assertLess(html.index("A quiet place"), html.index("My own key"))

	def test_c6_a4_an_idea_only_lends_its_words(self) -> None:
		idea = frappe.get_all("Goal Idea", {"enabled": 1}, ["name", "idea"], limit=1)[0]
		goal = self.add_goal(goal=idea.idea)
		with self.as_user(WORKER):
			goal.update({"goal": "The same, in my own way", "horizon": "Long", "pace": "Slower"}).save()
		self.assertEqual(frappe.db.get_value("Goal Idea", idea.name, "idea"), idea.idea)
		self.assertEqual(self.reload(goal).goal, "The same, in my own way")

	def test_a7_a_step_is_anybodys(self) -> None:
		agency = make_agency().name
		steps = [
			{"step": "Send the form", "responsible": "Agency", "responsible_agency": agency},
			{"step": "Come along", "responsible": "Support Person", "responsible_name": "An aunt"},
			{"step": "Ring", "responsible": "Worker", "responsible_user": WORKER},
			"Decide",
		]
		rows = [
			(row.responsible, row.responsible_agency or row.responsible_name or row.responsible_user)
			for row in self.add_goal(goal="A lease", steps=steps).steps
		]
		whose = [("Agency", agency), ("Support Person", "An aunt"), ("Worker", WORKER), ("", None)]
		self.assertEqual(rows, whose)

	def test_c24_b10_goals_near_and_far_each_have_strategies(self) -> None:
		for horizon in ("Immediate", "Short", "Medium", "Long"):
			goal = self.add_goal(goal=f"A {horizon} goal", horizon=horizon, strategies=["Ask", "Try"])
			self.assertEqual(
				(goal.horizon, [row.strategy for row in goal.strategies]), (horizon, ["Ask", "Try"])
			)

	def test_b10_how_sure_the_client_feels_is_asked_on_a_scale(self) -> None:
		self.assertEqual(self.add_goal(goal="Swim", confidence=7).confidence, "7")
		with self.refused_to(WORKER, "scale"):
			self.plan.add_goal(goal="Dive", confidence=12)

	def test_c22_a_pace_of_their_own_and_a_day_that_passes_changes_nothing(self) -> None:
		goal = self.add_goal(goal="Walk", pace="Slower")
		goal.db_set(
			{"status": "Active", "start_on": add_days(today(), -40), "target_on": add_days(today(), -1)}
		)
		with self.as_user(WORKER):
			self.reload(goal).save()
		self.assertEqual((self.stored(goal, "pace"), self.stored(goal, "status")), ("Slower", "Active"))

	def test_c1_client_plan_and_goals_hang_together(self) -> None:
		goal = self.add_goal(goal="My own key")
		self.assertEqual(
			(goal.client, goal.client_case, goal.plan), (self.case.client, self.case.name, self.plan.name)
		)
		other = make_support_case(make_client("Somebody Else"))
		with self.refused_to(WORKER, self.case.name):
			frappe.get_doc(
				{"doctype": "Support Plan", "client": other.client, "client_case": self.case.name}
			).insert()

	def test_c27_limitations_are_taken_over_and_into_account(self) -> None:
		assessment = make_assessment(self.case, kind="Reassessment")
		limitation = {"kind": "Emotional", "limitation": "Crowds", "taken_into_account": "Meet early"}
		assessment.append("limitations", limitation)
		assessment.save()
		assessment.agree()
		with self.as_user(WORKER):
			self.plan = frappe.get_doc("Support Plan", self.reload(assessment).make_plan()["plan"])
		row = self.plan.limitations[0]
		self.assertEqual({field: row.get(field) for field in limitation}, limitation)
		goal = self.add_goal(goal="Shop alone", limitations_considered="Before nine, when it is empty")
		self.assertEqual(goal.limitations_considered, "Before nine, when it is empty")


class TestTakingPart(SupportTestCase):
	def test_b5_b9_how_the_client_took_part_and_with_what_support_is_kept(self) -> None:
		support = frappe.db.get_value("Case Code", {"code_list": "Support Used"})
		for doc in (make_assessment(self.case), make_plan(self.case)):
			with self.subTest(doctype=doc.doctype), self.as_user(WORKER):
				doc.append("participation_supports", {"support": support})
				doc.update(
					{"participation": "Was Offered and Declined", "participation_note": "Later"}
				).save()
				stored = self.reload(doc)
				self.assertEqual([row.support for row in stored.participation_supports], [support])
				self.assertEqual(stored.participation, "Was Offered and Declined")

	def test_b9_a_declined_plan_keeps_the_reason_and_the_case_goes_on(self) -> None:
		reason = frappe.db.get_value("Case Code", {"code_list": "Reason Plan Does Not Exist"})
		with self.as_user(WORKER):
			plan = make_plan(self.case, offer_answer="Declined", no_plan_reason=reason)
		self.assertEqual((plan.status, self.stored(self.case, "status")), ("Draft", "Active"))


class TestAgencies(SupportTestCase):
	def involve(self, **values: object) -> Document:
		with self.as_user(WORKER):
			case = self.reload(self.case)
			case.append("agencies", {"agency": make_agency().name, "role": "Housing", **values})
			return case.save()

	def test_b16_an_agency_takes_part_with_the_clients_consent_or_none_was_needed(self) -> None:
		consent = make_consent(self.case, make_agency().name, "coordination")
		self.assertEqual(len(self.involve(consent=consent.name).agencies), 1)
		self.assertEqual(len(self.involve().agencies), 2)

	def test_b16_another_agencys_or_another_clients_consent_is_refused(self) -> None:
		other = make_consent(self.case, make_agency("Another Agency").name, "coordination")
		with self.refused("Another Agency"):
			self.involve(consent=other.name)
		stranger = make_consent(make_support_case(make_client("Somebody Else")), None, "coordination")
		with self.refused(stranger.name):
			self.involve(consent=stranger.name)

	def test_b16_a_withdrawn_consent_lets_nobody_join_and_undoes_no_part(self) -> None:
		consent = make_consent(self.case, make_agency().name, "coordination")
		self.involve(consent=consent.name)
		consent.withdraw()
		with self.as_user(WORKER):
			self.reload(self.case).save()
		with self.refused(consent.name, "not live"):
			self.involve(consent=consent.name)

	def test_b16_a_part_that_ends_before_it_begins_is_refused(self) -> None:
		with self.refused("Test Housing Office", "ends before"):
			self.involve(from_date=today(), to_date=add_days(today(), -1))


class TestAgendaOfOpenSteps(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.goal = make_active_goal(self.case)
		self.step = self.goal.steps[0]
		self.meeting = get_next_meeting(self.case)

	def hold(self, **said: object) -> None:
		with self.as_user(WORKER):
			self.meeting.hold(**get_words(self.case, **said))

	def test_c15_the_agenda_has_the_open_steps_besides_goals_and_strategies(self) -> None:
		with self.as_user(WORKER):
			self.meeting.onload()
		rows = self.meeting.get("__onload")["open_steps"]
		self.assertEqual([(row.step_row, row.goal) for row in rows], [(self.step.name, self.goal.name)])
		html = frappe.get_print("Case Meeting", self.meeting.name, "Case Meeting Summary")
		self.assertIn("Still to Do", html)
		self.assertIn(self.step.step, html)

	def test_c15_steps_that_are_done_are_done_on_the_day_of_the_meeting(self) -> None:
		self.hold(held_on=add_days(today(), -2), steps_done=[self.step.name])
		step = self.reload(self.goal).steps[0]
		self.assertEqual((step.status, str(step.done_on)), ("Done", add_days(today(), -2)))

	def test_c15_the_others_stay_open(self) -> None:
		self.hold()
		self.assertEqual(self.reload(self.goal).steps[0].status, "Open")

	def test_c15_a_step_of_another_case_is_refused_and_nothing_stored(self) -> None:
		other = make_active_goal(make_support_case(make_client("Somebody Else")))
		for row in (other.steps[0].name, "no such row"):
			with self.subTest(row=row), self.refused(row, "open step", self.case.name):
				self.hold(steps_done=[row])
		self.assertEqual(self.stored(self.meeting, "status"), "Scheduled")


class TestPaperOfTheAssessment(SupportTestCase):
	def test_b18_the_paper_shows_which_way_it_went_and_c26_both_views(self) -> None:
		first = make_assessment(self.case)
		first.agree()
		again = make_assessment(self.case, kind="Reassessment", rated=False)
		again.domains[0].update(
			{"client_rating": "7", "worker_rating": "5", "strength": "Asks for <b>help</b>"}
		)
		again.save()
		with self.as_user(WORKER):
			html = frappe.get_print("Client Assessment", again.name, "Assessment for the Client")
		for words in ("as I see it: 7 (last time: 4 ↑)", "As my worker sees it: 5", "&lt;b&gt;help"):
			self.assertIn(words, html)
