"""The report of feedback: right counts and averages, nobody's words, and nobody who could be singled out (B20, B24)."""

import frappe
from frappe.desk.query_report import run
from frappe.model.document import Document
from frappe.utils import add_days, today

from case_management.case_management.report.client_feedback_results import client_feedback_results as report
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_case,
	make_client,
	make_lead,
	make_program,
	make_user,
	make_worker,
)
from case_management.tests.feedback_factories import (
	disable_questions,
	make_anonymous,
	make_feedback,
	make_invitation,
	make_question,
)
from case_management.tests.plan_factories import make_meeting, set_setting

SAFE = "Test: are you safe?"
RIGHTS = "Test: were you told your rights? (Share of Yes)"


class TestFeedbackResults(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		disable_questions()
		self.rating = make_question(SAFE)
		self.yes_no = make_question("Test: were you told your rights?", "Yes or No")
		self.lead, self.auditor = make_lead(), make_user("Case Auditor")
		self.program = make_program("Feedback Program")
		self.case = make_case(program=self.program)
		set_setting("small_count", 3)

	def give(self, rating: int, yes_no: str = "Yes", **values) -> Document:
		return make_feedback(self.case, answers=self.get_answers(rating, yes_no), **values)

	def give_unnamed(self, rating: int) -> Document:
		return make_anonymous(self.program.name, answers=self.get_answers(rating, "Yes"))

	def get_answers(self, rating: int, yes_no: str) -> list[dict]:
		return [
			{"question": self.rating, "rating": str(rating)},
			{"question": self.yes_no, "yes_no": yes_no},
		]

	def run_report(self, user: str, **filters) -> dict[str, dict]:
		filters = {"program": self.program.name, "from_date": add_days(today(), -40), **filters}
		with self.as_user(user):
			self.columns, rows, self.message, self.chart = report.execute(filters)
		return {row["item"]: row for row in rows}

	def count(self, item: str, user: str | None = None, **filters) -> int | str:
		return self.run_report(user or self.lead, **filters)[item]["count"]

	def test_b24_each_question_has_its_number_and_average(self) -> None:
		for rating, yes_no in ((5, "Yes"), (4, "Yes"), (2, "No")):
			self.give(rating, yes_no)
		rows = self.run_report(self.lead)
		self.assertEqual((rows[SAFE]["count"], rows[SAFE]["average"]), (3, 3.67))
		self.assertEqual((rows[RIGHTS]["count"], rows[RIGHTS]["share"]), (3, 66.7))

	def test_b20_who_was_invited_and_what_came_of_it(self) -> None:
		self.give(5)
		make_invitation(self.case)
		for response in ("Declined", "No Answer", "Given Without a Name", "Declined"):
			make_invitation(self.case, response=response)
		rows = self.run_report(self.lead)
		counts = {item: rows[item]["count"] for item in report.get_responses().values()}
		self.assertEqual(rows["Invited"]["count"], 6)
		self.assertEqual(list(counts.values()), [1, 1, 2, 1, 1])
		self.assertEqual(rows["Declined"]["share"], 33.3)

	def test_b20_answered_and_answered_in_time_are_told_apart(self) -> None:
		for days in (-20, -5, 0):
			doc = self.give(5, given_on=add_days(today(), days))
			with self.as_user(self.lead):
				doc.reply(answer="Thank you", what_changed="More light")
		self.give(5)
		self.assertEqual(self.count("With a Name, and Answered"), 3)
		self.assertEqual(self.count("With a Name, and Answered Within 14 Days"), 2)
		self.assertEqual(self.count("With a Name, and Answered Within 5 Days", answer_days=5), 2)
		self.assertEqual(self.count("With a Name, and Answered Within 4 Days", answer_days=4), 1)

	def test_b20_a_review_without_being_asked_for_feedback_is_a_gap_that_is_counted(self) -> None:
		self.case.db_set("status", "Active")
		for asked in (1, 0):
			meeting = make_meeting(self.case, kind="Review", feedback_asked=asked)
			meeting.db_set({"status": "Held", "held_on": today()})
		rows = self.run_report(self.lead)
		self.assertEqual(rows["Reviews Held"]["count"], 2)
		self.assertEqual(rows["Reviews in Which Feedback Was Asked for"]["count"], 1)

	def test_only_the_period_and_the_kind_asked_for_are_counted(self) -> None:
		self.give(1, given_on=add_days(today(), -20), invited_on=add_days(today(), -20))
		self.give(5)
		self.give(3, kind="At Exit")
		recent = {"from_date": add_days(today(), -7)}
		self.assertEqual(self.count(SAFE, **recent), 2)
		self.assertEqual(self.count("Invited", **recent), 2)
		self.assertEqual(self.count(SAFE, kind="At Exit"), 1)

	def test_few_answers_without_a_name_are_shown_to_nobody(self) -> None:
		self.give(5)
		for rating in (1, 1):
			self.give_unnamed(rating)
		for user in (self.lead, make_user("Case Management Admin"), self.auditor):
			rows = self.run_report(user)
			self.assertEqual(rows["Without a Name"]["count"], "<3")
			self.assertIn(self.program.name, self.message)
		rows = self.run_report(self.lead)
		self.assertEqual((rows[SAFE]["count"], rows[SAFE]["average"]), (1, 5.0))

	def test_enough_answers_without_a_name_count_with_the_others(self) -> None:
		self.give(5)
		for rating in (1, 1, 1):
			self.give_unnamed(rating)
		rows = self.run_report(self.lead)
		self.assertEqual((rows[SAFE]["count"], rows[SAFE]["average"]), (4, 2.0))
		self.assertEqual(rows["Without a Name"]["count"], 3)
		self.assertIsNone(self.message)

	def test_few_in_one_program_are_not_shown_for_enough_in_another(self) -> None:
		other = make_program("Other Feedback Program")
		for _number in range(3):
			make_anonymous(other.name, answers=self.get_answers(5, "Yes"))
		self.give_unnamed(1)
		self.assertNotIn(SAFE, self.run_report(self.lead))

	def test_an_auditor_sees_no_small_counts_and_nothing_computed_from_them(self) -> None:
		for rating in (5, 4):
			self.give(rating)
		row = self.run_report(self.auditor)[SAFE]
		self.assertEqual((row["count"], row["average"]), ("<3", None))
		self.assertIsNone(self.run_report(self.auditor)[RIGHTS]["share"])
		self.assertIsNone(self.chart)
		self.give(3)
		row = self.run_report(self.auditor)[SAFE]
		self.assertEqual((row["count"], row["average"]), (3, 4.0))

	def test_an_auditor_cannot_work_out_how_few_were_not_answered(self) -> None:
		for given in [self.give(5) for _number in range(5)][:4]:
			with self.as_user(self.lead):
				given.reply(answer="We spoke with them", what_changed="A new lock")
		rows = self.run_report(self.auditor)
		shown = {item: rows[item]["count"] for item in rows if item.startswith("With a Name")}
		self.assertEqual(list(shown.values()), [5, "≥3", "≥3"])

	def test_the_chart_shows_the_averages_of_one_program(self) -> None:
		self.give(4)
		self.run_report(self.lead)
		self.assertEqual(self.chart["data"]["labels"], [SAFE])
		self.assertEqual(self.chart["data"]["datasets"][0]["values"], [4.0])

	def test_nobodys_words_are_in_it(self) -> None:
		doc = self.give(4, comments="Kim from room 4 is loud")
		with self.as_user(self.lead):
			doc.reply(answer="We spoke with them", what_changed="Kim moved")
		shown = str(self.run_report(self.auditor)) + str(self.run_report(self.lead))
		for told in ("Kim", "We spoke", doc.name, self.case.client):
			self.assertNotIn(told, shown)

	def test_a_question_is_shown_as_it_was_asked(self) -> None:
		self.give(4)
		frappe.get_doc("Feedback Question", self.rating).update({"question": "Test: new words"}).save()
		self.assertIn(SAFE, self.run_report(self.lead))

	def test_another_lead_counts_nothing_of_it_and_a_worker_may_not_run_it(self) -> None:
		make_feedback(make_case(make_client("Kim"), self.program))
		self.assertEqual(self.run_report(make_lead("other-lead")), {})
		with self.as_user(make_worker()), self.assertRaises(frappe.PermissionError):
			run("Client Feedback Results", filters={})
		with self.as_user(self.auditor):
			self.assertTrue(run("Client Feedback Results", filters={})["columns"])

	def test_a_period_that_ends_before_it_begins_is_refused(self) -> None:
		with self.as_user(self.lead), self.refused("ends before it begins"):
			report.execute({"from_date": today(), "to_date": add_days(today(), -1)})
