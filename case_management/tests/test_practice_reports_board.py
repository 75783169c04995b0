"""The board of the practice standards and the list of its gaps: what is counted, for whom, and what nobody learns."""

import frappe
from frappe.utils import add_to_date, now_datetime, today

from case_management.case_management.report.practice_standard_gaps import (
	practice_standard_gaps as gaps_report,
)
from case_management.case_management.report.practice_standards import practice_standards as board_report
from case_management.tests.factories import make_intake_worker, make_user, make_worker
from case_management.tests.standards_factories import StandardsTestCase, ago, count_queries, put

EVALUATED = {"evaluation_offered_on": "2020-01-01", "evaluation_answer": "Took Part"}


class BoardTestCase(StandardsTestCase):
	def run_board(self, user: str, **filters) -> dict[str, dict]:
		with self.as_user(user):
			self.columns, rows = board_report.execute({**self.period, **filters})
		return {row["standard"]: row for row in rows}

	def run_gaps(self, user: str, standard: str, **filters) -> list[dict]:
		with self.as_user(user):
			_columns, rows, self.message = gaps_report.execute(
				{**self.period, "standard": standard, **filters}
			)
		return rows

	def put_endings(self, evaluated: int, other: int) -> None:
		for _number in range(evaluated):
			self.put_closed(**EVALUATED)
		for _number in range(other):
			self.put_closed()


class TestBoard(BoardTestCase):
	def test_c11_a_row_counts_evidence_gaps_and_percent_against_the_target(self) -> None:
		self.put_endings(3, 1)
		row = self.run_board(self.lead)["B24"]
		counts = [row[field] for field in ("expected", "found", "gaps", "percent", "target")]
		self.assertEqual(counts, [4, 3, 1, 75.0, 100.0])
		self.assertEqual(row["result"], "Below target")

	def test_c11_the_target_is_the_administrators(self) -> None:
		self.put_endings(3, 1)
		frappe.db.set_value("Practice Standard", "B24", "target", 75)
		self.assertEqual(self.run_board(self.lead)["B24"]["result"], "On target")

	def test_where_nothing_was_to_be_done_it_says_so_and_never_100_percent(self) -> None:
		row = self.run_board(self.lead)["B24"]
		self.assertEqual(row["result"], "Nothing to check")
		self.assertEqual((row["expected"], row["found"], row["gaps"], row["percent"]), (None,) * 4)

	def test_c11_a_standard_that_is_switched_off_is_not_on_the_board(self) -> None:
		frappe.db.set_value("Practice Standard", "B24", "enabled", 0)
		self.assertNotIn("B24", self.run_board(self.lead))

	def test_c11_a_standard_of_the_services_own_is_evidence_by_hand(self) -> None:
		put(
			"Practice Standard",
			standard_number="S1",
			title="We greet.",
			area="Planning",
			enabled=1,
			target=90,
		)
		row = self.run_board(self.lead)["S1"]
		self.assertEqual(row["result"], "Not counted by the system: evidence by hand")
		self.assertEqual((row["expected"], row["percent"], row["target"]), (None, None, 90.0))

	def test_c2_the_policies_of_a_standard_are_named_and_old_ones_marked(self) -> None:
		for idx, (title, current) in enumerate((("Exits", 1), ("Old Exits", 0))):
			values = {"kind": "Other", "version": "1", "is_current": current, "text": "Words"}
			policy = put("Service Policy", title=title, **values)
			row = {"parent": "B24", "parenttype": "Practice Standard", "parentfield": "policies", "idx": idx}
			frappe.get_doc({"doctype": "Practice Standard Policy", "policy": policy.name, **row}).db_insert()
		policies = self.run_board(self.lead)["B24"]["policies"]
		self.assertEqual(policies, "Exits v1, Old Exits v1 (not current)")

	def test_the_board_is_in_the_order_of_the_standards(self) -> None:
		self.assertEqual(list(self.run_board(self.lead)), [f"B{number}" for number in range(1, 27)])

	def test_one_area_is_shown_where_one_is_asked_for(self) -> None:
		self.assertEqual(set(self.run_board(self.lead, area="Co-ordination")), {"B16", "B17"})

	def test_a_lead_counts_only_the_programs_they_lead(self) -> None:
		self.put_endings(1, 0)
		self.assertEqual(self.run_board(self.other_lead)["B24"]["result"], "Nothing to check")
		self.assertEqual(self.run_board(self.lead, program=self.other_program), {})

	def test_an_administrator_counts_every_program_or_the_one_asked_for(self) -> None:
		admin = make_user("Case Management Admin", "Case Manager Lead", name="admin-and-lead")
		before = self.run_board(admin)["B24"]["expected"] or 0
		self.put_endings(1, 1)
		self.put_closed(program=self.other_program)
		self.assertEqual(self.run_board(admin)["B24"]["expected"], before + 3)
		self.assertEqual(self.run_board(admin, program=self.other_program)["B24"]["expected"], 1)

	def test_a_worker_without_these_roles_counts_nothing(self) -> None:
		self.put_endings(1, 1)
		self.assertEqual(self.run_board(self.worker), {})

	def test_a_day_to_come_expects_nothing(self) -> None:
		row = self.run_board(self.lead, from_date=ago(-1), to_date=ago(-30))["B24"]
		self.assertEqual(row["result"], "Nothing to check")

	def test_a_period_that_ends_before_it_begins_is_refused(self) -> None:
		with self.as_user(self.lead), self.refused("ends before it begins"):
			board_report.execute({"from_date": today(), "to_date": ago(1)})

	def test_an_auditor_sees_shares_and_no_small_counts(self) -> None:
		shown = {
			(3, 1): ("<5", None, None, None, "Too few to tell"),
			(6, 0): (6, 6, 0, "100.0 %", "On target"),
			(6, 6): (12, 6, 6, "50.0 %", "Below target"),
			(8, 2): (10, ">5", "<5", ">50.0 %", "Below target"),
			(2, 8): (10, "<5", ">5", "<50.0 %", "Below target"),
		}
		for (evaluated, other), expected in shown.items():
			with self.subTest(evaluated=evaluated, other=other):
				frappe.db.delete("Client Case", {"program": self.program})
				self.put_endings(evaluated, other)
				row = self.run_board(self.auditor, program=self.program)["B24"]
				fields = ("expected", "found", "gaps", "percent", "result")
				self.assertEqual(tuple(row[field] for field in fields), expected)

	def test_the_board_names_no_record_and_no_person(self) -> None:
		self.put_endings(6, 6)
		self.run_board(self.auditor)
		links = {column["options"] for column in self.columns if column.get("options")}
		self.assertEqual(links, {"Practice Standard"})

	def test_the_number_of_queries_does_not_grow_with_the_cases(self) -> None:
		self.put_endings(1, 1)
		self.run_board(self.lead)
		few = count_queries(lambda: self.run_board(self.lead))
		self.put_endings(5, 5)
		self.assertEqual(count_queries(lambda: self.run_board(self.lead)), few)
		self.assertLess(few, 60)


class TestGaps(BoardTestCase):
	def test_a_lead_opens_the_records_behind_a_gap(self) -> None:
		self.put_closed(**EVALUATED)
		gap = self.put_closed()
		rows = self.run_gaps(self.lead, "B24")
		self.assertEqual([row["record"] for row in rows], [gap.name])
		self.assertEqual((rows[0]["client"], rows[0]["client_name"]), (gap.client, "Test Person"))
		self.assertEqual((rows[0]["program"], rows[0]["worker"]), (self.program, self.worker))
		self.assertIn("not asked", self.message)

	def test_the_list_has_as_many_rows_as_the_board_counts_gaps(self) -> None:
		for _number in range(3):
			case = self.put_case()
			self.put_for(case, "Case Referral", sent_on=ago(5), status="Sent")
		board = self.run_board(self.lead)
		for standard in ("B4", "B5", "B9", "B15", "B17"):
			self.assertEqual(len(self.run_gaps(self.lead, standard)), board[standard]["gaps"], standard)
			self.assertEqual(board[standard]["gaps"], 3, standard)

	def test_a_record_of_a_case_shows_its_program_and_case_manager(self) -> None:
		case = self.put_case()
		self.put_for(case, "Case Referral", sent_on=ago(5), status="Sent")
		(row,) = self.run_gaps(self.lead, "B17")
		self.assertEqual(
			(row["client_case"], row["program"], row["worker"]), (case.name, self.program, self.worker)
		)

	def test_a_worker_sees_the_gaps_of_their_own_cases_only(self) -> None:
		own = self.put_case()
		self.put_case(team=[], case_manager=None)
		self.assertEqual([row["record"] for row in self.run_gaps(self.worker, "B4")], [own.name])
		self.assertEqual(self.run_gaps(make_worker("other"), "B4"), [])

	def test_a_lead_of_another_program_sees_none(self) -> None:
		self.put_case()
		self.assertEqual(self.run_gaps(self.other_lead, "B4"), [])

	def test_an_intake_worker_sees_the_intakes_they_may_see_and_no_cases(self) -> None:
		intake_worker, past = make_intake_worker(), add_to_date(now_datetime(), days=-4)
		values = {
			"person_name": "Caller",
			"program": self.program,
			"first_contact_on": past,
			"status": "Screening",
		}
		own = put("Client Intake", **values, response_due=past, intake_worker=intake_worker)
		others = make_intake_worker("other-intake")
		other = put("Client Intake", **values, response_due=past, intake_worker=others)
		self.put_case()
		found = [row["record"] for row in self.run_gaps(intake_worker, "B1")]
		self.assertIn(own.name, found)
		self.assertNotIn(other.name, found)
		self.assertEqual(self.run_gaps(intake_worker, "B4"), [])

	def test_b25_an_administrator_sees_policies_and_no_client(self) -> None:
		policy = {"kind": "Other", "version": "1", "is_current": 1, "review_due": ago(1), "text": "Words"}
		overdue = put("Service Policy", title="Overdue", **policy)
		self.put_case()
		admin = make_user("Case Management Admin")
		self.assertIn(overdue.name, [row["record"] for row in self.run_gaps(admin, "B25")])
		self.assertEqual(self.run_gaps(admin, "B4"), [])

	def test_an_auditor_may_not_run_it(self) -> None:
		from frappe.desk.query_report import run

		filters = {**self.period, "standard": "B4"}
		with self.as_user(self.auditor), self.assertRaises(frappe.PermissionError):
			run("Practice Standard Gaps", filters=filters)
		with self.as_user(self.auditor):
			self.assertTrue(run("Practice Standards", filters=self.period)["result"])

	def test_an_auditor_who_gets_past_the_desk_still_gets_no_record(self) -> None:
		self.put_case()
		self.assertEqual(self.run_gaps(self.auditor, "B4"), [])

	def test_bad_filters_are_refused(self) -> None:
		with self.as_user(self.lead), self.refused("No Such", exception=frappe.DoesNotExistError):
			gaps_report.execute({**self.period, "standard": "No Such"})
		with self.as_user(self.lead), self.refused("ends before it begins"):
			gaps_report.execute({"standard": "B4", "from_date": today(), "to_date": ago(1)})

	def test_a_standard_of_the_services_own_has_no_list(self) -> None:
		put("Practice Standard", standard_number="S1", title="We greet.", area="Planning", enabled=1)
		self.assertEqual(self.run_gaps(self.lead, "S1"), [])
		self.assertIn("by hand", self.message)
