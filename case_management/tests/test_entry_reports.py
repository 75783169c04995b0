"""Reports about entry and accommodation (B1, B3, C16, C30): numbers worked out by hand, and who counts what."""

from types import ModuleType

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, add_to_date, getdate, now_datetime, today

from case_management.case_management.record.actions import store
from case_management.case_management.report.accommodation_outcomes import accommodation_outcomes
from case_management.case_management.report.gaps_and_extent_of_need import gaps_and_extent_of_need
from case_management.case_management.report.response_times import response_times
from case_management.case_management.report.turn_aways import turn_aways
from case_management.tests.base import CaseTestCase
from case_management.tests.entry_factories import make_stay, make_unmet_need
from case_management.tests.factories import (
	make_agency,
	make_case,
	make_intake,
	make_lead,
	make_program,
	make_referral,
	make_user,
	make_worker,
)

FULL, CRITERIA = "Reason Service Not Provided-4", "Reason Service Not Provided-9"
BED, OTHER_HELP = "Service Requested-1", "Service Requested-3"
LONG_TERM = "Service Activity-3"
HOME, ROUGH = "Accommodation Type-private-rental", "Accommodation Type-rough"


def label(code: str) -> str:
	return frappe.db.get_value("Case Code", code, "label")


def day(days: int) -> str:
	return add_days(today(), days)


class ReportTestCase(CaseTestCase):
	report: ModuleType

	def setUp(self) -> None:
		super().setUp()
		self.program = make_program("Test Entry", response_targets=[{"urgency": "Soon", "hours": 24}])
		self.other = make_program("Test Other Entry", lead=make_lead("other-lead"))
		self.auditor = make_user("Case Auditor")

	def run_report(self, user: str | None = None, **filters) -> list[dict]:
		values = {"from_date": day(-365), "to_date": today(), "program": self.program.name, **filters}
		with self.as_user(user or make_lead()):
			return self.report.execute(values)[1]

	def get_row(self, user: str | None = None, **filters) -> dict:
		rows = self.run_report(user, **filters)
		self.assertEqual(len(rows), 1)
		return rows[0]

	def assert_row(self, row: dict, **expected) -> None:
		self.assertEqual({key: row[key] for key in expected}, expected)

	def assert_closed_to_others(self) -> None:
		"""Hold that another program's lead and a worker count nothing, and that a bad period is refused."""
		self.assertEqual(self.run_report(make_lead("other-lead")), [])
		self.assertEqual(self.run_report(make_worker()), [])
		with self.refused("ends before it begins"):
			self.run_report(from_date=today(), to_date=day(-1))


class TestResponseTimes(ReportTestCase):
	report = response_times

	def answer(self, hours: float | None, urgency: str = "Soon") -> Document:
		first = add_days(now_datetime(), -10)
		intake = make_intake(
			program=self.program, urgency=urgency, first_contact_on=first, process_informed_on=None
		)
		if hours is not None:
			intake.respond(responded_on=add_to_date(first, hours=hours))
		return intake

	def test_b1_answers_are_counted_against_their_target(self) -> None:
		for hours in (1, 2, 6, 24, 30, None):
			self.answer(hours)
		row = self.get_row()
		self.assert_row(row, urgency="Soon", intakes=6, answered=5, in_time=4, overdue=1)
		self.assertEqual((row["share"], row["median_hours"], row["most_hours"]), (66.7, 6.0, 30.0))

	def test_b1_nine_of_ten_are_within_the_ninth_longest_of_ten(self) -> None:
		for hours in range(1, 11):
			self.answer(hours)
		self.assertEqual(self.get_row()["most_hours"], 9.0)

	def test_b1_each_urgency_has_its_row_the_most_urgent_first(self) -> None:
		for urgency in ("Routine", "Emergency", "Soon"):
			self.answer(1, urgency)
		self.assertEqual([row["urgency"] for row in self.run_report()], ["Emergency", "Soon", "Routine"])

	def test_b1_what_is_not_due_yet_is_neither_in_time_nor_late(self) -> None:
		self.answer(1)
		intake = self.answer(None)
		intake.db_set("response_due", add_days(now_datetime(), 1))
		self.assert_row(self.get_row(), intakes=2, share=100.0, overdue=0)

	def test_b1_overdue_now_is_told_whatever_the_period(self) -> None:
		self.answer(None)
		self.assert_row(self.get_row(from_date=today()), intakes=0, overdue=1, share=None, median_hours=None)

	def test_an_auditor_sees_neither_small_counts_nor_times_of_a_few(self) -> None:
		for hours in (1, 30):
			self.answer(hours)
		row = self.get_row(self.auditor)
		self.assert_row(row, intakes="<5", in_time="<5", share=None, median_hours=None, most_hours=None)

	def test_others_count_nothing(self) -> None:
		self.answer(1)
		self.assert_closed_to_others()


class TestTurnAways(ReportTestCase):
	report = turn_aways

	def turn_away(self, reason: str = FULL, alternatives: tuple = (), **values) -> Document:
		"""Return an intake as a decision leaves it; how it comes there is tested elsewhere."""
		intake = make_intake(program=self.program, **{"service_requested": BED, **values})
		for kind in alternatives:
			intake.append("alternatives", {"alternative": "Another house", "kind": kind})
		store(intake)
		intake.db_set({"status": "Not Accepted", "decided_on": now_datetime(), "decision_reason": reason})
		return intake

	def test_b3_they_are_counted_by_reason_and_need(self) -> None:
		self.turn_away()
		self.turn_away()
		self.turn_away(CRITERIA)
		self.turn_away(service_requested=OTHER_HELP)
		rows = {(row["reason"], row["service"]): row["intakes"] for row in self.run_report()}
		self.assertEqual(
			rows,
			{
				(label(FULL), label(BED)): 2,
				(label(CRITERIA), label(BED)): 1,
				(label(FULL), label(OTHER_HELP)): 1,
			},
		)

	def test_b3_what_was_offered_instead_is_counted(self) -> None:
		self.turn_away(alternatives=("Information",))
		self.turn_away(alternatives=("Information", "Referral"))
		self.turn_away()
		self.assert_row(self.get_row(), intakes=3, informed=2, referred=1, without=1)

	def test_b3_who_came_along_and_needs_support_counts_too(self) -> None:
		people = [
			{"person_name": name, "needs_support": needs} for name, needs in (("A", 1), ("B", 1), ("C", 0))
		]
		self.turn_away(companions=people)
		self.assert_row(self.get_row(), intakes=1, people=3)

	def test_b3_the_day_of_the_decision_counts(self) -> None:
		self.turn_away().db_set("decided_on", add_days(now_datetime(), -40))
		self.assertEqual(self.run_report(from_date=day(-30)), [])
		self.assertEqual(len(self.run_report(to_date=day(-40))), 1)

	def test_an_auditor_does_not_see_small_counts(self) -> None:
		self.turn_away(CRITERIA)
		self.turn_away(alternatives=("Information",))
		rows = {row["reason"]: row["intakes"] for row in self.run_report(self.auditor)}
		self.assertEqual(rows, {label(FULL): "<5", label(CRITERIA): "<5"})

	def test_an_auditor_cannot_work_out_a_small_count_from_the_sum_that_another_report_tells(self) -> None:
		for _number in range(9):
			self.turn_away()
		self.turn_away(CRITERIA)
		rows = {row["reason"]: row["intakes"] for row in self.run_report(self.auditor)}
		self.assertEqual(rows, {label(FULL): "≥5", label(CRITERIA): "<5"})

	def test_others_count_nothing(self) -> None:
		self.turn_away()
		self.assert_closed_to_others()


class TestGaps(ReportTestCase):
	report = gaps_and_extent_of_need

	def setUp(self) -> None:
		super().setUp()
		self.case = make_case(program=self.program, opened_on=day(-300))

	def need(self, **values) -> Document:
		about = {"client": self.case.client, "client_case": self.case.name, "reason": FULL, "service": BED}
		return make_unmet_need(**{**about, **values})

	def test_c16_people_and_events_are_counted_apart(self) -> None:
		other = make_case(program=self.program)
		self.need()
		self.need(needed_on=day(-9))
		self.need(client=other.client, client_case=other.name)
		row = self.get_row()
		self.assert_row(
			row, service=label(BED), reason=label(FULL), place=self.program.name, events=3, people=2, other=3
		)

	def test_c16_each_source_is_told(self) -> None:
		referral = make_referral(self.case)
		intake = make_intake(program=self.program, companions=[{"person_name": "Child", "needs_support": 1}])
		self.need(referral=referral.name)
		self.need(client=None, client_case=None, intake=intake.name, program=self.program.name)
		row = self.get_row()
		self.assert_row(row, events=2, people=3, intake=1, referral=1, goal=0, other=0)

	def test_c16_services_and_reasons_have_their_rows(self) -> None:
		self.need()
		self.need(service_activity=LONG_TERM)
		self.need(reason=CRITERIA)
		rows = {(row["service"], row["reason"]) for row in self.run_report()}
		self.assertEqual(
			rows, {(label(a), label(b)) for a, b in ((BED, FULL), (LONG_TERM, FULL), (BED, CRITERIA))}
		)

	def test_c16_what_was_met_after_all_is_told_and_may_be_left_out(self) -> None:
		self.need(needed_on=day(-5), met_on=today())
		self.need()
		self.assert_row(self.get_row(), events=2, met=1)
		self.assert_row(self.get_row(still_unmet=1), events=1, met=0)

	def test_c16_by_month_quarter_and_year(self) -> None:
		self.need(needed_on="2026-02-28")
		self.need(needed_on="2026-03-01")
		self.need(needed_on="2026-04-01")
		parts = {
			"Month": ["2026-02", "2026-03", "2026-04"],
			"Quarter": ["2026-Q1", "2026-Q2"],
			"Year": ["2026"],
		}
		self.case.db_set("opened_on", "2026-01-01")
		for period, expected in parts.items():
			with self.subTest(period=period):
				rows = self.run_report(period=period, from_date="2026-01-01", to_date="2026-12-31")
				self.assertEqual([row["period"] for row in rows], expected)

	def test_c16_by_locality_where_the_client_lived_then(self) -> None:
		make_stay(self.case, -100, to_date=day(-50), locality="Annandale")
		make_stay(self.case, -50, locality="Leichhardt")
		for days in (-120, -100, -51, -50, 0):
			self.need(needed_on=day(days))
		rows = {row["place"]: row["events"] for row in self.run_report(place="Locality")}
		self.assertEqual(rows, {"": 1, "Annandale": 2, "Leichhardt": 2})

	def test_c16_by_the_area_of_the_agency_that_declined(self) -> None:
		make_agency().db_set("area_served", "Inner West")
		self.need(referral=make_referral(self.case).name)
		self.need()
		rows = {row["place"]: row["events"] for row in self.run_report(place="Area of the Agency")}
		self.assertEqual(rows, {"Inner West": 1, "": 1})

	def test_c16_a_need_of_no_program_is_counted_by_who_counts_all(self) -> None:
		self.need(client=None, client_case=None, reason=CRITERIA)
		admin = self.run_report(make_user("Case Management Admin"), program=None)
		self.assertIn((label(CRITERIA), ""), {(row["reason"], row["place"]) for row in admin})
		self.assertNotIn("", {row["place"] for row in self.run_report(program=None)})

	def test_an_auditor_does_not_see_small_counts(self) -> None:
		self.need()
		self.assert_row(self.get_row(self.auditor), events="<5", people="<5", goal=0)

	def test_others_count_nothing(self) -> None:
		self.need()
		self.assert_closed_to_others()


class TestAccommodationOutcomes(ReportTestCase):
	report = accommodation_outcomes

	def close(self, home: bool | None = True, reached: bool = False, **values) -> Document:
		"""Return a case, closed ten days ago, of somebody who came from the street and lived in a place meanwhile.

		:param home: whether they left to a home of their own; None where nothing is recorded
		"""
		case = make_case(program=self.program, opened_on=day(-60))
		make_stay(case, -200, accommodation_type=ROUGH)
		make_stay(case, -60, provided_by_program=1).move_out(on=day(-11))
		if home is not None:
			make_stay(case, -8, accommodation_type=HOME, is_independent=int(home))
		case.db_set({"status": "Closed", "closed_on": getdate(day(-10)), **values})
		if reached:
			follow_up = {
				"client": case.client,
				"client_case": case.name,
				"due_on": today(),
				"worker": make_worker(),
			}
			doc = store(frappe.get_doc({"doctype": "Case Follow Up", **follow_up}))
			doc.db_set({"status": "Done", "done_on": getdate()})
		return case

	def test_c30_from_the_street_to_a_stable_home(self) -> None:
		self.close()
		self.close()
		self.close(home=False)
		row = self.get_row()
		self.assert_row(row, entered=label(ROUGH), left=label(HOME), cases=3, places=3, homes=2, share=66.7)

	def test_c30_without_a_stay_the_destination_says_where_they_left_to(self) -> None:
		self.close(home=None, destination="Exit Destination-435")
		self.close(home=None, destination="Exit Destination-101")
		self.close(home=None)
		rows = {row["left"]: row["homes"] for row in self.run_report()}
		self.assertEqual(rows, {"": 0, "Emergency shelter": 0, "Rental, with ongoing subsidy": 1})

	def test_c30_at_follow_up_it_is_asked_again(self) -> None:
		self.close(reached=True)
		lost = self.close(reached=True)
		make_stay(lost, -1, accommodation_type=ROUGH)
		self.close()
		self.assert_row(self.get_row(), homes=3, followed_up=2, homes_later=1, share_later=50.0)

	def test_c30_nobody_reached_is_no_share_of_none(self) -> None:
		self.close()
		self.assert_row(self.get_row(), followed_up=0, share_later=None)

	def test_c30_the_day_of_the_closure_counts(self) -> None:
		self.close()
		self.assertEqual(self.run_report(to_date=day(-11)), [])

	def test_an_auditor_sees_neither_small_counts_nor_their_share(self) -> None:
		self.close()
		self.assert_row(self.get_row(self.auditor), cases="<5", homes="<5", share=None)

	def test_others_count_nothing(self) -> None:
		self.close()
		self.assert_closed_to_others()
