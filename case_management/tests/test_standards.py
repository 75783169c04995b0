"""The practice standards: what each check counts as evidence and as a gap, by records made by hand."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, getdate, now_datetime, today

from case_management.case_management.standards.check import get_evidence, get_gaps, get_scope
from case_management.case_management.standards.registry import CHECKS
from case_management.setup.defaults import read
from case_management.tests.factories import make_user
from case_management.tests.plan_factories import make_assessment, make_goal, make_plan, make_support_case
from case_management.tests.standards_factories import StandardsTestCase, ago, put

DIED = "Closure Without Exit Plan-died"


class TestChecks(StandardsTestCase):
	def count(self, number: str, start: int = 90, end: int = 0) -> tuple[int, int]:
		"""Return how many records of the program should have evidence of a standard, and how many have it."""
		return tuple(get_evidence(self.get_check(number, start, end)))

	def gaps(self, number: str) -> list[str]:
		return get_gaps(self.get_check(number), "Administrator")

	def get_check(self, number: str, start: int = 90, end: int = 0) -> object:
		standard = frappe.get_doc("Practice Standard", number)
		period = (getdate(ago(start)), getdate(ago(end)))
		scope = get_scope(period, [self.program], standard.days_allowed)
		return CHECKS[standard.check_name](scope)

	def put_intake(self, **values) -> Document:
		first = add_to_date(now_datetime(), days=-5)
		intake = {"person_name": "Caller", "program": self.program, "first_contact_on": first}
		return put("Client Intake", **{**intake, "status": "New", **values})

	def test_b1_late_and_missing_answers_are_gaps_and_one_still_in_time_is_not_counted(self) -> None:
		now = now_datetime()
		past, later = add_to_date(now, days=-4), add_to_date(now, days=1)
		self.put_intake(response_due=past, responded_on=add_to_date(past, hours=-1))
		late = self.put_intake(response_due=past, responded_on=add_to_date(past, hours=1))
		missing = self.put_intake(response_due=past)
		self.put_intake(response_due=later)
		self.put_intake(response_due=past, program=self.other_program)
		self.assertEqual(self.count("B1"), (3, 1))
		self.assertEqual(set(self.gaps("B1")), {late.name, missing.name})

	def test_b1_a_contact_before_the_period_is_not_counted(self) -> None:
		self.put_intake(response_due=now_datetime(), first_contact_on=add_to_date(now_datetime(), days=-91))
		self.assertEqual(self.count("B1"), (0, 0))

	def test_b2_process_and_decision_are_told_and_a_reason_for_not_leaves_a_gap(self) -> None:
		now = now_datetime()
		decided = {"status": "Accepted", "decided_on": now}
		self.put_intake(**decided, process_informed_on=now, decision_informed_on=now)
		reason = {"process_not_informed_reason": "Not safe"}
		reasoned = self.put_intake(**decided, **reason, decision_informed_on=now)
		half = self.put_intake(**decided, process_informed_on=now)
		self.put_intake()  # not decided
		self.assertEqual(self.count("B2"), (3, 1))
		self.assertEqual(set(self.gaps("B2")), {half.name, reasoned.name})

	def test_b3_a_reason_for_no_alternative_leaves_a_gap(self) -> None:
		refused = {"status": "Not Accepted", "decided_on": now_datetime()}
		alternatives = [{"alternative": "A refuge", "kind": "Information"}]
		self.put_intake(**refused, alternatives=alternatives)
		reasoned = self.put_intake(**refused, no_alternative_reason="They hung up")
		self.put_intake(status="Accepted", decided_on=now_datetime())
		self.assertEqual(self.count("B3"), (2, 1))
		self.assertEqual(self.gaps("B3"), [reasoned.name])

	def test_b4_an_override_leaves_a_gap_and_a_new_case_has_its_days(self) -> None:
		self.put_case(rights_policy="A Statement", rights_acknowledged_on=ago(50))
		override = self.put_case(rights_override_reason="In hospital")
		pending = self.put_case(status="Pending")
		self.put_case(opened=6)
		self.put_case(program=self.other_program)
		self.assertEqual(self.count("B4"), (3, 1))
		self.assertEqual(set(self.gaps("B4")), {override.name, pending.name})

	def test_b4_a_renewed_statement_is_acknowledged_again_while_the_case_is_open(self) -> None:
		values = {"kind": "Other", "version": "1", "is_current": 0, "text": "Words"}
		old = {"rights_policy": put("Service Policy", title="Old", **values).name}
		gap = self.put_case(**old, rights_acknowledged_on=ago(50))
		self.put_closed(**old, rights_acknowledged_on=ago(50))
		self.assertEqual(self.count("B4"), (2, 1))
		self.assertEqual(self.gaps("B4"), [gap.name])

	def test_b4_a_case_that_closed_before_the_period_or_within_its_days_is_not_counted(self) -> None:
		self.put_closed(closed=91, opened=300)
		self.put_closed(opened=30, closed=28)
		self.assertEqual(self.count("B4"), (0, 0))

	def test_b5_taking_part_is_recorded_or_was_declined(self) -> None:
		part = "Fully"
		self.put_assessment(self.put_case(), participation=part)
		declined = {"status": "Draft", "agreed_on": None, "participation": "Was Offered and Declined"}
		self.put_assessment(self.put_case(), **declined)
		silent, draft, none = self.put_case(), self.put_case(), self.put_case()
		self.put_assessment(silent)
		self.put_assessment(draft, status="Draft", agreed_on=None, participation=part)
		self.assertEqual(self.count("B5"), (5, 2))
		self.assertEqual(set(self.gaps("B5")), {silent.name, draft.name, none.name})

	def test_b6_strength_past_achievement_and_need_are_all_there(self) -> None:
		row = {
			"domain": "Housing",
			"strength": "Kind",
			"past_achievement": "Kept a flat",
			"present_need": "A bed",
		}
		self.put_assessment(self.put_case(), domains=[row])
		self.put_assessment(
			self.put_case(), domains=[{**row, "present_need": "", "possible_future_need": "Rent"}]
		)
		poor = [
			self.put_assessment(self.put_case(), domains=[{**row, field: ""}]).name
			for field in ("strength", "past_achievement", "present_need")
		]
		self.assertEqual(self.count("B6"), (5, 2))
		self.assertEqual(set(self.gaps("B6")), set(poor))

	def test_b6_what_is_kept_apart_of_a_sensitive_domain_counts(self) -> None:
		case = self.put_case()
		row = {"domain": "Housing", "past_achievement": "Kept a flat", "present_need": "A bed"}
		assessment = self.put_assessment(case, domains=[row])
		self.assertEqual(self.count("B6"), (1, 0))
		self.put_for(case, "Sensitive Rating", assessment=assessment.name, domain="Safety", strength="Brave")
		self.assertEqual(self.count("B6"), (1, 1))

	def test_b7_b11_each_child_has_an_assessment_and_a_plan_of_its_own(self) -> None:
		child, bare = self.put_child(), self.put_child()
		self.put_case()  # an adult
		self.put_assessment(child)
		self.put_plan(child)
		self.put_plan(bare, status="Draft", agreed_on=None)
		for number in ("B7", "B11"):
			with self.subTest(number):
				self.assertEqual(self.count(number), (2, 1))
				self.assertEqual(self.gaps(number), [bare.name])

	def test_b8_an_agency_contributed_or_it_says_why_none(self) -> None:
		contributor = {"agency": "An Agency", "contributed_on": today(), "contribution": "Said so"}
		self.put_assessment(self.put_case(), contributors=[contributor])
		self.put_assessment(self.put_case(), no_contributors_reason="Not wanted")
		bare = self.put_assessment(self.put_case())
		self.assertEqual(self.count("B8"), (3, 2))
		self.assertEqual(self.gaps("B8"), [bare.name])

	def test_b9_a_declined_plan_has_its_reason(self) -> None:
		self.put_plan(self.put_case(), status="Draft", agreed_on=None)
		declined = {"status": "Draft", "agreed_on": None, "offer_answer": "Declined"}
		self.put_plan(self.put_case(), **declined, no_plan_reason="Reason Plan Does Not Exist-1")
		unsaid, none = self.put_case(), self.put_case()
		self.put_plan(unsaid, **declined)
		self.assertEqual(self.count("B9"), (4, 2))
		self.assertEqual(set(self.gaps("B9")), {unsaid.name, none.name})

	def test_b10_agreed_goals_are_near_and_far_and_have_actions(self) -> None:
		near = {"goal_text": "A bed", "horizon": "Immediate", "actions": "Ring"}
		far = {"goal_text": "A flat", "horizon": "Long", "actions": "Save"}
		self.put_plan(self.put_case(), agreed_goals=[near, far])
		poor = [
			self.put_plan(self.put_case(), agreed_goals=goals).name
			for goals in ([near], [far, far], [near, {**far, "actions": ""}], [])
		]
		self.assertEqual(self.count("B10"), (5, 1))
		self.assertEqual(set(self.gaps("B10")), set(poor))

	def test_b12_an_ongoing_risk_has_a_safety_plan_in_time_and_the_lead_was_told(self) -> None:
		risk = {"ongoing_risk": 1, "occurred_on": ago(5), "status": "Open"}
		plan = {"is_current": 1, "review_due": ago(-10)}
		safe, overdue, untold = self.put_case(), self.put_case(), self.put_case()
		for case, review in ((safe, ago(-10)), (overdue, ago(1)), (untold, ago(-10))):
			self.put_for(case, "Safety Plan", **{**plan, "review_due": review})
		self.put_for(safe, "Critical Incident", **risk, lead_told_on=ago(5))
		gaps = [
			self.put_for(overdue, "Critical Incident", **risk, lead_told_on=ago(5)),
			self.put_for(untold, "Critical Incident", **risk),
			self.put_for(self.put_case(), "Critical Incident", **risk, lead_told_on=ago(5)),
		]
		self.put_for(safe, "Critical Incident", occurred_on=ago(5), status="Open")  # no risk
		self.assertEqual(self.count("B12"), (4, 1))
		self.assertEqual(set(self.gaps("B12")), {gap.name for gap in gaps})

	def test_b12_a_risk_that_ended_in_the_period_needed_its_plan_too(self) -> None:
		ended = {"occurred_on": ago(30), "risk_ended_on": ago(5), "lead_told_on": ago(30)}
		self.put_for(self.put_case(), "Critical Incident", **ended, safety_plan="SAFE-1")
		gap = self.put_for(self.put_case(), "Critical Incident", **ended)
		self.assertEqual(self.count("B12"), (2, 1))
		self.assertEqual(self.gaps("B12"), [gap.name])

	def test_b13_support_that_reaches_far_is_reasoned(self) -> None:
		case = self.put_case()
		far = {"noted_on": now_datetime(), "intrusiveness": "4 Doing It for the Client"}
		reason = {"intrusiveness_reason": "Ill", "less_intrusive_considered": "Together"}
		self.put_for(case, "Case Note", **far, **reason)
		gap = self.put_for(case, "Case Note", **far, intrusiveness_reason="Ill")
		self.put_for(case, "Case Note", noted_on=now_datetime(), intrusiveness="2 Guidance")
		self.assertEqual(self.count("B13"), (2, 1))
		self.assertEqual(self.gaps("B13"), [gap.name])

	def test_b14_a_revision_says_what_changed_and_why(self) -> None:
		case = self.put_case()
		why = {"revision_kind": "Plan Revision Reason-need", "revision_reason": "A job came up"}
		first = self.put_plan(case, status="Superseded")
		self.put_plan(case, revises=first.name, **why)
		gap = self.put_case()
		self.put_plan(gap, revises=first.name, revision_kind=why["revision_kind"])
		self.assertEqual(self.count("B14"), (2, 1))
		self.assertEqual(self.gaps("B14"), [gap.name])

	def test_b14_a_reassessment_is_answered_by_a_revised_plan_or_a_review(self) -> None:
		revised, reviewed, before, none = (self.put_case() for _number in range(4))
		for case in (revised, reviewed, before, none):
			self.put_assessment(case, agreed=20, kind="Reassessment")
		why = {"revision_kind": "Plan Revision Reason-need", "revision_reason": "A job came up"}
		self.put_plan(revised, agreed=10, revises="PLAN-1", **why)
		self.put_for(reviewed, "Case Meeting", kind="Review", status="Held", held_on=ago(20))
		self.put_for(before, "Case Meeting", kind="Review", status="Held", held_on=ago(30))
		self.put_assessment(self.put_case(), agreed=20)
		self.assertEqual(self.count("B14"), (4, 2))
		self.assertEqual(set(self.gaps("B14")), {before.name, none.name})

	def test_b15_information_given_has_a_topic_or_options(self) -> None:
		informed, empty, none = self.put_case(), self.put_case(), self.put_case()
		given = {"kind": "Information Given", "noted_on": ago(20)}
		self.put_for(informed, "Case Note", **given, information_topic="Rent help")
		self.put_for(empty, "Case Note", **given)
		self.put_for(none, "Case Note", kind="Contact", noted_on=ago(20), information_topic="Rent help")
		self.assertEqual(self.count("B15"), (3, 1))
		self.assertEqual(set(self.gaps("B15")), {empty.name, none.name})

	def test_b16_agencies_are_involved_or_the_plan_says_why_not(self) -> None:
		self.put_case(agencies=[{"agency": "An Agency", "no_consent_reason": "She brought it herself"}])
		unexplained = self.put_case(agencies=[{"agency": "An Agency"}])
		self.put_for(self.put_case(), "Case Referral", sent_on=ago(5), status="Sent")
		self.put_plan(self.put_case(), agency_involvement_note="Wants nobody else")
		draft = self.put_case()
		self.put_for(draft, "Case Referral", status="Draft")
		self.assertEqual(self.count("B16"), (5, 3))
		self.assertEqual(sorted(self.gaps("B16")), sorted([unexplained.name, draft.name]))

	def test_b17_a_referral_serves_a_goal(self) -> None:
		case = self.put_case()
		self.put_for(case, "Case Referral", sent_on=ago(5), status="Sent", goal="GOAL-1")
		gap = self.put_for(case, "Case Referral", sent_on=ago(5), status="Sent")
		self.put_for(case, "Case Referral", status="Draft")
		self.assertEqual(self.count("B17"), (2, 1))
		self.assertEqual(self.gaps("B17"), [gap.name])

	def test_b18_an_old_assessment_is_followed_by_one_within_the_programs_days(self) -> None:
		frappe.db.set_value("Support Program", self.program, "reassessment_interval_days", 100)
		again, overdue, recent = (self.put_case(opened=300) for _number in range(3))
		for case, day in ((again, 200), (again, 30), (overdue, 101), (recent, 100)):
			self.put_assessment(case, agreed=day)
		closed = self.put_closed(opened=300)
		self.put_assessment(closed, agreed=200)
		self.assertEqual(self.count("B18"), (2, 1))
		self.assertEqual(self.gaps("B18"), [overdue.name])

	def test_b18_it_is_told_as_it_stood_on_the_last_day(self) -> None:
		frappe.db.set_value("Support Program", self.program, "reassessment_interval_days", 100)
		case = self.put_case(opened=300)
		self.put_assessment(case, agreed=200)
		self.put_assessment(case, agreed=30)
		self.assertEqual(self.count("B18", start=90, end=40), (1, 0))

	def test_b18_b19_b20_a_program_without_an_interval_has_nothing_to_check(self) -> None:
		for field in ("reassessment_interval_days", "review_interval_days", "feedback_interval_weeks"):
			frappe.db.set_value("Support Program", self.program, field, 0)
		case = self.put_case(opened=900)
		self.put_assessment(case, agreed=800)
		self.put_plan(case, agreed=800)
		for number in ("B18", "B19", "B20"):
			self.assertEqual(self.count(number), (0, 0), number)

	def test_b19_a_plan_in_force_is_reviewed_in_time_with_the_client(self) -> None:
		cases = [self.put_case(opened=300) for _number in range(4)]
		plans = [self.put_plan(case, agreed=100) for case in cases]
		review = {"kind": "Review", "status": "Held", "participation": "Fully"}
		self.put_for(cases[0], "Case Meeting", **review, held_on=ago(30))
		self.put_for(cases[1], "Case Meeting", **review, held_on=ago(91))
		self.put_for(cases[2], "Case Meeting", **{**review, "participation": ""}, held_on=ago(30))
		self.put_for(cases[3], "Case Meeting", **{**review, "kind": "Coordination"}, held_on=ago(30))
		self.put_plan(self.put_case(), agreed=89)  # not due yet
		self.put_plan(self.put_case(opened=300), agreed=100, status="Completed", completed_on=ago(2))
		self.assertEqual(self.count("B19"), (4, 1))
		self.assertEqual(set(self.gaps("B19")), {plan.name for plan in plans[1:]})

	def test_b19_a_plan_that_was_replaced_later_was_in_force_then(self) -> None:
		case = self.put_case(opened=300)
		old = self.put_plan(case, agreed=200, status="Superseded")
		self.put_plan(case, agreed=20, revises=old.name)
		self.assertEqual(self.count("B19", end=30), (1, 0))
		self.assertEqual(self.count("B19"), (0, 0))

	def test_b20_feedback_was_invited_or_asked_for_in_a_meeting_in_time(self) -> None:
		frappe.db.set_value("Support Program", self.program, "feedback_interval_weeks", 4)
		invited, asked, old, none = (self.put_case() for _number in range(4))
		self.put_for(invited, "Client Feedback", invited_on=ago(28))
		self.put_for(asked, "Case Meeting", status="Held", held_on=ago(3), feedback_asked=1)
		self.put_for(old, "Client Feedback", invited_on=ago(29))
		self.put_for(none, "Case Meeting", status="Missed", held_on=ago(3), feedback_asked=1)
		self.put_case(opened=28)
		self.assertEqual(self.count("B20"), (4, 2))
		self.assertEqual(set(self.gaps("B20")), {old.name, none.name})

	def test_b21_b22_b23_a_good_ending_has_all_and_a_lost_contact_none(self) -> None:
		good, lost = (
			self.put_closed(),
			self.put_closed(closure_exception="Closure Without Exit Plan-lost-contact"),
		)
		self.put_closed(closure_exception=DIED)
		self.put_closed(closed=91, opened=200)
		plan = {"offered_on": ago(30), "participation": "Fully", "status": "Completed", "given_on": ago(10)}
		achievements = [{"achievement": "A budget", "how_kept": "Each Friday"}]
		self.put_for(good, "Exit Plan", **plan, follow_up_assessed="Together", achievements=achievements)
		for number in ("B21", "B22", "B23"):
			with self.subTest(number):
				self.assertEqual(self.count(number), (2, 1))
				self.assertEqual(self.gaps(number), [lost.name])

	def test_b22_a_plan_that_was_not_given_or_keeps_nothing_leaves_a_gap(self) -> None:
		kept = [{"achievement": "A budget", "how_kept": "Each Friday"}]
		self.put_for(self.put_closed(), "Exit Plan", status="Agreed", achievements=kept)
		self.put_for(self.put_closed(), "Exit Plan", status="Agreed", given_on=ago(10))
		self.put_for(self.put_closed(), "Exit Plan", status="Draft", given_on=ago(10), achievements=kept)
		self.assertEqual(self.count("B22"), (3, 0))

	def test_b23_follow_up_that_could_not_be_assessed_leaves_a_gap(self) -> None:
		for answer in ("Together", "Client Declined", "Not Possible", ""):
			self.put_for(self.put_closed(), "Exit Plan", follow_up_assessed=answer)
		self.assertEqual(self.count("B23"), (4, 2))

	def test_b24_an_evaluation_was_offered_and_answered(self) -> None:
		for answer in ("Took Part", "Declined", "Not Reached"):
			self.put_closed(evaluation_offered_on=ago(10), evaluation_answer=answer)
		gap = self.put_closed()
		self.put_closed(closure_exception=DIED)
		self.assertEqual(self.count("B24"), (4, 2))
		self.assertIn(gap.name, self.gaps("B24"))

	def test_b25_c2_policies_are_in_time_and_everybody_acknowledged_them(self) -> None:
		frappe.db.delete("Service Policy")
		frappe.db.delete("Service Policy Acknowledgement")
		staff = frappe.get_all(
			"Has Role",
			{
				"role": (
					"in",
					("Case Worker", "Case Manager Lead", "Case Intake Worker", "Seconded Case Worker"),
				),
				"parenttype": "User",
			},
			pluck="parent",
		)
		enabled = set(frappe.get_all("User", {"name": ("in", staff), "enabled": 1}, pluck="name"))
		rows = [{"user": user, "acknowledged_on": now_datetime()} for user in enabled - {"Administrator"}]
		policy = {"kind": "Code of Ethics", "version": "1", "is_current": 1}
		put("Service Policy", title="Read", **policy, acknowledgements=rows, review_due=today())
		unread = put("Service Policy", title="Unread", **policy, acknowledgements=rows[1:])
		overdue = put("Service Policy", title="Old", **policy, acknowledgements=rows, review_due=ago(1))
		put("Service Policy", title="Retired", **{**policy, "is_current": 0})
		self.assertEqual(self.count("B25"), (3, 1))
		self.assertEqual(set(self.gaps("B25")), {unread.name, overdue.name})

	def test_b26_requests_are_decided_by_the_day_they_are_due(self) -> None:
		case, other = self.put_case(), self.put_case(program=self.other_program)
		self.put_for(case, "Record Request", due_on=ago(5), decided_on=ago(5))
		late = self.put_for(case, "Record Request", due_on=ago(5), decided_on=ago(4))
		open_request = put("Record Request", client=case.client, due_on=ago(1))  # names no case
		self.put_for(case, "Record Request", due_on=today())
		self.put_for(other, "Record Request", due_on=ago(5))
		self.assertEqual(self.count("B26"), (3, 1))
		self.assertEqual(set(self.gaps("B26")), {late.name, open_request.name})


class TestStandards(StandardsTestCase):
	def test_c11_all_twenty_six_characteristics_ship_each_with_its_check(self) -> None:
		shipped = {row["standard_number"]: row for row in read("practice_standard")}
		self.assertEqual(list(shipped), [f"B{number}" for number in range(1, 27)])
		self.assertEqual({row["check_name"] for row in shipped.values()}, set(CHECKS))
		stored = frappe.get_all("Practice Standard", {"name": ("in", list(shipped))}, ["name", "check_name"])
		self.assertEqual(
			{row.name: row.check_name for row in stored},
			{number: row["check_name"] for number, row in shipped.items()},
		)

	def test_c2_a_code_of_ethics_ships_as_a_starting_text(self) -> None:
		(code,) = (row for row in read("service_policy") if row["kind"] == "Code of Ethics")
		self.assertIn("starting text", code["text"])
		self.assertTrue(frappe.db.exists("Service Policy", "Code of Ethics v1"))

	def test_c11_an_administrator_sets_a_target_switches_off_and_links_policies(self) -> None:
		policy = frappe.get_all("Service Policy", pluck="name", limit=1)[0]
		with self.as_user(make_user("Case Management Admin")):
			standard = frappe.get_doc("Practice Standard", "B5")
			standard.update({"target": 80, "enabled": 0, "policies": [{"policy": policy}]}).save()
		self.assertEqual((self.stored(standard, "target"), self.stored(standard, "enabled")), (80, 0))

	def test_c11_a_standard_of_the_services_own_needs_no_check(self) -> None:
		own = {
			"doctype": "Practice Standard",
			"standard_number": "S1",
			"title": "We greet people.",
			"area": "Assessment",
		}
		with self.as_user(make_user("Case Management Admin")):
			self.assertEqual(frappe.get_doc(own).insert().target, 100)

	def test_c11_bad_standards_are_refused(self) -> None:
		policy = [{"policy": frappe.get_all("Service Policy", pluck="name", limit=1)[0]}]
		bad = (
			({"title": "  "}, "sentence"),
			({"check_name": "No Such Check"}, "No Such Check"),
			({"target": 101}, "from 0 to 100"),
			({"target": -1}, "from 0 to 100"),
			({"days_allowed": -1}, "0 or more"),
			({"policies": policy + [dict(row) for row in policy]}, "twice"),
		)
		for values, words in bad:
			with self.subTest(values), self.refused("Practice Standard B5", words):
				frappe.get_doc("Practice Standard", "B5").update(values).save()

	def test_c11_a_worker_reads_standards_and_does_not_change_them(self) -> None:
		with self.as_user(self.worker):
			standard = frappe.get_doc("Practice Standard", "B5")
			standard.check_permission("read")
			with self.assertRaises(frappe.PermissionError):
				standard.update({"target": 1}).save()


class TestOwnActions(StandardsTestCase):
	"""What a worker does with the app's own actions is found by the checks: their fields are the ones that are asked."""

	def setUp(self) -> None:
		super().setUp()
		self.case = make_support_case(opened_on=ago(60))
		self.program = self.case.program

	def get_evidence(self, number: str) -> tuple[int, int]:
		standard = frappe.get_doc("Practice Standard", number)
		period = (getdate(ago(90)), getdate())
		scope = get_scope(period, [self.program], standard.days_allowed)
		return tuple(get_evidence(CHECKS[standard.check_name](scope)))

	def test_b4_b5_b9_b10_entry_assessment_and_plan(self) -> None:
		before = {number: self.get_evidence(number) for number in ("B4", "B5", "B9", "B10")}
		self.assertEqual(before, {"B4": (1, 1), "B5": (1, 0), "B9": (1, 0), "B10": (0, 0)})
		with self.as_user(self.worker):
			make_assessment(self.case).agree(how="Spoken", participation="Fully")
			plan = make_plan(self.case)
			make_goal(self.case, plan=plan.name, horizon="Immediate")
			make_goal(self.case, "A home", plan=plan.name, horizon="Long")
			plan.agree(how="Spoken", participation="Fully")
		after = {number: self.get_evidence(number) for number in before}
		self.assertEqual(after, dict.fromkeys(before, (1, 1)))

	def test_b12_an_incident_and_its_safety_plan(self) -> None:
		words = {"warning_signs": "Shouting", "safe_places": "The library", "what_to_do": "Ring us"}
		client = {"client": self.case.client, "client_case": self.case.name}
		incident = {
			"incident_type": self.get_incident_type(),
			"what_happened": "A threat",
			"actions_taken": "We rang",
		}
		with self.as_user(self.worker):
			frappe.get_doc({"doctype": "Safety Plan", **client, **words}).insert()
			frappe.get_doc({"doctype": "Critical Incident", **client, **incident, "ongoing_risk": 1}).insert()
		self.assertEqual(self.get_evidence("B12"), (1, 1))

	def get_incident_type(self) -> str:
		return frappe.get_all("Case Code", {"code_list": "Incident Type"}, pluck="name", limit=1)[0]

	def test_b22_b24_a_case_that_was_closed_well(self) -> None:
		with self.as_user(self.worker):
			case = frappe.get_doc("Client Case", self.case.name)
			plan = frappe.get_doc("Exit Plan", case.plan_exit()["exit_plan"])
			plan.update({"participation": "Fully", "follow_up_assessed": "Together"})
			plan.append("achievements", {"achievement": "A budget", "how_kept": "Each Friday"})
			plan.save()
			plan.agree(how="Spoken")
			plan.give_to_client()
			case = frappe.get_doc("Client Case", self.case.name)
			case.offer_evaluation(answer="Took Part")
			case.close(end_reason="Support Period End Reason-3", cancel_meetings=1)
		for number in ("B21", "B22", "B23", "B24"):
			self.assertEqual(self.get_evidence(number), (1, 1), number)
