"""Codes and masters that are switched off: a new choice is refused, what was chosen before stays valid where it is copied (L17, L18)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, today

from case_management.tests.base import CaseTestCase
from case_management.tests.entry_factories import make_stay
from case_management.tests.factories import (
	make_active_case,
	make_agency,
	make_intake_worker,
	make_program,
	make_screened_intake,
	make_worker,
)
from case_management.tests.plan_factories import make_active_plan, make_agreed_assessment, make_child_case

REASON, RELATION = "Reason for Seeking Assistance", "Relationship to Head of Household"


def get_code(code_list: str, at: int = 0) -> str:
	filters = {"code_list": code_list, "enabled": 1}
	return frappe.get_all("Case Code", filters, pluck="name", order_by="sort_order, name")[at]


def switch_off(doctype: str, *names: str) -> None:
	for name in names:
		frappe.get_doc(doctype, name).update({"enabled": 0}).save()


class TestCodesSwitchedOff(CaseTestCase):
	def accept(self, intake: Document, **values) -> dict:
		with self.as_user(make_intake_worker()):
			doc = frappe.get_doc("Client Intake", intake.name)
			return doc.accept(new_person=1, case_manager=make_worker(), informed_how="By phone", **values)

	def make_intake(self, **values) -> Document:
		with self.as_user(make_intake_worker()):
			return make_screened_intake(**values)

	def test_life_l17_an_intake_is_accepted_with_what_it_said_before(self) -> None:
		companion = {"person_name": "Test Cousin", "needs_support": 1, "relationship": get_code(RELATION, 3)}
		other = {"person_name": "Test Aunt", "needs_support": 0, "relationship": get_code(RELATION, 4)}
		intake = self.make_intake(reasons=[{"reason": get_code(REASON)}], companions=[companion, other])
		switch_off("Case Code", get_code(REASON), companion["relationship"], other["relationship"])
		case = frappe.get_doc("Client Case", self.accept(intake)["client_case"])
		self.assertEqual(case.reasons[0].reason, intake.reasons[0].reason)
		member = frappe.get_doc("Client Case", {"head_case": case.name})
		self.assertEqual(member.relationship_to_head, companion["relationship"])

	def test_life_l17_what_the_app_chooses_itself_is_no_new_choice(self) -> None:
		companion = {"person_name": "Test Child", "needs_support": 1}
		intake = self.make_intake(companions=[companion])
		switch_off("Case Code", *frappe.get_all("Case Code", {"code_list": RELATION}, pluck="name"))
		self.assertTrue(self.accept(intake)["members"])

	def test_life_l17_a_next_version_keeps_what_the_last_one_said(self) -> None:
		case = make_active_case()
		plan = make_active_plan(case)
		revision = get_code("Plan Revision Reason")
		with self.as_user(make_worker()):
			revise = frappe.get_doc("Support Plan", plan.name).revise
			new = frappe.get_doc("Support Plan", revise(kind=revision, reason="It changed")["plan"])
			new.agree(how="Spoken", participation="Fully")
		switch_off("Case Code", revision)
		with self.as_user(make_worker()), self.refused("not a code of the list"):
			frappe.get_doc("Support Plan", new.name).revise(kind=revision, reason="Again")

	def test_life_l17_a_stay_is_recorded_for_the_household(self) -> None:
		head = make_active_case()
		child = make_child_case(head)
		stay = make_stay(head)
		switch_off("Case Code", stay.accommodation_type)
		with self.as_user(make_worker()):
			stays = frappe.get_doc("Accommodation Stay", stay.name).record_for_household()["stays"]
		self.assertEqual([row["client"] for row in stays], [child.client])

	def test_life_l17_a_new_choice_is_refused(self) -> None:
		reason = get_code(REASON)
		case = make_active_case()
		switch_off("Case Code", reason)
		with self.as_user(make_worker()), self.refused(case.name, "not a code of the list"):
			doc = frappe.get_doc("Client Case", case.name)
			doc.append("reasons", {"reason": reason})
			doc.save()


class TestMastersSwitchedOff(CaseTestCase):
	def test_life_l18_a_new_record_takes_no_program_that_is_switched_off(self) -> None:
		program = make_program("Test Ended")
		switch_off("Support Program", program.name)
		with self.as_user(make_intake_worker()), self.refused("No longer in use", "Program: Test Ended"):
			make_screened_intake(program=program)

	def test_life_l18_an_agency_in_a_row_is_refused_too(self) -> None:
		case, agency = make_active_case(), make_agency("Test Agency That Closed")
		switch_off("External Agency", agency.name)
		with self.as_user(make_worker()), self.refused(case.name, "No longer in use", agency.name):
			doc = frappe.get_doc("Client Case", case.name)
			doc.append("agencies", {"agency": agency.name, "no_consent_reason": "x"})
			doc.save()

	def test_life_l18_everything_switched_off_is_named_at_once(self) -> None:
		case, agencies = make_active_case(), [make_agency(f"Test Agency {number}") for number in (1, 2)]
		switch_off("External Agency", *(agency.name for agency in agencies))
		with self.as_user(make_worker()), self.refused("Test Agency 1", "Test Agency 2"):
			doc = frappe.get_doc("Client Case", case.name)
			for agency in agencies:
				doc.append("agencies", {"agency": agency.name})
			doc.save()

	def test_life_l18_old_records_keep_it(self) -> None:
		program, agency = make_program("Test Ending"), make_agency("Test Old Agency")
		case = make_active_case(program=program)
		case.append("agencies", {"agency": agency.name})
		case.save()
		switch_off("Support Program", program.name)
		switch_off("External Agency", agency.name)
		with self.as_user(make_worker()):
			doc = frappe.get_doc("Client Case", case.name)
			doc.planned_exit_on = add_days(today(), 30)
			doc.save()
			self.assertTrue(doc.schedule_meeting(f"{add_days(today(), 2)} 10:00:00")["meeting"])

	def test_life_l18_a_household_member_joins_a_case_of_an_ended_program(self) -> None:
		program = make_program("Test Ending Soon")
		case = make_active_case(program=program)
		switch_off("Support Program", program.name)
		with self.as_user(make_worker()):
			doc = frappe.get_doc("Client Case", case.name)
			self.assertTrue(doc.add_household_member(preferred_name="Test Newborn")["client_case"])

	def test_life_l18_a_template_that_is_switched_off_is_not_chosen(self) -> None:
		template = frappe.get_all("Assessment Template", {"enabled": 1}, pluck="name", order_by="name")[0]
		case = make_active_case()
		switch_off("Assessment Template", template)
		with self.as_user(make_worker()), self.refused("No longer in use", template):
			frappe.get_doc("Client Case", case.name).start_assessment(template=template)

	def test_life_l18_the_next_assessment_keeps_its_template(self) -> None:
		case = make_active_case()
		assessment = make_agreed_assessment(case)
		switch_off("Assessment Template", assessment.template)
		with self.as_user(make_worker()):
			self.assertTrue(frappe.get_doc("Client Assessment", assessment.name).revise(reason="New"))
