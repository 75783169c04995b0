"""Exit planning, closure, follow-up and reopening (design rule 9)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.record.actions import store
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_agency, make_client, make_lead, make_worker

MET = "Support Period End Reason-3"
LOST = "Closure Without Exit Plan-lost-contact"


class ClosureTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case(make_client("Leaving Person"))

	def get_case(self) -> Document:
		return frappe.get_doc("Client Case", self.case.name)

	def close(self, **values: object) -> dict:
		with self.as_user(make_worker()):
			return self.get_case().close(**{"end_reason": MET, "cancel_meetings": 1, **values})

	def plan_exit(self, **values: object) -> Document:
		"""Return an exit plan ready to be agreed."""
		with self.as_user(make_worker()):
			plan = frappe.get_doc("Exit Plan", self.get_case().plan_exit()["exit_plan"])
			ready = {"participation": "Fully", "follow_up_assessed": "Together"}
			plan.update({**ready, **values}).save()
		return plan

	def agree_exit(self, **values: object) -> Document:
		plan = self.plan_exit(**values)
		with self.as_user(make_worker()):
			plan.agree(how="Signed")
		return plan

	def offer_evaluation(self) -> None:
		with self.as_user(make_worker()):
			self.get_case().offer_evaluation(answer="Declined")


class TestExitPlan(ClosureTestCase):
	def test_c48_exit_planning_begins_with_a_plan_made_from_the_record(self) -> None:
		goal = {"doctype": "Support Goal", "client": self.case.client, "client_case": self.case.name}
		goal = store(frappe.get_doc({**goal, "goal": "Cook for myself", "horizon": "Short"}))
		goal.db_set("status", "Achieved")
		with self.as_user(make_worker()):
			answer = self.get_case().plan_exit(planned_exit_on=add_days(today(), 30))
			self.assertEqual(self.get_case().plan_exit()["exit_plan"], answer["exit_plan"])
		plan = frappe.get_doc("Exit Plan", answer["exit_plan"])
		self.assertEqual(self.stored(self.case, "status"), "Exit Planning")
		self.assertEqual([row.goal for row in plan.achievements], [goal.name])

	def test_c48_the_planned_day_of_an_exit_that_is_being_planned_can_be_moved(self) -> None:
		with self.as_user(make_worker()):
			self.get_case().plan_exit(planned_exit_on=add_days(today(), 30))
			self.get_case().plan_exit(planned_exit_on=add_days(today(), 60))
		self.assertEqual(self.stored(self.case, "planned_exit_on"), getdate(add_days(today(), 60)))

	def test_c48_exit_planning_that_is_recorded_later_has_its_day_in_the_history(self) -> None:
		began = add_days(today(), -3)
		with self.as_user(make_worker()):
			with self.refused("Exit Planning Began on", "in the future"):
				self.get_case().plan_exit(on=add_days(today(), 1))
			self.get_case().plan_exit(on=began)
		line = self.get_case().events[-1]
		self.assertEqual((line.event, line.on_date), ("Exit Planning", getdate(began)))

	def test_c48_the_exit_of_a_closed_case_is_not_planned(self) -> None:
		self.offer_evaluation()
		self.close(exception=LOST)
		with self.as_user(make_worker()), self.refused("closed", "Reopen"):
			self.get_case().plan_exit()
		self.assertFalse(frappe.db.exists("Exit Plan", {"client_case": self.case.name}))

	def test_c51_friends_and_agencies_are_carried_into_the_supports(self) -> None:
		client = frappe.get_doc("Client", self.case.client)
		client.append("support_persons", {"person_name": "A Good Friend", "kind": "Trusted Friend"})
		store(client)
		referral = {"doctype": "Case Referral", "client": client.name, "client_case": self.case.name}
		referral = store(frappe.get_doc({**referral, "agency": make_agency().name, "reason": "Housing"}))
		referral.db_set("status", "Accepted")
		supports = {(row.kind, row.support_name) for row in self.plan_exit().supports}
		self.assertEqual(supports, {("Friend", "A Good Friend"), ("Service Provider", make_agency().name)})

	def test_b21_agreement_says_how_the_client_took_part(self) -> None:
		plan = self.plan_exit(participation="")
		with self.as_user(make_worker()), self.refused(plan.name, "how the client took part"):
			plan.agree()
		with self.as_user(make_worker()):
			plan.agree(participation="In Part")
		self.assertEqual(self.stored(plan, "status"), "Agreed")

	def test_b22_each_achievement_has_a_way_in_which_it_is_kept(self) -> None:
		plan = self.plan_exit(achievements=[{"achievement": "Pays the rent"}])
		with self.as_user(make_worker()), self.refused(plan.name, "Row 1", "how it is kept"):
			plan.agree()

	def test_b23_need_for_follow_up_is_assessed_before_agreement(self) -> None:
		plan = self.plan_exit(follow_up_assessed="")
		with self.as_user(make_worker()), self.refused(plan.name, "follow-up"):
			plan.agree()

	def test_rule_4_an_agreed_plan_is_not_changed_in_place(self) -> None:
		plan = self.agree_exit()
		with self.as_user(make_worker()), self.refused(plan.name, "kept as it was agreed", "Revise"):
			plan.reload()
			plan.append("ongoing_needs", {"need": "One more"})
			plan.save()

	def test_rule_4_a_revision_is_a_new_version_with_a_reason(self) -> None:
		plan = self.agree_exit()
		with self.as_user(make_worker()):
			with self.refused(plan.name, "has a reason"):
				plan.revise()
			name = plan.revise(reason="A new flat")["exit_plan"]
			self.assertEqual(plan.revise(reason="Again")["exit_plan"], name)
			version = frappe.get_doc("Exit Plan", name)
			self.assertEqual((version.status, version.version, version.revises), ("Draft", 2, plan.name))
			version.agree()
		self.assertEqual(self.stored(plan, "superseded_by"), name)

	def test_c52_the_printed_plan_is_given_on_a_date(self) -> None:
		plan = self.plan_exit()
		with self.as_user(make_worker()):
			with self.refused(plan.name, "agreed plan"):
				plan.give_to_client()
			plan.agree()
			plan.give_to_client()
		self.assertEqual(self.stored(plan, "given_on"), getdate())


class TestClosure(ClosureTestCase):
	def test_b22_case_cannot_close_without_exit_plan(self) -> None:
		self.offer_evaluation()
		with self.refused(self.case.name, "no exit plan", "exception"):
			self.close()
		self.assertEqual(self.stored(self.case, "status"), "Active")

	def test_b22_an_exit_plan_that_is_only_a_draft_is_not_enough(self) -> None:
		self.offer_evaluation()
		self.plan_exit()
		with self.refused(self.case.name, "no exit plan"):
			self.close()

	def test_b22_case_closes_with_an_agreed_exit_plan(self) -> None:
		self.offer_evaluation()
		plan = self.agree_exit()
		self.assertEqual(self.close()["status"], "Closed")
		self.assertEqual(self.stored(plan, "status"), "Completed")

	def test_b22_a_coded_exception_stands_for_the_plan(self) -> None:
		self.assertEqual(self.close(exception=LOST)["status"], "Closed")

	def test_b22_an_unknown_exception_is_refused(self) -> None:
		with self.refused(self.case.name, "tired-of-it", "Closure Without Exit Plan"):
			self.close(exception="tired-of-it")

	def test_b24_case_cannot_close_before_evaluation_was_offered(self) -> None:
		self.agree_exit()
		with self.refused(self.case.name, "evaluation", "Offer Evaluation"):
			self.close()

	def test_a_closed_case_has_a_coded_reason(self) -> None:
		with self.refused(self.case.name, "has a reason"):
			self.close(end_reason=None, exception=LOST)

	def test_it_does_not_close_before_it_opened_nor_ahead(self) -> None:
		for day in (add_days(self.case.opened_on, -1), add_days(today(), 1)):
			with self.refused(self.case.name, "Closed on"):
				self.close(closed_on=day, exception=LOST)

	def test_open_referrals_meetings_and_steps_stand_in_the_way(self) -> None:
		goal = {"doctype": "Support Goal", "client": self.case.client, "client_case": self.case.name}
		goal = {**goal, "goal": "Learn to drive", "horizon": "Long", "steps": [{"step": "Book a lesson"}]}
		goal = store(frappe.get_doc(goal))
		referral = {"doctype": "Case Referral", "client": self.case.client, "client_case": self.case.name}
		referral = store(frappe.get_doc({**referral, "agency": make_agency().name, "reason": "Licence"}))
		meeting = frappe.db.get_value("Case Meeting", {"client_case": self.case.name, "status": "Scheduled"})
		with self.refused(self.case.name, goal.name, referral.name, meeting):
			self.close(exception=LOST, cancel_meetings=0)

	def test_a_risk_that_goes_on_stands_in_the_way_unless_the_client_is_out_of_reach(self) -> None:
		about = {"client": self.case.client, "client_case": self.case.name}
		words = {"warning_signs": "Steps", "safe_places": "The library", "what_to_do": "Leave"}
		store(frappe.get_doc({"doctype": "Safety Plan", **about, **words}))
		incident = {"incident_type": "Incident Type-violence", "what_happened": "Threats", "ongoing_risk": 1}
		incident = {"doctype": "Critical Incident", **about, **incident, "actions_taken": "Police called"}
		incident = store(frappe.get_doc(incident))
		self.offer_evaluation()
		with self.refused(self.case.name, incident.name):
			self.close(exception="Closure Without Exit Plan-declined")
		self.assertEqual(self.close(exception=LOST)["status"], "Closed")

	def test_c44_a_request_for_a_seconded_worker_is_answered_before_closure(self) -> None:
		request = {"doctype": "Seconded Worker Request", "wanted": "Somebody who speaks my language"}
		request = store(
			frappe.get_doc({**request, "client": self.case.client, "client_case": self.case.name})
		)
		with self.refused(self.case.name, request.name):
			self.close(exception=LOST)

	def test_meetings_may_be_cancelled_with_the_closure(self) -> None:
		meeting = frappe.db.get_value("Case Meeting", {"client_case": self.case.name, "status": "Scheduled"})
		self.close(exception=LOST)
		self.assertEqual(frappe.db.get_value("Case Meeting", meeting, "status"), "Cancelled")
		self.assertFalse(
			frappe.db.exists("Case Meeting", {"client_case": self.case.name, "status": "Scheduled"})
		)

	def test_closing_twice_is_closing_once(self) -> None:
		first = self.close(exception=LOST)
		self.assertEqual(self.close(exception=LOST), first)
		self.assertEqual([row.event for row in self.get_case().events].count("Closed"), 1)

	def test_the_team_sees_the_client_for_the_days_in_settings(self) -> None:
		self.close(exception=LOST)
		self.assertEqual(self.stored(self.case, "team_access_until"), add_days(getdate(), 30))

	def test_a_closed_case_takes_no_more_records(self) -> None:
		self.close(exception=LOST)
		note = {"doctype": "Case Note", "client": self.case.client, "client_case": self.case.name}
		with self.as_user(make_worker()), self.refused("New Case Note", "is closed", "Reopen"):
			frappe.get_doc({**note, "note": "One more thing"}).insert()

	def test_a_closed_case_itself_is_not_changed(self) -> None:
		self.close(exception=LOST)
		with self.as_user(make_worker()):
			with self.refused(self.case.name, "is closed", "Reopen"):
				self.get_case().offer_evaluation()
			with self.refused(self.case.name, "is closed"):
				self.get_case().update({"stage": "Elsewhere"}).save()

	def test_cover_joins_the_team_of_a_closed_case(self) -> None:
		self.close(exception=LOST)
		with self.as_user(make_lead()):
			answer = self.get_case().add_team_member(user=make_worker("colleague"), team_role="Cover")
		self.assertIn(make_worker("colleague"), answer["team"])


class TestFollowUpAndReopening(ClosureTestCase):
	def close_with_follow_up(self, **values: object) -> list[str]:
		self.offer_evaluation()
		self.agree_exit(follow_up_needed=1, **values)
		return self.close()["follow_ups"]

	def test_b23_follow_ups_agreed_with_the_client_are_made(self) -> None:
		rows = [
			{"due_on": add_days(today(), 30), "way": "Text"},
			{"due_on": add_days(today(), 90), "way": "Text"},
		]
		self.assertEqual(len(self.close_with_follow_up(follow_up_consent=1, follow_ups=rows)), 2)

	def test_b23_without_the_clients_consent_none_is_made(self) -> None:
		self.assertEqual(self.close_with_follow_up(follow_up_consent=0), [])

	def test_b23_a_wanted_follow_up_without_a_date_is_due_after_the_programs_time(self) -> None:
		name = self.close_with_follow_up(follow_up_consent=1)[0]
		self.assertEqual(frappe.db.get_value("Case Follow Up", name, "due_on"), add_days(getdate(), 30))

	def test_b23_a_follow_up_has_an_outcome(self) -> None:
		name = self.close_with_follow_up(follow_up_consent=1)[0]
		with self.as_user(make_worker()):
			follow_up = frappe.get_doc("Case Follow Up", name)
			with self.refused(name, "has an outcome"):
				follow_up.record_done()
			follow_up.record_done(outcome="Still in the flat", achievements_kept="Yes")
		self.assertEqual(frappe.db.get_value("Case Follow Up", name, "status"), "Done")

	def test_reopening_needs_a_reason_and_keeps_the_history(self) -> None:
		self.close(exception=LOST)
		with self.as_user(make_worker()):
			with self.refused(self.case.name, "has a reason"):
				self.get_case().reopen()
			self.get_case().reopen(reason="Back in touch")
		case = self.get_case()
		self.assertEqual([row.event for row in case.events], ["Opened", "Activated", "Closed", "Reopened"])
		self.assertEqual(case.events[-1].reason, "Back in touch")
		self.assertFalse(case.closed_on or case.end_reason or case.team_access_until)

	def test_a_reopened_case_has_its_next_meeting_again(self) -> None:
		self.close(exception=LOST)
		with self.as_user(make_lead()):
			self.get_case().reopen(reason="Back in touch")
		self.assertTrue(
			frappe.db.exists("Case Meeting", {"client_case": self.case.name, "status": "Scheduled"})
		)

	def test_a_reopened_case_needs_a_new_exit_plan(self) -> None:
		self.offer_evaluation()
		plan = self.agree_exit()
		plan.db_set("agreed_on", add_days(today(), -3))
		self.close()
		with self.as_user(make_worker()):
			self.get_case().reopen(reason="Back in touch")
		self.offer_evaluation()
		with self.refused(self.case.name, "no exit plan"):
			self.close()
