"""What is seen of a goal from meeting to meeting: both ratings drawn, who does it, and no comparison (C7, C26, C29, C31)."""

from xml.etree import ElementTree

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.plan.drawing import get_rating_drawing, get_rating_drawings
from case_management.case_management.plan.overview import get_overview
from case_management.case_management.plan.progress import get_history
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_client
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import get_words, make_active_goal, make_meeting, make_support_case


class TestHistory(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.goal = make_active_goal(self.case)

	def hold(self, days: int, client: int | None, worker: int | None = None, **said: object) -> Document:
		meeting = make_meeting(self.case)
		row = {"goal": self.goal.name, "client_rating": client, "worker_rating": worker, **said}
		with self.as_user(WORKER):
			meeting.hold(**get_words(self.case, held_on=add_days(today(), days), goals=[row]))
		return meeting

	def get_history(self) -> list[frappe._dict]:
		return get_history([self.goal.name]).get(self.goal.name, [])

	def test_c7_ratings_stand_in_the_order_of_the_days_however_late_they_were_recorded(self) -> None:
		self.hold(0, 6, 5)
		self.hold(-14, 3)
		make_meeting(self.case)  # not held: nothing was said
		rows = [(row.on, row.client_rating, row.worker_rating) for row in self.get_history()]
		self.assertEqual(rows, [(getdate(add_days(today(), -14)), "3", None), (getdate(), "6", "5")])

	def test_c29_who_does_it_is_kept_of_each_meeting(self) -> None:
		self.hold(-14, 3, responsibility="Together")
		self.hold(0, 5, responsibility="Client Alone")
		self.assertEqual([row.responsibility for row in self.get_history()], ["Together", "Client Alone"])
		self.assertEqual(self.stored(self.goal, "responsibility"), "Client Alone")

	def test_c41_what_is_in_the_way_is_coded_and_told(self) -> None:
		code = frappe.db.get_value("Case Code", {"code_list": "Impediment"})
		meeting = self.hold(
			0, 3, impediment=code, impediment_note="The office was shut", progress="Rang twice"
		)
		row = self.reload(meeting).goals[0]
		self.assertEqual(
			(row.impediment, row.impediment_note, row.progress), (code, "The office was shut", "Rang twice")
		)
		with self.refused("Impediment"):
			self.hold(0, 3, impediment="Impediment-none such")

	def test_c33_a_step_back_is_kept_as_it_is(self) -> None:
		self.hold(-14, 5, level="1")
		self.hold(0, 4, level="-1")
		self.assertEqual([row.level for row in self.get_history()], ["1", "-1"])
		goal = self.reload(self.goal)
		self.assertEqual((goal.status, goal.current_level, goal.baseline_level), ("Active", "-1", "1"))

	def test_c7_the_goals_form_gets_it(self) -> None:
		self.hold(-7, 5)
		self.hold(0, 6)
		with self.as_user(WORKER):
			self.goal.onload()
		sent = self.goal.get("__onload")
		self.assertEqual(len(sent["history"]), 2)
		self.assertEqual(sent["drawing"], get_overview(self.case.name)["goals"][0].drawing)
		self.assertIn("<svg", sent["drawing"])

	def test_c26_the_paper_draws_both_ratings_and_says_both_where_they_differ(self) -> None:
		self.hold(-14, 3, 3)
		meeting = self.hold(0, 4, 7)
		with self.as_user(WORKER):
			html = frappe.get_print("Case Meeting", meeting.name, "Case Meeting Summary")
		self.assertIn("<svg", html)
		self.assertIn("as I see it: 4", html)
		self.assertIn("As my worker sees it: 7", html)

	def test_c26_where_they_agree_it_is_said_once(self) -> None:
		meeting = self.hold(0, 4, 4)
		with self.as_user(WORKER):
			html = frappe.get_print("Case Meeting", meeting.name, "Case Meeting Summary")
		self.assertNotIn("As my worker sees it: ", html)
		self.assertNotIn("<svg", html)  # one meeting is no line

	def test_c7_the_plans_paper_draws_them_too(self) -> None:
		self.hold(-14, 3)
		self.hold(0, 4)
		doc = {"doctype": "Support Plan", "client": self.case.client, "client_case": self.case.name}
		plan = frappe.get_doc(doc).insert()
		with self.as_user(WORKER):
			html = frappe.get_print("Support Plan", plan.name, "Support Plan for the Client")
		self.assertIn("<svg", html)

	def test_c31_a_drawing_ends_with_the_meeting_and_knows_one_goal_only(self) -> None:
		self.hold(-14, 3)
		earlier = self.hold(-7, 4)
		self.hold(0, 9)
		drawn = get_rating_drawings([self.goal.name], earlier.held_on)
		self.assertEqual(list(drawn), [self.goal.name])
		self.assertEqual(drawn[self.goal.name].count("<circle"), 3)  # two ratings and the legend

	def test_c31_another_clients_goals_are_not_in_it(self) -> None:
		stranger = make_support_case(make_client("Somebody Else"))
		other = make_active_goal(stranger, "Somebody else's goal")
		self.hold(0, 3)
		self.assertNotIn(other.name, get_history([self.goal.name]))


class TestDrawing(CaseTestCase):
	def draw(self, *ratings: tuple[str, str]) -> ElementTree.Element:
		rows = [
			frappe._dict(
				on=getdate(add_days("2026-01-01", 14 * place)), client_rating=own, worker_rating=worker
			)
			for place, (own, worker) in enumerate(ratings)
		]
		return ElementTree.fromstring(get_rating_drawing(rows))

	def get_lines(self, *ratings: tuple[str, str]) -> list[str]:
		return [
			line.get("points") for line in self.draw(*ratings).iter("{http://www.w3.org/2000/svg}polyline")
		]

	def test_c26_it_has_a_line_for_each_of_the_two(self) -> None:
		worker, client = self.get_lines(("0", "10"), ("10", "0"))
		self.assertEqual(client, "28.0,98.0 392.0,22.0")
		self.assertEqual(worker, "28.0,22.0 392.0,98.0")

	def test_a_meeting_without_a_rating_has_no_point(self) -> None:
		_worker, client = self.get_lines(("2", ""), ("", ""), ("4", ""))
		self.assertEqual(len(client.split()), 2)

	def test_it_is_told_to_who_does_not_see_it(self) -> None:
		drawing = self.draw(("1", "1"), ("2", "2"))
		self.assertIn("from 0 to 10", drawing.get("aria-label"))
		self.assertEqual(drawing.get("role"), "img")
