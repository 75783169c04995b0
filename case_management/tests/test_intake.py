"""Entry: first contact, response, screening and decision (B1, B2, B3, B4, B7; design rules 1 and 2)."""

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, add_to_date, add_years, get_datetime, getdate, now_datetime, today

from case_management.tests.base import UNSEEN, CaseTestCase
from case_management.tests.factories import (
	make_agency,
	make_client,
	make_intake,
	make_intake_worker,
	make_lead,
	make_program,
	make_screened_intake,
	make_worker,
)

TOLD = {"informed_how": "On the phone"}
NOT_ACCEPTED = {
	"reason": "Reason Service Not Provided-4",
	"alternatives": [{"alternative": "The night shelter", "kind": "Information"}],
	**TOLD,
}
MANAGER = "worker@staff.example.org"


class IntakeTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.user = make_intake_worker()
		self.program = make_program(
			response_targets=[{"urgency": "Urgent", "hours": 4}, {"urgency": "Routine", "hours": 48}]
		)

	def make(self, *arguments, **values) -> Document:
		with self.as_user(self.user):
			return make_intake(*arguments, **values)

	def make_screened(self, *arguments, **values) -> Document:
		with self.as_user(self.user):
			return make_screened_intake(*arguments, **values)

	def do(self, intake: Document, action: str, **arguments) -> dict:
		with self.as_user(self.user):
			return getattr(intake, action)(**arguments)

	def change(self, intake: Document, **values) -> Document:
		with self.as_user(self.user):
			doc = frappe.get_doc("Client Intake", intake.name)
			doc.update(values)
			return doc.save()


class TestFirstContact(IntakeTestCase):
	def test_b1_a_response_is_due_after_the_hours_of_the_urgency(self) -> None:
		first = add_to_date(now_datetime(), hours=-1)
		intake = self.make(first_contact_on=first, urgency="Urgent")
		self.assertEqual(get_datetime(intake.response_due), add_to_date(first, hours=4))

	def test_b1_another_urgency_moves_the_response_due(self) -> None:
		intake = self.make(urgency="Urgent")
		due = self.change(intake, urgency="Routine").response_due
		self.assertEqual(get_datetime(due), add_to_date(get_datetime(intake.first_contact_on), hours=48))

	def test_a_response_due_that_is_sent_is_not_taken(self) -> None:
		intake = self.make(urgency="Urgent", response_due="2099-01-01 00:00:00")
		self.assertLess(get_datetime(self.stored(intake, "response_due")), get_datetime("2099-01-01"))

	def test_who_takes_a_first_contact_works_on_it(self) -> None:
		self.assertEqual(self.make().intake_worker, self.user)

	def test_what_a_worker_of_another_role_takes_waits_in_the_queue(self) -> None:
		with self.as_user(make_worker()):
			intake = make_intake()
		self.assertFalse(intake.intake_worker)
		with self.as_user(make_intake_worker("other-intake")):
			self.assertIn(intake.name, frappe.get_list("Client Intake", pluck="name"))

	def test_the_first_contact_was_not_in_the_future(self) -> None:
		with self.refused("First Contact", "lies in the future"):
			self.make(first_contact_on=add_days(now_datetime(), 1))

	def test_text_that_is_no_date_is_refused(self) -> None:
		for field, label in (("first_contact_on", "First Contact"), ("birth_date", "Date of Birth")):
			with self.refused(label, "not-a-date"):
				self.make(**{field: "not-a-date"})

	def test_a_program_is_needed(self) -> None:
		with self.as_user(self.user), self.assertRaises(frappe.ValidationError):
			frappe.get_doc({"doctype": "Client Intake", "person_name": "Kim"}).insert()

	def test_a_program_that_does_not_exist_is_refused(self) -> None:
		with self.as_user(self.user), self.refused("No Such Program"):
			frappe.get_doc(
				{"doctype": "Client Intake", "person_name": "Kim", "program": "No Such Program"}
			).insert()

	def test_a_companion_is_not_born_in_the_future(self) -> None:
		with self.refused("Bo", "born in the future"):
			self.make(companions=[{"person_name": "Bo", "birth_date": add_days(today(), 1)}])

	def test_an_intake_is_given_to_somebody_who_works_on_intakes(self) -> None:
		intake, other = self.make(), make_intake_worker("other-intake")
		self.assertEqual(self.do(intake, "assign", intake_worker=other), {"intake_worker": other})
		self.assertEqual(self.stored(intake, "intake_worker"), other)

	def test_an_intake_is_not_given_to_anybody_else(self) -> None:
		intake = self.make()
		for user in ("auditor@staff.example.org", "nobody@example.org"):
			with self.refused(intake.name, user):
				self.do(intake, "assign", intake_worker=user)


class TestResponse(IntakeTestCase):
	def test_b1_a_response_begins_the_screening(self) -> None:
		intake = self.make()
		answer = self.do(intake, "respond", note="Called back")
		self.assertEqual(answer["status"], "Screening")
		self.assertEqual(self.stored(intake, "responded_by"), self.user)
		self.assertEqual(self.stored(intake, "response_note"), "Called back")
		self.assertTrue(self.stored(intake, "responded_on"))

	def test_a_second_response_changes_nothing(self) -> None:
		intake = self.make()
		first = self.do(intake, "respond")
		self.assertEqual(self.do(intake, "respond", responded_on=add_days(now_datetime(), -9)), first)

	def test_a_response_is_neither_before_the_contact_nor_in_the_future(self) -> None:
		intake = self.make()
		for days, words in ((-2, "before the first contact"), (1, "in the future")):
			with self.refused(intake.name, "Responded on", words):
				self.do(intake, "respond", responded_on=add_days(now_datetime(), days))

	def test_text_that_is_no_time_is_refused(self) -> None:
		intake = self.make()
		with self.refused(intake.name, "Responded on", "soon"):
			self.do(intake, "respond", responded_on="soon")
		self.assertEqual(self.stored(intake, "status"), "New")

	def test_the_workflows_button_notes_the_response_too(self) -> None:
		intake = self.make()
		with self.as_user(self.user):
			apply_workflow(intake, "Begin Screening")
		self.assertEqual(self.stored(intake, "responded_by"), self.user)
		self.assertTrue(self.stored(intake, "responded_on"))

	def test_who_responds_to_an_intake_from_the_queue_works_on_it(self) -> None:
		with self.as_user(make_worker()):
			intake = make_intake()
		self.do(intake, "respond")
		self.assertEqual(self.stored(intake, "intake_worker"), self.user)
		with self.as_user(self.user):
			self.assertTrue(frappe.has_permission("Client Intake", "write", intake.name))

	def test_a_new_intake_goes_back_into_the_queue_and_a_later_one_does_not(self) -> None:
		intake = self.make()
		self.assertEqual(self.do(intake, "assign"), {"intake_worker": None})
		self.do(intake, "respond")
		with self.refused(intake.name, "only a new intake waits"):
			self.do(intake, "assign")

	def test_an_argument_it_does_not_take_is_refused(self) -> None:
		intake = self.make()
		with self.refused(intake.name, "respond"):
			self.do(intake, "respond", when=now_datetime())

	def test_somebody_elses_intake_is_not_responded_to(self) -> None:
		intake = self.make()
		with self.as_user(make_intake_worker("other-intake")), self.assertRaises(UNSEEN):
			intake.respond()


class TestInformed(IntakeTestCase):
	def make_untold(self) -> Document:
		return self.make_screened(process_informed_on=None, process_informed_how=None)

	def test_b2_no_decision_before_the_process_was_explained(self) -> None:
		intake = self.make_untold()
		for action, arguments in (("accept", {}), ("waitlist", {}), ("not_accept", NOT_ACCEPTED)):
			with self.refused(intake.name, "how entry and screening work"):
				self.do(intake, action, **{**TOLD, **arguments})
		self.assertEqual(self.stored(intake, "status"), "Screening")

	def test_b2_a_reason_why_it_was_not_explained_will_do(self) -> None:
		intake = self.make_untold()
		self.do(intake, "inform_of_process", not_informed_reason="Line went dead")
		self.assertIsNone(self.stored(intake, "process_informed_on"))
		self.assertEqual(self.do(intake, "waitlist", **TOLD), {"status": "Waitlisted"})

	def test_b2_explaining_the_process_is_noted_with_when_and_how(self) -> None:
		intake = self.make_untold()
		self.do(intake, "inform_of_process", on=today(), how="Leaflet")
		self.assertEqual(getdate(self.stored(intake, "process_informed_on")), getdate())
		self.assertEqual(self.stored(intake, "process_informed_how"), "Leaflet")

	def test_explaining_it_twice_keeps_the_first_time(self) -> None:
		intake = self.make_untold()
		first = self.do(intake, "inform_of_process")
		self.assertEqual(self.do(intake, "inform_of_process"), first)

	def test_nothing_is_explained_before_the_first_contact(self) -> None:
		intake = self.make_untold()
		with self.refused(intake.name, "Process Explained on", "before the first contact"):
			self.do(intake, "inform_of_process", on=add_days(today(), -3))

	def test_b2_no_decision_before_the_person_was_told_of_it(self) -> None:
		intake = self.make_screened()
		untold = {**NOT_ACCEPTED, "informed_how": None}
		for action, arguments in (
			("accept", {"case_manager": MANAGER}),
			("waitlist", {}),
			("not_accept", untold),
		):
			with self.refused(intake.name, "before the person was told of it"):
				self.do(intake, action, **arguments)

	def test_b2_a_reason_why_they_were_not_told_will_do(self) -> None:
		intake = self.make_screened()
		answer = self.do(intake, "waitlist", not_informed_reason="No safe way to reach them")
		self.assertEqual(answer, {"status": "Waitlisted"})

	def test_b2_being_told_of_the_waiting_list_does_not_tell_the_next_decision(self) -> None:
		intake = self.make_screened()
		self.do(intake, "waitlist", priority="1 High", **TOLD)
		with self.refused(intake.name, "before the person was told of it"):
			self.do(intake, "accept", case_manager=MANAGER)
		self.assertTrue(self.do(intake, "accept", case_manager=MANAGER, **TOLD)["client_case"])

	def test_b2_the_workflows_button_goes_past_none_of_it(self) -> None:
		intake = self.make_screened()
		with self.as_user(self.user), self.refused("before the person was told of it"):
			apply_workflow(intake, "Put on Waiting List")
		self.assertEqual(self.stored(intake, "status"), "Screening")

	def test_b2_without_any_workflow_the_rule_holds(self) -> None:
		frappe.db.set_value("Workflow", {"document_type": "Client Intake"}, "is_active", 0)
		frappe.cache.hdel("workflow", "Client Intake")
		self.addCleanup(frappe.cache.hdel, "workflow", "Client Intake")
		intake = self.make_screened()
		with self.as_user(self.user):
			with self.refused("not changed directly"):
				intake.update({"status": "Waitlisted"}).save()
			with self.refused("before the person was told of it"):
				frappe.get_doc("Client Intake", intake.name).waitlist()


class TestNotAccepted(IntakeTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.intake = self.make_screened(service_requested="Service Requested-1")

	def turn_away(self, **arguments) -> dict:
		return self.do(self.intake, "not_accept", **{**NOT_ACCEPTED, **arguments})

	def test_b3_not_accepted_needs_a_reason(self) -> None:
		with self.refused(self.intake.name, "not turned away without a reason"):
			self.turn_away(reason=None)

	def test_b3_the_reason_is_a_code_of_its_list(self) -> None:
		for code in ("Service Requested-1", "Full"):
			with self.refused("Reason Service Not Provided"):
				self.turn_away(reason=code)

	def test_b3_not_accepted_needs_an_alternative(self) -> None:
		with self.refused(self.intake.name, "told of an alternative"):
			self.turn_away(alternatives=None)
		self.assertEqual(self.stored(self.intake, "status"), "Screening")

	def test_b3_a_reason_for_no_alternative_will_do(self) -> None:
		answer = self.turn_away(alternatives=None, no_alternative_reason="Nothing else in the valley")
		self.assertEqual(answer["status"], "Not Accepted")

	def test_b3_an_alternative_names_an_agency_or_what_was_offered(self) -> None:
		with self.refused(self.intake.name, "Alternative 1 is empty"):
			self.turn_away(alternatives=[{"kind": "Information"}])

	def test_b3_alternatives_are_stored_with_their_day(self) -> None:
		self.turn_away(alternatives=[{"agency": make_agency().name, "kind": "Referral"}])
		row = frappe.get_doc("Client Intake", self.intake.name).alternatives[0]
		self.assertEqual((row.agency, row.kind, row.given_on), (make_agency().name, "Referral", getdate()))

	def test_alternatives_may_come_as_text_and_must_be_rows(self) -> None:
		with self.refused("no row of", exception=frappe.ValidationError):
			self.turn_away(alternatives=["shelter"])
		self.assertEqual(
			self.turn_away(alternatives='[{"alternative": "Shelter"}]')["status"], "Not Accepted"
		)

	def test_an_alternatives_date_that_is_none_is_refused(self) -> None:
		with self.refused(self.intake.name, "Given on", "not-a-date"):
			self.turn_away(alternatives=[{"alternative": "Shelter", "given_on": "not-a-date"}])

	def test_c16_it_leaves_one_unmet_need_without_a_client(self) -> None:
		answer = self.turn_away()
		self.assertEqual(self.turn_away(reason="Reason Service Not Provided-5"), answer)
		need = frappe.get_doc("Unmet Need", {"intake": self.intake.name})
		self.assertEqual(answer["unmet_need"], need.name)
		self.assertIsNone(need.client)
		self.assertEqual(need.service, "Service Requested-1")
		self.assertEqual(need.reason, "Reason Service Not Provided-4")
		self.assertEqual(need.program, self.program.name)
		self.assertNotIn(self.intake.person_name, need.description)

	def test_c16_the_workflows_button_needs_and_leaves_the_same(self) -> None:
		with self.as_user(self.user), self.refused("told of it"):
			apply_workflow(self.intake, "Do Not Accept")
		intake = self.change(
			self.intake,
			decision_reason="Reason Service Not Provided-4",
			no_alternative_reason="Nothing else",
			decision_informed_on=now_datetime(),
		)
		with self.as_user(self.user):
			apply_workflow(intake, "Do Not Accept")
		self.assertEqual(frappe.db.count("Unmet Need", {"intake": intake.name}), 1)

	def test_who_decided_and_when_is_noted_and_access_ends(self) -> None:
		frappe.db.set_single_value("Case Management Settings", "intake_access_days", 5)
		self.turn_away()
		self.assertEqual(self.stored(self.intake, "decided_by"), self.user)
		self.assertEqual(getdate(self.stored(self.intake, "decided_on")), getdate())
		self.assertEqual(self.stored(self.intake, "access_until"), getdate(add_days(today(), 5)))

	def test_a_waiting_list_leaves_no_unmet_need(self) -> None:
		self.do(self.intake, "waitlist", priority="2 Medium", **TOLD)
		self.assertEqual(frappe.db.count("Unmet Need", {"intake": self.intake.name}), 0)
		self.assertEqual(self.stored(self.intake, "waitlist_priority"), "2 Medium")

	def test_a_priority_that_there_is_not_is_refused(self) -> None:
		with self.as_user(self.user), self.assertRaises(frappe.ValidationError):
			self.intake.waitlist(priority="Now!", **TOLD)

	def test_a_decided_intake_stays_as_it_was_decided(self) -> None:
		self.turn_away()
		for values in ({"person_name": "Kim"}, {"decision_note": "New"}, {"alternatives": []}):
			with self.refused(self.intake.name, "stays as it was decided"):
				self.change(self.intake, **values)

	def test_a_decided_intake_is_not_decided_again(self) -> None:
		self.turn_away()
		with self.refused(self.intake.name, "cannot become Accepted"):
			self.do(self.intake, "accept", case_manager=MANAGER, **TOLD)

	def test_a_new_intake_is_not_decided_before_the_response(self) -> None:
		intake = self.make()
		with self.refused(intake.name, "cannot become Not Accepted"):
			self.do(intake, "not_accept", **NOT_ACCEPTED)


class TestAccept(IntakeTestCase):
	def accept(self, intake: Document, **arguments) -> dict:
		return self.do(intake, "accept", **{"case_manager": MANAGER, **TOLD, **arguments})

	def test_b4_the_person_becomes_a_client_with_a_case(self) -> None:
		intake = self.make_screened(
			"Wendeline",
			pronouns="she",
			birth_date="1991-03-04",
			language="Auslan",
			interpreter_required=1,
			safe_contact_note="Never on Sundays",
			contact_detail="0491 570 006",
			reasons=[{"reason": "Reason for Seeking Assistance-9", "is_main": 1}],
		)
		answer = self.accept(intake)
		client = frappe.get_doc("Client", answer["client"])
		self.assertEqual(
			(client.preferred_name, client.pronouns, client.language), ("Wendeline", "she", "Auslan")
		)
		self.assertEqual((client.birth_date, client.interpreter_required), (getdate("1991-03-04"), 1))
		self.assertEqual(client.safe_contact_note, "Never on Sundays")
		self.assertEqual([(row.way, row.detail) for row in client.contact_ways], [("Phone", "0491 570 006")])
		case = frappe.get_doc("Client Case", answer["client_case"])
		self.assertEqual(
			(case.client, case.status, case.program), (client.name, "Pending", self.program.name)
		)
		self.assertEqual((case.intake, case.case_manager, case.opened_on), (intake.name, MANAGER, getdate()))
		self.assertEqual(
			[(row.reason, row.is_main) for row in case.reasons], [("Reason for Seeking Assistance-9", 1)]
		)

	def test_the_intake_names_client_and_case(self) -> None:
		intake = self.make_screened()
		answer = self.accept(intake)
		self.assertEqual(self.stored(intake, "client"), answer["client"])
		self.assertEqual(self.stored(intake, "client_case"), answer["client_case"])
		self.assertEqual(self.stored(intake, "status"), "Accepted")

	def test_a_decision_made_before_it_is_typed_in_opens_the_case_on_that_day(self) -> None:
		intake = self.make_screened(first_contact_on=add_to_date(now_datetime(), days=-5))
		friday = add_to_date(now_datetime(), days=-3)
		answer = self.do(intake, "accept", case_manager=MANAGER, new_person=1, on=friday, **TOLD)
		opened_on = frappe.db.get_value("Client Case", answer["client_case"], "opened_on")
		self.assertEqual(opened_on, getdate(friday))

	def test_a_decision_before_the_first_contact_or_ahead_is_refused(self) -> None:
		intake = self.make_screened()
		for day in (add_to_date(now_datetime(), days=-400), add_to_date(now_datetime(), days=1), "no day"):
			with self.refused(intake.name, "Decided on"):
				self.do(intake, "accept", case_manager=MANAGER, new_person=1, on=day, **TOLD)

	def test_accepting_twice_gives_the_same_and_makes_nothing_twice(self) -> None:
		intake = self.make_screened("Wendeline", companions=[{"person_name": "Bo", "needs_support": 1}])
		answer = self.accept(intake)
		clients, cases = frappe.db.count("Client"), frappe.db.count("Client Case")
		self.assertEqual(self.accept(intake), answer)
		self.assertEqual((frappe.db.count("Client"), frappe.db.count("Client Case")), (clients, cases))

	def test_c20_a_compulsory_program_needs_a_case_manager(self) -> None:
		intake = self.make_screened()
		with self.refused("case manager"):
			self.accept(intake, case_manager=None)
		self.assertEqual(frappe.db.count("Client Case", {"intake": intake.name}), 0)
		self.assertEqual(self.stored(intake, "status"), "Screening")

	def test_a_voluntary_program_needs_none_yet(self) -> None:
		intake = self.make_screened(program=make_program("Voluntary Program", "Voluntary"))
		self.assertTrue(self.accept(intake, case_manager=None)["client_case"])

	def test_a_case_manager_who_does_not_exist_is_refused(self) -> None:
		intake = self.make_screened()
		with self.refused("nobody@example.org"):
			self.accept(intake, case_manager="nobody@example.org")

	def test_the_worker_sees_the_client_afterwards_and_the_intake_worker_the_intake(self) -> None:
		intake = self.make_screened()
		answer = self.accept(intake)
		with self.as_user(make_worker()):
			self.assertIn(answer["client"], frappe.get_list("Client", pluck="name"))
		with self.as_user(self.user):
			self.assertTrue(frappe.has_permission("Client Intake", "read", intake.name))

	def test_an_email_becomes_a_way_of_contact_by_email(self) -> None:
		answer = self.accept(self.make_screened(contact_detail="kim@example.org", contact_channel="Website"))
		self.assertEqual(frappe.get_doc("Client", answer["client"]).contact_ways[0].way, "Email")

	def test_a_lead_accepts_from_the_waiting_list(self) -> None:
		intake = self.make_screened()
		self.do(intake, "waitlist", **TOLD)
		with self.as_user(make_lead()):
			self.assertTrue(intake.accept(case_manager=MANAGER, **TOLD)["client_case"])


class TestAcceptKnownPerson(IntakeTestCase):
	"""Somebody who may have been here before is linked to their record, never merged into it by itself."""

	def setUp(self) -> None:
		super().setUp()
		self.client = make_client("Wendeline", birth_date="1991-03-04", pronouns="she")
		self.intake = self.make_screened("Wendelyn", birth_date="1991-03-04", pronouns="they")
		self.do(self.intake, "find_matches")

	def accept(self, **arguments) -> dict:
		"""Accept; a team leader confirms an existing client."""
		answer = self.do(self.intake, "accept", **{"case_manager": MANAGER, **TOLD, **arguments})
		if answer["match_confirmation"] == "Asked":
			with self.as_user(make_lead()):
				return self.intake.confirm_match()
		return answer

	def test_likely_matches_are_named_by_code_and_a_choice_is_asked_for(self) -> None:
		with self.assertRaises(frappe.ValidationError) as caught:
			self.accept()
		message = str(caught.exception)
		self.assertIn(self.client.name, message)
		self.assertIn("confirm that the person is new", message)
		self.assertNotIn("Wendeline", message)

	def test_the_chosen_client_is_linked_and_not_overwritten(self) -> None:
		answer = self.accept(client=self.client.name)
		self.assertEqual(answer["client"], self.client.name)
		self.assertEqual(self.stored(self.client, "pronouns"), "she")
		self.assertEqual(self.stored(self.client, "preferred_name"), "Wendeline")
		self.assertEqual(
			frappe.db.get_value("Client Case", answer["client_case"], "client"), self.client.name
		)

	def test_a_new_person_gets_a_record_of_their_own(self) -> None:
		answer = self.accept(new_person=True)
		self.assertNotEqual(answer["client"], self.client.name)
		self.assertEqual(frappe.db.get_value("Client", answer["client"], "preferred_name"), "Wendelyn")

	def test_new_person_switched_off_in_any_spelling_does_not_confirm(self) -> None:
		for value in (False, 0, "0", "false", ""):
			with self.refused(self.client.name):
				self.accept(new_person=value)

	def test_new_person_as_a_form_sends_it_confirms(self) -> None:
		self.assertNotEqual(self.accept(new_person="1")["client"], self.client.name)

	def test_an_existing_client_and_a_new_person_at_once_are_refused(self) -> None:
		with self.refused(self.intake.name, "either an existing client or a new one"):
			self.accept(client=self.client.name, new_person=True)

	def test_a_client_who_is_no_match_and_not_seen_cannot_be_chosen(self) -> None:
		other = make_client("Ottokar")
		for code in (other.name, "CL-99999"):
			with self.refused(code, "neither a likely match", exception=frappe.PermissionError):
				self.accept(client=code)
		self.assertEqual(self.stored(self.intake, "status"), "Screening")

	def test_a_client_whom_the_user_sees_can_be_chosen(self) -> None:
		with self.as_user(self.user):
			seen = frappe.get_doc({"doctype": "Client", "preferred_name": "Ottokar"}).insert()
		self.assertEqual(self.accept(client=seen.name)["client"], seen.name)

	def test_a_restricted_client_is_neither_named_nor_chosen(self) -> None:
		self.client.reload()
		self.client.update({"restricted": 1, "access_list": [{"user": make_lead()}]})
		self.client.save()
		with self.refused(self.client.name, exception=frappe.PermissionError):
			self.accept(client=self.client.name)
		self.assertNotEqual(self.accept()["client"], self.client.name)

	def test_a_choice_made_before_the_client_was_restricted_is_checked_again(self) -> None:
		self.change(self.intake, match_choice=self.client.name)
		self.client.reload()
		self.client.update({"restricted": 1, "access_list": [{"user": make_lead()}]})
		self.client.save()
		with self.refused("neither a likely match", exception=frappe.PermissionError):
			self.accept()

	def test_the_choice_in_the_form_is_checked_alike(self) -> None:
		with self.refused("neither a likely match", exception=frappe.PermissionError):
			self.change(self.intake, match_choice=make_client("Ottokar").name)

	def test_the_workflows_button_asks_for_the_choice_and_follows_it(self) -> None:
		intake = self.change(self.intake, decision_informed_on=now_datetime(), case_manager=MANAGER)
		with self.as_user(self.user), self.refused(self.client.name, "confirm that the person is new"):
			apply_workflow(intake, "Accept")
		intake = self.change(self.intake, match_choice=self.client.name)
		with self.as_user(make_lead()):
			apply_workflow(intake, "Accept")
		self.assertEqual(self.stored(intake, "client"), self.client.name)
		self.assertEqual(
			frappe.db.get_value("Client Case", {"intake": intake.name}, "client"), self.client.name
		)


class TestCompanions(IntakeTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.intake = self.make_screened(
			"Wendeline",
			companions=[
				{
					"person_name": "Bo",
					"birth_date": add_years(today(), -7),
					"relationship": "Relationship to Head of Household-2",
					"needs_support": 1,
				},
				{
					"person_name": "Ottokar",
					"relationship": "Relationship to Head of Household-3",
					"needs_support": 0,
				},
			],
		)
		self.answer = self.do(self.intake, "accept", case_manager=MANAGER, **TOLD)

	def test_b7_who_needs_support_gets_a_client_record_and_a_case(self) -> None:
		(member,) = self.answer["members"]
		case = frappe.get_doc("Client Case", member["client_case"])
		self.assertEqual(case.client, member["client"])
		self.assertEqual(case.head_case, self.answer["client_case"])
		self.assertEqual(case.relationship_to_head, "Relationship to Head of Household-2")
		self.assertEqual((case.program, case.case_manager), (self.program.name, MANAGER))
		self.assertEqual(frappe.db.get_value("Client", member["client"], "preferred_name"), "Bo")

	def test_the_intake_says_who_became_which_client(self) -> None:
		rows = frappe.get_doc("Client Intake", self.intake.name).companions
		self.assertEqual([row.client for row in rows], [self.answer["members"][0]["client"], None])

	def test_head_and_member_name_each_other(self) -> None:
		member = self.answer["members"][0]["client"]
		head = frappe.get_doc("Client", self.answer["client"])
		row = next(row for row in head.relationships if row.related_client == member)
		self.assertEqual((row.in_household, row.in_care), (1, 1))
		back = frappe.get_doc("Client", member).relationships
		self.assertEqual([row.related_client for row in back], [head.name])

	def test_who_needs_no_support_is_named_only(self) -> None:
		head = frappe.get_doc("Client", self.answer["client"])
		named = [(row.person_name, row.related_client) for row in head.relationships if row.person_name]
		self.assertEqual(named, [("Ottokar", None)])
		self.assertFalse(frappe.db.exists("Client", {"preferred_name": "Ottokar"}))

	def test_a_child_who_came_before_keeps_their_record(self) -> None:
		again = self.make_screened(
			"Wendeline",
			companions=[{"person_name": "Beau", "birth_date": add_years(today(), -7), "needs_support": 1}],
		)
		self.do(again, "find_matches")
		self.do(again, "accept", client=self.answer["client"], case_manager=MANAGER, **TOLD)
		with self.as_user(make_lead()):
			answer = again.confirm_match()
		self.assertEqual(answer["members"][0]["client"], self.answer["members"][0]["client"])
		self.assertNotEqual(answer["members"][0]["client_case"], self.answer["members"][0]["client_case"])

	def test_the_team_of_the_head_sees_the_member(self) -> None:
		with self.as_user(make_worker()):
			self.assertIn(self.answer["members"][0]["client"], frappe.get_list("Client", pluck="name"))
