"""The reports that count the practice of programs, by numbers counted by hand: never a record, never a name."""

from types import ModuleType

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, add_to_date, getdate, now_datetime, today

from case_management.case_management.report.client_outcomes import client_outcomes
from case_management.case_management.report.goals_by_kind_and_horizon import goals_by_kind_and_horizon
from case_management.case_management.report.meeting_attendance import meeting_attendance
from case_management.case_management.report.participation import participation
from case_management.case_management.report.personal_responsibility import personal_responsibility
from case_management.case_management.report.support_intrusiveness import support_intrusiveness
from case_management.tests.standards_factories import StandardsTestCase, ago, count_queries

REPORTS = {
	"Participation": participation,
	"Goals by Kind and Horizon": goals_by_kind_and_horizon,
	"Support Intrusiveness": support_intrusiveness,
	"Client Outcomes": client_outcomes,
	"Meeting Attendance": meeting_attendance,
	"Personal Responsibility": personal_responsibility,
}


class CountsTestCase(StandardsTestCase):
	def run_report(self, report: ModuleType, user: str | None = None, **filters) -> list[dict]:
		with self.as_user(user or self.lead):
			self.columns, rows, *rest = report.execute({**self.period, **filters})
		self.chart = rest[1] if len(rest) > 1 else None
		return rows

	def values(self, row: dict, *fields: str) -> list:
		return [row[field] for field in fields]

	def put_goal(self, case: Document, **values) -> Document:
		goal = {
			"goal": "A goal",
			"status": "Active",
			"start_on": ago(10),
			"set_by": "Client",
			"horizon": "Short",
		}
		return self.put_for(case, "Support Goal", **{**goal, **values})

	def put_meeting(self, case: Document, held: int = 10, **values) -> Document:
		when = f"{ago(held)} 10:00:00"
		meeting = {"kind": "Case Management", "status": "Held", "scheduled_on": when, "held_on": ago(held)}
		return self.put_for(case, "Case Meeting", **{**meeting, **values})

	def put_note(self, case: Document, level: str = "2 Guidance", **values) -> Document:
		note = {
			"kind": "Direct Service",
			"noted_on": add_to_date(now_datetime(), days=-5),
			"intrusiveness": level,
		}
		return self.put_for(case, "Case Note", **{**note, **values})

	def put_rated(self, case: Document, day: int, rating: str, **values) -> Document:
		row = {"domain": "Housing", "client_rating": rating, "worker_rating": "1"}
		return self.put_assessment(case, agreed=day, assessed_on=ago(day), domains=[row], **values)


class TestEveryReport(CountsTestCase):
	def put_some(self) -> None:
		"""Store something that each of the reports counts."""
		case = self.put_case()
		self.put_rated(case, 50, "3", participation="Fully", set_by="Client")
		self.put_rated(case, 20, "5", kind="Reassessment")
		goal = self.put_goal(case)
		rows = {"goals": [{"goal": goal.name, "responsibility": "Together"}]}
		self.put_meeting(case, **rows)
		self.put_note(case)

	def test_a_lead_counts_their_program_and_another_lead_nothing(self) -> None:
		self.put_some()
		for name, report in REPORTS.items():
			with self.subTest(name):
				self.assertTrue(self.run_report(report))
				others = self.run_report(report, self.other_lead)
				self.assertNotIn(self.program, [row.get("program") for row in others])
				counts = [value for row in others for value in row.values() if isinstance(value, int | float)]
				self.assertFalse(any(counts))

	def test_a_worker_counts_nothing_and_may_not_run_it(self) -> None:
		from frappe.desk.query_report import run

		self.put_some()
		for name, report in REPORTS.items():
			with self.subTest(name):
				self.assertEqual(self.run_report(report, self.worker), [])
				with self.as_user(self.worker), self.assertRaises(frappe.PermissionError):
					run(name, filters=self.period)

	def test_an_auditor_sees_no_small_count_nor_a_share_or_average_of_one(self) -> None:
		self.put_some()
		for name, report in REPORTS.items():
			with self.subTest(name):
				rows = self.run_report(report, self.auditor, program=self.program)
				numbers = [value for row in rows for value in row.values() if isinstance(value, int | float)]
				self.assertFalse(any(numbers), rows)
				self.assertIn("<5", str(rows))
				self.assertIsNone(self.chart)

	def test_c31_no_column_names_a_record_or_a_person(self) -> None:
		links = {"Support Program", "Assessment Domain", "Case Code"}
		for name, report in REPORTS.items():
			with self.subTest(name):
				self.run_report(report)
				options = {column["options"] for column in self.columns if column.get("options")}
				self.assertLessEqual(options, links)

	def test_a_period_that_ends_before_it_begins_is_refused(self) -> None:
		for name, report in REPORTS.items():
			with self.subTest(name), self.as_user(self.lead), self.refused("ends before it begins"):
				report.execute({"from_date": today(), "to_date": ago(1)})

	def test_the_number_of_queries_does_not_grow_with_the_cases(self) -> None:
		self.put_some()
		few = {name: count_queries(lambda: self.run_report(report)) for name, report in REPORTS.items()}  # noqa: B023
		for _number in range(4):
			self.put_some()
		for name, report in REPORTS.items():
			self.assertLessEqual(count_queries(lambda: self.run_report(report)), few[name], name)  # noqa: B023


class TestParticipation(CountsTestCase):
	def test_a3_how_clients_took_part_is_counted_by_stage(self) -> None:
		case = self.put_case()
		for part in ("Fully", "Fully", "In Part", "Was Offered and Declined", ""):
			self.put_assessment(case, participation=part, set_by="Together")
		self.put_meeting(case, participation="Fully")
		self.put_assessment(self.put_case(program=self.other_program), participation="Fully")
		self.put_assessment(case, agreed=91, participation="Fully")
		rows = {row["stage"]: row for row in self.run_report(participation)}
		counts = self.values(
			rows["Assessment"], "total", "fully", "in_part", "declined", "not_able", "not_said"
		)
		self.assertEqual(counts, [5, 2, 1, 1, 0, 1])
		self.assertEqual(rows["Assessment"]["part_share"], 60.0)
		self.assertEqual(self.values(rows["Meeting"], "total", "fully", "part_share"), [1, 1, 100.0])
		self.assertNotIn("client", rows["Meeting"])

	def test_a1_goals_in_the_clients_words_are_a_share(self) -> None:
		case = self.put_case()
		for words in ("Client", "Client", "Together", "Worker"):
			self.put_goal(case, set_by=words)
		(row,) = self.run_report(participation)
		self.assertEqual(self.values(row, "stage", "client", "together", "worker"), ["Goal", 2, 1, 1])
		self.assertEqual(row["words_share"], 50.0)

	def test_an_auditor_sees_a_share_of_many(self) -> None:
		case = self.put_case()
		for words in ("Client",) * 5 + ("Worker",) * 5:
			self.put_goal(case, set_by=words)
		(row,) = self.run_report(participation, self.auditor, program=self.program)
		self.assertEqual(self.values(row, "total", "client", "words_share"), [10, 5, 50.0])


class TestGoals(CountsTestCase):
	def test_a6_b10_goals_are_counted_by_kind_and_horizon(self) -> None:
		case = self.put_case()
		access = {"goal_kind": "Access to Resource"}
		self.put_goal(case, **access, horizon="Immediate", status="Achieved")
		self.put_goal(case, **access, horizon="Long", set_by="Together")
		self.put_goal(case, goal_kind="Skill or Knowledge", status="Sustaining")
		self.put_goal(case)
		self.put_goal(case, **access, start_on=ago(91))
		rows = {row["group"]: row for row in self.run_report(goals_by_kind_and_horizon)}
		fields = ("total", "immediate", "short", "medium", "long", "client_words", "client_share", "reached")
		self.assertEqual(self.values(rows["Access to Resource"], *fields), [2, 1, 0, 0, 1, 1, 50.0, 1])
		self.assertEqual(self.values(rows["Skill or Knowledge"], *fields), [1, 0, 1, 0, 0, 1, 100.0, 1])
		self.assertEqual(rows["Not Said"]["total"], 1)

	def test_c34_to_c37_they_are_counted_by_life_domain_too(self) -> None:
		case = self.put_case()
		for domain in ("Money", "Money", "Health"):
			self.put_goal(case, domain=domain)
		rows = self.run_report(goals_by_kind_and_horizon, group_by="Life Domain")
		self.assertEqual({row["group"]: row["total"] for row in rows}, {"Money": 2, "Health": 1})


class TestIntrusiveness(CountsTestCase):
	def test_a8_b13_levels_are_shares_of_the_programs_support(self) -> None:
		case = self.put_case()
		reason = {"intrusiveness_reason": "Ill", "less_intrusive_considered": "Together"}
		far = "4 Doing It for the Client"
		self.put_note(case, far, **reason, minutes=90)
		self.put_note(case, far, intrusiveness_reason="Ill")
		self.put_note(case)
		self.put_note(case)
		self.put_note(case, "")  # says no level
		rows = {row["level"]: row for row in self.run_report(support_intrusiveness)}
		self.assertEqual(set(rows), {"2 Guidance", far})
		fields = ("notes", "share", "reasoned", "considered", "hours")
		self.assertEqual(self.values(rows[far], *fields), [2, 50.0, 2, 1, 1.5])

	def test_an_auditor_does_not_get_the_hours_of_a_few_notes(self) -> None:
		for _number in range(4):
			self.put_note(self.put_case(), minutes=60)
		(row,) = self.run_report(support_intrusiveness, self.auditor, program=self.program)
		self.assertIsNone(row["hours"])
		self.put_note(self.put_case(), minutes=60)
		(row,) = self.run_report(support_intrusiveness, self.auditor, program=self.program)
		self.assertEqual(row["hours"], 5.0)


class TestOutcomes(CountsTestCase):
	FIELDS = ("cases", "compared", "baseline", "latest", "change", "higher", "same", "lower")

	def test_c9_the_first_rating_is_compared_with_the_latest(self) -> None:
		for first, latest in (("2", "6"), ("4", "4"), ("3", "1")):
			case = self.put_case()
			self.put_rated(case, 50, first)
			self.put_rated(case, 30, "9", kind="Reassessment")
			self.put_rated(case, 10, latest, kind="Reassessment")
		self.put_rated(self.put_case(), 20, "5")  # once only
		(row,) = self.run_report(client_outcomes)
		self.assertEqual(row["domain"], "Housing")
		self.assertEqual(self.values(row, *self.FIELDS), [4, 3, 3.0, 3.7, 0.7, 1, 1, 1])

	def test_c9_the_rating_at_exit_stands_beside_the_first(self) -> None:
		case = self.put_closed(closed=5)
		self.put_rated(case, 50, "2")
		self.put_rated(case, 6, "7", kind="Exit")
		(row,) = self.run_report(client_outcomes)
		self.assertEqual(self.values(row, "exits", "exit_baseline", "exit_rating"), [1, 2.0, 7.0])

	def test_c9_a_corrected_version_is_no_second_rating(self) -> None:
		case = self.put_case()
		self.put_rated(case, 50, "2", status="Superseded", version=1)
		self.put_rated(case, 50, "4", version=2)
		self.put_rated(case, 10, "6", kind="Reassessment")
		(row,) = self.run_report(client_outcomes)
		self.assertEqual(self.values(row, "compared", "baseline", "latest"), [1, 4.0, 6.0])

	def test_c9_ratings_after_the_period_and_of_cases_before_it_do_not_count(self) -> None:
		case = self.put_case()
		self.put_rated(case, 50, "2")
		self.put_rated(case, 10, "6", kind="Reassessment")
		self.put_rated(self.put_closed(opened=200, closed=91), 150, "2")
		(row,) = self.run_report(client_outcomes, to_date=ago(20))
		self.assertEqual(self.values(row, "cases", "compared", "baseline"), [1, 0, None])

	def test_c9_the_workers_ratings_are_told_where_they_are_asked_for(self) -> None:
		case = self.put_case()
		self.put_rated(case, 50, "2")
		self.put_rated(case, 10, "6", kind="Reassessment")
		(row,) = self.run_report(client_outcomes, rated_by="Worker")
		self.assertEqual(self.values(row, "baseline", "latest"), [1.0, 1.0])

	def test_c32_a_sensitive_domain_is_for_who_may_read_it(self) -> None:
		for _number in range(5):
			case = self.put_case()
			assessment = self.put_rated(case, 50, "2")
			apart = {"assessment": assessment.name, "domain": "Safety", "client_rating": "3"}
			self.put_for(case, "Sensitive Rating", **apart)
		domains = {row["domain"]: row["cases"] for row in self.run_report(client_outcomes)}
		self.assertEqual(domains, {"Housing": 5, "Safety": 5})
		shown = self.run_report(client_outcomes, self.auditor, program=self.program)
		self.assertEqual({row["domain"]: row["cases"] for row in shown}, {"Housing": 5})

	def test_an_auditor_sees_averages_of_five_cases(self) -> None:
		for _number in range(5):
			case = self.put_case()
			self.put_rated(case, 50, "2")
			self.put_rated(case, 10, "6", kind="Reassessment")
		(row,) = self.run_report(client_outcomes, self.auditor, program=self.program)
		self.assertEqual(self.values(row, *self.FIELDS), [5, 5, 2.0, 6.0, 4.0, 5, 0, 0])


class TestAttendance(CountsTestCase):
	def test_c21_meetings_held_missed_and_not_recorded_are_told_apart(self) -> None:
		case = self.put_case()
		self.put_meeting(case, attendees=[{"kind": "Client", "attended": 1}])
		self.put_meeting(case, attendees=[{"kind": "Client", "attended": 0}])
		self.put_meeting(case, status="Missed", held_on=None)
		self.put_meeting(case, status="Missed", held_on=None)
		self.put_meeting(case, status="Cancelled", held_on=None)
		self.put_meeting(case, status="Scheduled", held_on=None)
		self.put_meeting(case, held=-3, status="Scheduled", held_on=None)  # to come
		(row,) = self.run_report(meeting_attendance, to_date=ago(-10))
		fields = ("due", "held", "there", "missed", "cancelled", "not_recorded", "attendance")
		self.assertEqual(self.values(row, *fields), [5, 2, 1, 2, 1, 1, 25.0])

	def test_c21_a_case_is_in_rhythm_that_met_within_the_programs_days(self) -> None:
		frappe.db.set_value("Support Program", self.program, "meeting_interval_days", 14)
		self.put_meeting(self.put_case(), held=14)
		self.put_meeting(self.put_case(), held=15)
		self.put_case()
		self.put_case(opened=3)
		self.put_closed()
		(row,) = self.run_report(meeting_attendance)
		self.assertEqual(self.values(row, "cases", "in_rhythm", "rhythm"), [4, 2, 50.0])

	def test_c21_one_kind_of_meeting_is_counted_where_it_is_asked_for(self) -> None:
		case = self.put_case()
		self.put_meeting(case)
		self.put_meeting(case, kind="Review")
		(row,) = self.run_report(meeting_attendance, kind="Review")
		self.assertEqual(row["held"], 1)

	def test_c21_reasons_missed_are_counted(self) -> None:
		case, forgot = self.put_case(), "Missed Meeting Reason-forgot"
		for reason in (forgot, forgot, None):
			self.put_meeting(case, status="Missed", held_on=None, missed_reason=reason)
		rows = self.run_report(meeting_attendance, by_reason=1)
		self.assertEqual([self.values(row, "reason", "missed") for row in rows], [[forgot, 2], [None, 1]])


class TestResponsibility(CountsTestCase):
	LADDER = ("worker_does", "together", "with_support", "alone", "goals_share")

	def put_talk(self, goal: Document, held: str, level: str = "", **values) -> None:
		"""Store a held meeting that talked about a goal."""
		case = frappe._dict(name=goal.client_case, client=goal.client)
		row = {"goal": goal.name, "responsibility": level, "progress": "As before"}
		self.put_meeting(case, held_on=held, goals=[row], **values)

	def test_c29_the_ladder_is_counted_by_month_as_it_was_last_said(self) -> None:
		first = getdate(today()).replace(day=1)
		before, long_before = add_days(first, -1), add_days(first, -200)
		case = self.put_case(opened=300)
		handed_over, unsaid, not_yet = (
			self.put_goal(case, responsibility="Together") for _number in range(3)
		)
		self.put_talk(handed_over, long_before, "Worker Does")
		self.put_talk(handed_over, before)
		self.put_talk(handed_over, first, "Together")
		self.put_talk(handed_over, today(), "Client Alone")
		self.put_talk(unsaid, first)
		self.put_talk(not_yet, before)  # what it was before the next meeting said so is not known
		self.put_talk(not_yet, first, "Client With Support")
		self.put_talk(not_yet, today(), "Worker Does", status="Scheduled")
		old, new = self.run_report(personal_responsibility)
		self.assertEqual([old["month"], new["month"]], [f"{getdate(day):%Y-%m}" for day in (before, first)])
		self.assertEqual(self.values(old, *self.LADDER), [1, 0, 0, 0, 0.0])
		self.assertEqual(self.values(new, *self.LADDER), [0, 1, 1, 1, 66.7])
		bars = {row["name"]: row["values"] for row in self.chart["data"]["datasets"]}
		self.assertEqual((bars["Worker Does"], bars["Client Alone"]), ([1, 0], [0, 1]))

	def test_c3_steps_and_decisions_are_counted_by_whose_they_are(self) -> None:
		case = self.put_case()
		steps = [
			{"goal": "GOAL-1", "step": "Ring", "responsible": who} for who in ("Client", "Client", "Worker")
		]
		decisions = [{"decision": "Move", "decided_by": who} for who in ("Client", "Together")]
		self.put_meeting(case, held=0, next_steps=steps, decisions=decisions)
		self.put_meeting(case, held=0, status="Scheduled", next_steps=steps, decisions=decisions)
		(row,) = self.run_report(personal_responsibility)
		self.assertEqual(self.values(row, "steps", "client_steps", "steps_share"), [3, 2, 66.7])
		self.assertEqual(self.values(row, "decisions", "client_decisions", "decisions_share"), [2, 1, 50.0])
		self.assertIsNone(row["goals_share"])
