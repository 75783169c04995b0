"""Reviews, interpreters and whom the client brings: what a held meeting must say (B18, B19, C45, C47)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.tests.factories import make_client, make_referral
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import get_words, make_meeting, make_note, make_support_case


class TestReview(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.meeting = make_meeting(self.case, kind="Review")

	def hold(self, **said: object) -> Document:
		with self.as_user(WORKER):
			self.meeting.hold(**get_words(self.case, **{"participation": "Fully", **said}))
		return self.reload(self.meeting)

	def test_b19_a_review_says_how_the_client_took_part(self) -> None:
		with self.refused(self.meeting.name, "took part", "Fill in"):
			self.hold(participation=None)
		self.assertEqual(self.stored(self.meeting, "status"), "Scheduled")

	def test_b19_another_meeting_need_not(self) -> None:
		self.meeting = make_meeting(self.case)
		self.assertEqual(self.hold(participation=None).status, "Held")

	def test_b19_what_the_service_did_is_filled_in_from_the_record(self) -> None:
		service = frappe.get_all("Case Code", {"code_list": "Service Activity"}, ["name", "label"], limit=1)[
			0
		]
		for _time in range(2):
			make_note(self.case, kind="Direct Service", services=[{"service": service.name, "minutes": 30}])
		make_note(self.case, kind="File Note", confidential=1)
		make_referral(self.case).db_set({"sent_on": today(), "status": "Sent"})
		said = self.hold().services_reviewed
		for line in ("Direct Service: 2 times", f"{service.label}: 2 times", "Test Housing Office: Sent"):
			self.assertIn(line, said)
		self.assertNotIn("File Note", said)

	def test_b19_only_what_was_done_since_the_last_review(self) -> None:
		make_note(self.case)
		frappe.db.set_value("Case Note", {"client_case": self.case.name}, "noted_on", add_days(today(), -9))
		self.hold(held_on=add_days(today(), -5))
		self.meeting = make_meeting(self.case, kind="Review")
		self.assertIn("No service activity", self.hold().services_reviewed)

	def test_b19_the_words_given_are_kept(self) -> None:
		self.assertEqual(
			self.hold(services_reviewed="The class helped.").services_reviewed, "The class helped."
		)

	def test_b18_a_review_that_wants_a_new_assessment_makes_it_due_today(self) -> None:
		self.hold(reassessment_wanted=1)
		self.assertEqual(self.stored(self.case, "reassessment_due"), getdate())

	def test_b18_another_review_leaves_it_as_it_was(self) -> None:
		due = getdate(add_days(today(), 40))
		self.case.db_set("reassessment_due", due)
		self.hold(reassessment_wanted=0)
		self.assertEqual(self.stored(self.case, "reassessment_due"), due)


class TestInterpreter(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		client = make_client("Somebody Else", interpreter_required=1, interpreter_language="Dari")
		self.case = make_support_case(client)
		self.meeting = make_meeting(self.case)

	def hold(self, **said: object) -> Document:
		with self.as_user(WORKER):
			self.reload(self.meeting).hold(**get_words(self.case, **said))
		return self.reload(self.meeting)

	def test_c45_a_meeting_without_an_interpreter_says_why(self) -> None:
		with self.refused(self.meeting.name, "interpreter", "why there was none"):
			self.hold()
		held = self.hold(no_interpreter_reason="The client's own wish: a friend came")
		self.assertEqual((held.status, held.interpreter_attended), ("Held", 0))

	def test_c45_ticked_or_named_among_those_there_is_enough(self) -> None:
		self.assertEqual(self.hold(interpreter_attended=1).interpreter_attended, 1)
		self.meeting = make_meeting(self.case)
		there = [{"kind": "Interpreter", "person_name": "Imaginary Interpreters", "attended": 1}]
		self.assertEqual(self.hold(attendees=there).interpreter_attended, 1)

	def test_c45_an_interpreter_who_did_not_come_is_not_enough(self) -> None:
		with self.refused("interpreter"):
			self.hold(attendees=[{"kind": "Interpreter", "person_name": "Imaginary", "attended": 0}])

	def test_c45_the_need_is_the_clients_and_is_not_ticked_off(self) -> None:
		with self.as_user(WORKER):
			self.meeting.interpreter_required = 0
			self.meeting.save()
		self.assertEqual(self.stored(self.meeting, "interpreter_required"), 1)

	def test_c45_who_needs_none_is_not_asked(self) -> None:
		self.case = make_support_case()
		self.meeting = make_meeting(self.case)
		self.assertEqual(self.hold().status, "Held")

	def test_c45_the_workflows_own_button_meets_the_same_rule(self) -> None:
		with self.as_user(WORKER), self.refused("interpreter"):
			frappe.model.workflow.apply_workflow(self.reload(self.meeting), "Record as Held")


class TestInvited(SupportTestCase):
	def test_c47_what_the_client_said_of_a_person_is_filled_in(self) -> None:
		person = {"person_name": "Aunt Invented", "kind": "Family Member", "note": "Housing only"}
		client = frappe.get_doc("Client", self.case.client)
		client.append("support_persons", person)
		client.save(ignore_permissions=True)
		invited = {"kind": "Family Member", "person_name": "Aunt Invented", "invited_by_client": 1}
		meeting = make_meeting(self.case, attendees=[invited, {**invited, "may_discuss": "Money, this once"}])
		self.assertEqual([row.may_discuss for row in meeting.attendees], ["Housing only", "Money, this once"])
