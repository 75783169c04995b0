"""The lists of what a worker has to see to: right rows by records made by hand, and only of clients the user sees."""

from types import ModuleType

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, add_years, now_datetime, today

from case_management.case_management.report.children_without_assessment_or_plan import (
	children_without_assessment_or_plan as children_report,
)
from case_management.case_management.report.services_and_goals import services_and_goals
from case_management.case_management.report.what_is_missing import what_is_missing
from case_management.tests.factories import make_worker
from case_management.tests.standards_factories import StandardsTestCase, ago, count_queries

REPORTS = {
	"Children Without Assessment or Plan": children_report,
	"Services and Goals": services_and_goals,
	"What Is Missing": what_is_missing,
}


class ListTestCase(StandardsTestCase):
	def run_report(self, report: ModuleType, user: str | None = None, **filters) -> list[dict]:
		with self.as_user(user or self.worker):
			return report.execute({**self.period, "program": self.program, **filters})[1]

	def put_service(self, case: Document, **values) -> Document:
		note = {"kind": "Direct Service", "noted_on": add_to_date(now_datetime(), days=-5), "minutes": 30}
		return self.put_for(case, "Case Note", **{**note, **values})

	def put_referral(self, case: Document, **values) -> Document:
		return self.put_for(case, "Case Referral", **{"status": "Sent", "sent_on": ago(5), **values})

	def put_complete(self, **values) -> Document:
		"""Return a case that lacks nothing."""
		case = self.put_case(rights_acknowledged_on=ago(50), **values)
		self.put_assessment(case)
		self.put_plan(case)
		return case


class TestEveryList(ListTestCase):
	def test_the_worker_and_the_lead_see_the_case_and_nobody_else(self) -> None:
		self.put_child()
		for name, report in REPORTS.items():
			with self.subTest(name):
				for user in (self.worker, self.lead):
					self.assertTrue(self.run_report(report, user))
				for user in (make_worker("other"), self.other_lead):
					self.assertEqual(self.run_report(report, user), [])

	def test_an_auditor_may_not_run_them(self) -> None:
		from frappe.desk.query_report import run

		for name in REPORTS:
			with self.subTest(name), self.as_user(self.auditor), self.assertRaises(frappe.PermissionError):
				run(name, filters=self.period)
			with self.subTest(name), self.as_user(self.worker):
				self.assertIn("result", run(name, filters=self.period))

	def test_the_number_of_queries_does_not_grow_with_the_cases(self) -> None:
		def put_some() -> None:
			case = self.put_child()
			self.put_service(case)
			self.put_referral(case)
			self.put_for(case, "Support Goal", goal="A goal", status="Active")
			self.put_plan(case, needs=[{"domain": "Housing", "need": "A bed"}], status="Active")

		put_some()
		self.put_child()
		few = {name: count_queries(lambda: self.run_report(report)) for name, report in REPORTS.items()}  # noqa: B023
		for _number in range(4):
			put_some()
		for name, report in REPORTS.items():
			self.assertLessEqual(count_queries(lambda: self.run_report(report)), few[name], name)  # noqa: B023


class TestChildren(ListTestCase):
	def test_b7_b11_a_child_is_listed_with_what_it_lacks(self) -> None:
		bare, assessed, done = self.put_child(), self.put_child(), self.put_child()
		for child in (assessed, done):
			self.put_assessment(child)
		self.put_plan(done)
		self.put_plan(bare, status="Draft")
		self.put_case()  # an adult
		self.put_closed(birth_date=add_years(today(), -8))
		rows = {row["name"]: row for row in self.run_report(children_report)}
		self.assertEqual(
			{name: row["missing"] for name, row in rows.items()},
			{bare.name: "Assessment, Support Plan", assessed.name: "Support Plan"},
		)
		self.assertEqual(rows[bare.name]["age"], 8)

	def test_b7_the_reason_given_with_the_adult_stands_beside_it(self) -> None:
		head = self.put_case()
		self.put_assessment(head, children_not_assessed_reason="With their father until May")
		self.put_child(head_case=head.name)
		(row,) = self.run_report(children_report)
		self.assertEqual((row["reason"], row["head_case"]), ("With their father until May", head.name))


class TestServices(ListTestCase):
	def test_b17_c5_services_and_referrals_are_told_apart_by_whether_they_serve_a_goal(self) -> None:
		case = self.put_case(agencies=[{"agency": "An Agency"}])
		self.put_service(case, goal="GOAL-1")
		self.put_service(case)
		self.put_service(case)
		self.put_service(case, kind="Contact")
		self.put_service(case, noted_on=add_to_date(now_datetime(), days=-91))
		self.put_referral(case, goal="GOAL-1")
		self.put_referral(case, sent_on=None, status="Draft")
		(row,) = self.run_report(services_and_goals)
		fields = (
			"notes_for_goal",
			"notes_without",
			"hours",
			"referrals_for_goal",
			"referrals_without",
			"agencies",
		)
		self.assertEqual([row[field] for field in fields], [1, 2, 1.5, 1, 0, 1])
		self.assertEqual(row["prongs"], "Both")

	def test_c5_which_prong_a_case_had(self) -> None:
		direct, coordinated, neither = self.put_case(), self.put_case(), self.put_case()
		self.put_service(direct)
		self.put_referral(coordinated)
		rows = {row["name"]: row["prongs"] for row in self.run_report(services_and_goals)}
		self.assertEqual(
			rows,
			{
				direct.name: "Direct service only",
				coordinated.name: "Co-ordination only",
				neither.name: "Neither",
			},
		)

	def test_b17_only_cases_in_which_something_serves_no_goal(self) -> None:
		self.put_service(self.put_case(), goal="GOAL-1")
		loose = self.put_case()
		self.put_referral(loose)
		rows = self.run_report(services_and_goals, only_without_goal=1)
		self.assertEqual([row["name"] for row in rows], [loose.name])

	def test_a_confidential_note_of_another_is_not_counted_for_a_worker(self) -> None:
		case = self.put_case()
		self.put_service(case, confidential=1, owner="somebody@staff.example.org")
		self.assertEqual(self.run_report(services_and_goals)[0]["notes_without"], 0)
		self.assertEqual(self.run_report(services_and_goals, self.lead)[0]["notes_without"], 1)

	def test_a_case_that_closed_before_the_period_is_not_listed(self) -> None:
		self.put_closed(opened=200, closed=91)
		self.assertEqual(self.run_report(services_and_goals), [])

	def test_a_period_that_ends_before_it_begins_is_refused(self) -> None:
		with self.as_user(self.worker), self.refused("ends before it begins"):
			services_and_goals.execute({"from_date": today(), "to_date": ago(1)})


class TestMissing(ListTestCase):
	def found(self, **filters) -> list[tuple[str, str]]:
		rows = self.run_report(what_is_missing, self.lead, **filters)
		return [(row["kind"], row["record"]) for row in rows]

	def test_a_case_that_lacks_nothing_is_not_listed(self) -> None:
		self.put_complete()
		self.put_closed()
		self.assertEqual(self.found(), [])

	def test_c20_b4_a_case_without_manager_rights_assessment_or_plan_is_listed(self) -> None:
		case = self.put_case(case_manager=None)
		kinds = ("Case Manager", "Rights", "Assessment", "Plan")
		self.assertEqual(self.found(), [(kind, case.name) for kind in kinds])
		self.assertEqual(self.found(missing="Plan"), [("Plan", case.name)])

	def test_c20_a_case_whose_manager_is_in_conflict_with_the_client_needs_another(self) -> None:
		case = self.put_case(manager_in_conflict=1)
		self.assertEqual(self.found(missing="Case Manager"), [("Case Manager", case.name)])

	def test_a_pending_case_is_not_yet_assessed_or_planned_for(self) -> None:
		case = self.put_case(status="Pending")
		self.assertEqual(self.found(), [("Rights", case.name)])

	def test_b9_a_plan_that_was_declined_with_a_reason_is_not_missing(self) -> None:
		case = self.put_case(rights_acknowledged_on=ago(50))
		self.put_assessment(case)
		declined = {"status": "Draft", "agreed_on": None, "offer_answer": "Declined"}
		self.put_plan(case, **declined)
		self.assertEqual(self.found(), [("Plan", case.name)])
		self.put_plan(case, **declined, no_plan_reason="Reason Plan Does Not Exist-1")
		self.assertEqual(self.found(), [])

	def test_c14_a_need_without_a_goal_is_listed_and_a_stopped_goal_is_none(self) -> None:
		case = self.put_case(rights_acknowledged_on=ago(50))
		self.put_assessment(case)
		needs = [{"domain": domain, "need": "More"} for domain in ("Housing", "Money", "Health")]
		plan = self.put_plan(case, needs=needs)
		self.put_for(case, "Support Goal", goal="A flat", domain="Housing", status="Achieved")
		self.put_for(case, "Support Goal", goal="A budget", domain="Money", status="Stopped")
		rows = self.run_report(what_is_missing)
		self.assertEqual(
			[(row["record"], row["about"]) for row in rows],
			[
				(plan.name, "Money: More"),
				(plan.name, "Health: More"),
			],
		)

	def test_c14_a_goal_that_is_worked_on_has_a_next_step(self) -> None:
		case = self.put_complete()
		steps = {status: [{"step": "Ring", "status": status}] for status in ("Open", "Done")}
		goal = {"goal": "A flat", "status": "Active"}
		self.put_for(case, "Support Goal", **goal, steps=steps["Open"] + steps["Done"])
		done = self.put_for(case, "Support Goal", **goal, steps=steps["Done"])
		bare = self.put_for(case, "Support Goal", **goal)
		self.put_for(case, "Support Goal", goal="Later", status="On Hold")
		self.assertEqual(self.found(), [("Step", done.name), ("Step", bare.name)])

	def test_one_case_managers_cases_are_listed_where_they_are_asked_for(self) -> None:
		self.put_case(case_manager=None)
		own = self.put_case()
		found = self.found(case_manager=self.worker, missing="Plan")
		self.assertEqual(found, [("Plan", own.name)])
