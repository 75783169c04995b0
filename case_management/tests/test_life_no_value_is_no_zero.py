"""What nobody recorded is empty and not 0 (L22), and a need recorded later reaches what was planned before (L23)."""

import frappe

from case_management.case_management.reminders.kinds import DAILY
from case_management.case_management.reminders.sending import remind
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_case, make_client, make_worker
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import get_next_meeting, get_words

BOOK = "remind_interpreter_to_book"


class TestAge(CaseTestCase):
	def get_age(self, **values) -> object:
		client = make_client(**values)
		make_case(client)
		with self.as_user(make_worker()):
			return frappe.get_doc("Client", client.name).as_dict(convert_dates_to_str=True)["age"]

	def test_life_l22_who_has_no_birth_date_has_no_age(self) -> None:
		self.assertIn(self.get_age(), (None, ""))

	def test_life_l22_a_newborn_is_0(self) -> None:
		self.assertEqual(self.get_age(birth_date=frappe.utils.today()), 0)

	def test_life_l22_the_paper_shows_no_age_either(self) -> None:
		client = make_client()
		make_case(client)
		with self.as_user(make_worker()):
			html = frappe.get_print("Client", client.name)
		self.assertNotIn(">0<", html.replace("\n", "").replace("\t", "").replace(" ", ""))

	def test_life_l22_a_case_without_assessment_has_no_number_of_needs(self) -> None:
		case = make_case()
		with self.as_user(make_worker()):
			values = frappe.get_doc("Client Case", case.name).as_dict()
		self.assertIn(values["complexity"], (None, ""))


class TestInterpreterLater(SupportTestCase):
	def need_interpreter(self) -> None:
		with self.as_user(WORKER):
			client = frappe.get_doc("Client", self.case.client)
			client.update({"interpreter_required": 1, "interpreter_language": "Dari"})
			client.save()

	def get_open_tasks(self, meeting: str) -> list[str]:
		filters = {"reference_type": "Case Meeting", "reference_name": meeting, "status": "Open"}
		return frappe.get_all("ToDo", filters, pluck="allocated_to")

	def test_life_l23_the_planned_meeting_shows_the_need_and_asks_for_the_booking_at_once(self) -> None:
		meeting = get_next_meeting(self.case)
		self.need_interpreter()
		self.assertEqual(self.stored(meeting, "interpreter_required"), 1)
		self.assertEqual(self.get_open_tasks(meeting.name), [WORKER])

	def test_life_l23_a_booking_closes_the_task(self) -> None:
		meeting = get_next_meeting(self.case)
		self.need_interpreter()
		with self.as_user(WORKER):
			meeting = self.reload(meeting)
			meeting.interpreter_booked_on = frappe.utils.today()
			meeting.save()
		for reminder in DAILY:
			if reminder.method == BOOK:
				list(remind(reminder))
		self.assertEqual(self.get_open_tasks(meeting.name), [])

	def test_life_l23_a_need_that_ended_before_the_booking_asks_no_more(self) -> None:
		meeting = get_next_meeting(self.case)
		self.need_interpreter()
		with self.as_user(WORKER):
			client = frappe.get_doc("Client", self.case.client)
			client.interpreter_required = 0
			client.save()
		self.assertEqual(self.stored(meeting, "interpreter_required"), 0)

	def test_life_l23_a_meeting_that_was_held_stays_as_it_was(self) -> None:
		meeting = get_next_meeting(self.case)
		with self.as_user(WORKER):
			meeting.hold(**get_words(self.case))
		self.need_interpreter()
		self.assertEqual(self.stored(meeting, "interpreter_required"), 0)
