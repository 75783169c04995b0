"""Stages of a residential program (C28): moves by action or by the case's own save, each with a line in the history."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.support.stages import get_days_at_stage
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_case, make_lead, make_program, make_worker

STAGES = ("Settling in", "Building", "Moving on")


class TestStages(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.program = make_program("Test Stages", stages=[{"stage": stage} for stage in STAGES])
		self.case = make_case(program=self.program)

	def get_case(self) -> Document:
		return frappe.get_doc("Client Case", self.case.name)

	def move(self, stage: str | None, user: str | None = None, **values) -> dict:
		with self.as_user(user or make_worker()):
			return self.get_case().move_to_stage(stage=stage, **values)

	def get_history(self) -> list[tuple]:
		return [(row.stage, row.from_date) for row in self.get_case().stage_history]

	def test_c28_a_move_is_kept_with_day_worker_and_note(self) -> None:
		day = add_days(today(), -5)
		self.assertEqual(
			self.move("Settling in", on=day, note="Has her own key"),
			{"stage": "Settling in", "since": getdate(day)},
		)
		row = self.get_case().stage_history[0]
		self.assertEqual((row.by_user, row.note), (make_worker(), "Has her own key"))

	def test_c31_stages_come_in_any_order_and_again(self) -> None:
		for days, stage in ((-9, "Building"), (-5, "Settling in"), (-5, "Building")):
			self.move(stage, on=add_days(today(), days))
		self.assertEqual(
			[stage for stage, _day in self.get_history()], ["Building", "Settling in", "Building"]
		)

	def test_moved_to_the_stage_it_is_at_nothing_happens(self) -> None:
		first = self.move("Building", on=add_days(today(), -3))
		self.assertEqual(self.move("Building", on=today()), first)
		self.assertEqual(len(self.get_history()), 1)

	def test_c28_a_stage_is_one_of_the_programs(self) -> None:
		with self.refused(self.case.name, "Flying", "Settling in, Building, Moving on"):
			self.move("Flying")
		with self.refused(self.case.name, "No stage is given", "Choose one of"):
			self.move(None)
		self.assertFalse(self.stored(self.case, "stage"))

	def test_a_program_without_stages_says_who_can_add_them(self) -> None:
		self.case = make_case(program=make_program("Test Without Stages"))
		with self.refused("not a stage of Test Without Stages", "Ask an administrator"):
			self.move("Building")

	def test_a_move_lies_neither_ahead_nor_before_the_case_nor_before_the_last_one(self) -> None:
		self.move("Settling in", on=add_days(today(), -5))
		for day in (add_days(today(), 1), add_days(self.case.opened_on, -1), "no date"):
			with self.subTest(day=day), self.refused(self.case.name, "At the Stage from"):
				self.move("Building", on=day)
		with self.refused("before the move to Settling in", "Correct the date"):
			self.move("Building", on=add_days(today(), -6))

	def test_c28_a_stage_set_by_a_save_gets_its_line_too(self) -> None:
		with self.as_user(make_worker()):
			self.get_case().update({"stage": "Building", "stage_history": []}).save()
			self.get_case().update({"opened_on": self.case.opened_on}).save()
		self.assertEqual(self.get_history(), [("Building", getdate())])

	def test_a_new_case_at_a_stage_is_there_from_its_opening(self) -> None:
		self.case = make_case(program=self.program, stage="Settling in")
		self.assertEqual(self.get_history(), [("Settling in", getdate(self.case.opened_on))])

	def test_the_history_cannot_be_edited(self) -> None:
		self.move("Building")
		case = self.get_case()
		case.stage_history[0].from_date = case.opened_on
		with self.as_user(make_worker()):
			case.save()
		self.assertEqual(self.get_history(), [("Building", getdate())])

	def test_a_stage_is_not_left_for_none(self) -> None:
		self.move("Building")
		with self.as_user(make_worker()), self.refused(self.case.name, "left the stage Building"):
			self.get_case().update({"stage": ""}).save()

	def test_a_stage_the_program_dropped_holds_up_no_other_change(self) -> None:
		self.move("Moving on")
		self.program.update({"stages": [{"stage": "Building"}]}).save()
		with self.as_user(make_worker()):
			case = self.get_case()
			case.update({"planned_exit_on": today()}).save()
		self.assertEqual(self.stored(self.case, "planned_exit_on"), getdate())

	def test_the_form_says_for_how_long(self) -> None:
		self.assertIsNone(get_days_at_stage(self.get_case()))
		self.move("Building", on=add_days(today(), -12))
		case = self.get_case()
		case.run_method("onload")
		self.assertEqual(case.get_onload().days_at_stage, 12)
		self.assertEqual(case.get_onload().stages, list(STAGES))

	def test_only_who_sees_the_case_moves_it(self) -> None:
		with self.refused(exception=frappe.PermissionError):
			self.move("Building", user=make_worker("other"))
		self.assertEqual(self.move("Building", user=make_lead())["stage"], "Building")
