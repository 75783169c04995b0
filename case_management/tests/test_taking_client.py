"""Taking a client who is here already: a team leader confirms it, who has their care hears of it, searches are counted."""

from unittest.mock import Mock, patch

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import CallbackManager, add_days, now_datetime, today

from case_management.case_management.access.emergency import give_access
from case_management.case_management.entry.match_search import search
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_client,
	make_intake_worker,
	make_lead,
	make_program,
	make_screened_intake,
	make_user,
	make_worker,
)

LOG = "Client Access Log"
TOLD = {"informed_how": "On the phone"}
CHILD = "Relationship to Head of Household-2"
SEARCHED = {"access_kind": "Searched"}


class TakingTestCase(CaseTestCase):
	"""An intake of a person who has a case in one program, made by a worker of another."""

	def setUp(self) -> None:
		super().setUp()
		self.lead, self.taker, self.other_lead = make_lead(), make_worker("other"), make_lead("other-lead")
		self.client = make_client("Wendeline Kwamby", birth_date="1991-03-04")
		self.case = make_active_case(self.client, make_program())
		self.program = make_program("Other Program", "Voluntary", lead=self.other_lead)
		self.intake = self.make_intake()

	def make_intake(self, name: str = "Wendelyn Quamby", user: str | None = None, **values) -> Document:
		with self.as_user(user or self.taker):
			person = {"birth_date": "1991-03-04", **values}
			intake = make_screened_intake(name, program=self.program, **person)
		return intake

	def do(self, action: str, user: str | None = None, intake: Document | None = None, **arguments) -> dict:
		with self.as_user(user or self.taker):
			doc = frappe.get_doc("Client Intake", (intake or self.intake).name)
			return getattr(doc, action)(**arguments)

	def take(self, user: str | None = None, **arguments) -> dict:
		"""Search, as the Desk does, and accept the intake for the client."""
		self.do("find_matches", user)
		given = {"client": self.client.name, "case_manager": self.taker, **TOLD}
		return self.do("accept", user, **{**given, **arguments})

	def get(self, field: str) -> object:
		return self.stored(self.intake, field)

	def sees(self, user: str) -> bool:
		with self.as_user(user):
			return bool(frappe.get_list("Client", {"name": self.client.name}))

	def get_told(self) -> dict[str, str]:
		rows = frappe.get_all(
			"Notification Log",
			{"document_name": self.intake.name},
			["for_user", "subject", "email_content"],
		)
		return {row.for_user: f"{row.subject} {row.email_content}" for row in rows}


class TestAsking(TakingTestCase):
	def test_nobody_makes_themselves_case_manager_of_a_client_whom_they_do_not_see(self) -> None:
		answer = self.take()
		self.assertEqual(answer["match_confirmation"], "Asked")
		self.assertIsNone(answer["client_case"])
		self.assertEqual(self.get("status"), "Screening")
		self.assertFalse(frappe.db.exists("Client Case", {"intake": self.intake.name}))
		self.assertFalse(self.sees(self.taker))

	def test_nothing_that_was_entered_is_lost(self) -> None:
		yesterday = add_days(now_datetime(), -1).replace(microsecond=0)
		self.take(on=yesterday)
		self.assertEqual(self.get("match_choice"), self.client.name)
		self.assertEqual(self.get("case_manager"), self.taker)
		self.assertEqual(self.get("decision_informed_how"), "On the phone")
		self.assertEqual(self.get("match_asked_by"), self.taker)
		self.do("confirm_match", self.lead)
		self.assertEqual(self.get("decided_on"), yesterday)

	def test_asking_twice_is_asking_once(self) -> None:
		self.take()
		asked_on = self.get("match_asked_on")
		self.take(case_manager=make_worker("colleague"))
		self.assertEqual(self.get("match_asked_on"), asked_on)
		self.assertEqual(self.get("case_manager"), make_worker("colleague"))

	def test_what_stands_in_the_way_of_an_acceptance_is_said_before_a_leader_is_asked(self) -> None:
		with self.refused(self.intake.name, "told of it"):
			self.take(informed_how=None)
		frappe.db.set_value("Support Program", self.program.name, "participation", "Compulsory")
		frappe.clear_document_cache("Support Program", self.program.name)
		with self.refused("case manager"):
			self.take(case_manager=None)
		frappe.clear_document_cache("Support Program", self.program.name)

	def test_the_leaders_get_a_to_do_and_a_notification_that_name_codes_only(self) -> None:
		self.take()
		told = self.get_told()
		self.assertEqual(set(told), {self.lead, self.other_lead})
		for text in told.values():
			self.assertIn(self.client.name, text)
			self.assertNotIn("Wendel", text)
		about = {"reference_name": self.intake.name, "status": "Open"}
		todos = frappe.get_all("ToDo", about, pluck="allocated_to")
		self.assertEqual(set(todos), {self.lead, self.other_lead})

	def test_the_to_dos_are_closed_when_it_is_answered(self) -> None:
		self.take()
		self.do("confirm_match", self.lead)
		self.assertFalse(frappe.db.exists("ToDo", {"reference_name": self.intake.name, "status": "Open"}))

	def test_the_clients_leader_sees_the_intake_while_asked_and_no_other_leader_does(self) -> None:
		def sees(user: str) -> bool:
			with self.as_user(user):
				return bool(frappe.get_list("Client Intake", {"name": self.intake.name}))

		self.assertFalse(sees(self.lead))
		self.take()
		self.assertTrue(sees(self.lead))
		self.assertFalse(sees(make_user("Case Manager Lead", name="third-lead")))
		self.do("decline_match", self.lead, reason="It is somebody else")
		self.assertFalse(sees(self.lead))

	def test_it_is_refused_where_no_leader_could_confirm(self) -> None:
		programs = {"name": ("in", (self.program.name, self.case.program))}
		frappe.db.set_value("Support Program", programs, {"lead": None, "deputy_lead": None})
		with self.refused(self.intake.name, "leader"):
			self.take()


class TestConfirming(TakingTestCase):
	def test_a_leader_of_the_clients_program_confirms_and_so_completes_it(self) -> None:
		self.take()
		answer = self.do("confirm_match", self.lead)
		self.assertEqual((answer["client"], answer["match_confirmation"]), (self.client.name, "Confirmed"))
		case = frappe.get_doc("Client Case", answer["client_case"])
		self.assertEqual((case.client, case.case_manager), (self.client.name, self.taker))
		self.assertEqual(self.get("status"), "Accepted")
		self.assertEqual(self.get("match_answered_by"), self.lead)
		self.assertTrue(self.sees(self.taker))

	def test_a_leader_of_the_intakes_program_confirms(self) -> None:
		self.take()
		self.assertTrue(self.do("confirm_match", self.other_lead)["client_case"])

	def test_confirming_twice_gives_the_same(self) -> None:
		self.take()
		answer = self.do("confirm_match", self.lead)
		self.assertEqual(self.do("confirm_match", self.lead), answer)

	def test_who_leads_neither_does_not_confirm(self) -> None:
		self.take()
		for user in (self.taker, make_intake_worker()):
			with self.refused(exception=frappe.PermissionError):
				frappe.db.set_value("Client Intake", self.intake.name, "intake_worker", user)
				self.do("confirm_match", user)

	def test_a_leader_in_conflict_with_the_client_does_not_confirm(self) -> None:
		declaration = {"doctype": "Conflict Declaration", "client": self.client.name, "declared_by": "Client"}
		frappe.get_doc({**declaration, "user": self.other_lead}).insert()
		self.take()
		with self.refused(exception=frappe.PermissionError):
			self.do("confirm_match", self.other_lead)
		self.assertEqual(set(self.get_told()), {self.lead})

	def test_what_nobody_asked_for_is_not_confirmed(self) -> None:
		with self.refused(self.intake.name):
			self.do("confirm_match", self.other_lead)

	def test_a_leader_declines_with_a_reason_and_the_worker_hears_it(self) -> None:
		self.take()
		with self.refused(self.intake.name, "reason"):
			self.do("decline_match", self.lead)
		answer = self.do("decline_match", self.lead, reason="It is somebody else")
		self.assertEqual(answer, {"match_confirmation": "Declined"})
		self.assertEqual(self.get("status"), "Screening")
		self.assertIn(self.taker, self.get_told())
		self.assertEqual(self.get("match_answer_note"), "It is somebody else")
		self.assertTrue(self.do("accept", new_person=1, **TOLD)["client_case"])

	def test_a_declined_match_can_be_asked_for_again(self) -> None:
		self.take()
		self.do("decline_match", self.lead, reason="Ask for the birth date")
		self.assertEqual(self.take()["match_confirmation"], "Asked")

	def test_another_choice_needs_another_confirmation(self) -> None:
		self.take()
		other = make_client("Wendeline Kwamby", birth_date="1991-03-04")
		self.do("find_matches")
		frappe.db.set_value("Client Intake", self.intake.name, "matches_searched_on", None)
		self.do("find_matches")
		with self.as_user(self.taker):
			intake = frappe.get_doc("Client Intake", self.intake.name)
			intake.update({"match_choice": other.name, "match_confirmation": "Confirmed"})
			intake.save()
		self.assertFalse(self.get("match_confirmation"))

	def test_the_workflows_button_does_not_go_past_it(self) -> None:
		self.do("find_matches")
		with self.as_user(self.taker):
			intake = frappe.get_doc("Client Intake", self.intake.name)
			values = {"match_choice": self.client.name, "decision_informed_on": now_datetime()}
			intake.update(values).save()
			with self.refused(self.intake.name, "confirm", exception=frappe.PermissionError):
				apply_workflow(frappe.get_doc("Client Intake", self.intake.name), "Accept")


class TestWhoNeedsNoConfirmation(TakingTestCase):
	def test_who_sees_the_client_already_accepts(self) -> None:
		with self.as_user(self.lead):
			frappe.get_doc("Client Case", self.case.name).add_team_member(user=self.taker)
		self.assertTrue(self.take()["client_case"])

	def test_emergency_access_is_not_seeing_the_client(self) -> None:
		with self.as_user(self.taker):
			give_access(client=self.client.name, reason="Somebody threatens them at the door")
		self.assertTrue(self.sees(self.taker))
		self.assertEqual(self.take()["match_confirmation"], "Asked")

	def test_emergency_access_does_not_become_a_case_of_ones_own(self) -> None:
		"""Nor a place in the household of another client."""
		reason = "Somebody threatens them at the door"
		own = make_active_case(make_client("Own Person"), make_program(), case_manager=self.taker)
		with self.as_user(self.taker):
			give_access(client=self.client.name, reason=reason)
			with self.refused(self.client.name, exception=frappe.PermissionError):
				frappe.get_doc("Client Case", own.name).add_household_member(client=self.client.name)
		elsewhere = make_program("Third Program", "Voluntary", lead=self.lead).name
		case = {"doctype": "Client Case", "client": self.client.name, "program": elsewhere}
		with self.as_user(self.other_lead):
			give_access(client=self.client.name, reason=reason)
			with self.refused(self.client.name, "emergency", exception=frappe.PermissionError):
				frappe.get_doc({**case, "opened_on": today()}).insert()

	def test_a_leader_accepts_without(self) -> None:
		self.assertTrue(self.take(self.other_lead)["client_case"])

	def test_a_new_person_needs_none(self) -> None:
		self.assertTrue(self.do("accept", new_person=1, **TOLD)["client_case"])

	def test_an_administrator_may_switch_it_off_for_a_program(self) -> None:
		self.program.reload()
		self.program.existing_client_needs_confirmation = 0
		self.program.save()
		self.assertTrue(self.take()["client_case"])
		self.assertIn(self.lead, self.get_told())

	def test_a_companion_who_is_a_client_not_seen_needs_one_too(self) -> None:
		child = make_client("Bo", birth_date="2019-01-01")
		head = frappe.get_doc("Client", self.client.name)
		head.append("relationships", {"related_client": child.name, "relationship": CHILD, "in_household": 1})
		head.save()
		make_active_case(child, make_program(), case_manager=make_worker("childs-own"))
		with self.as_user(self.lead):
			frappe.get_doc("Client Case", self.case.name).add_team_member(user=self.taker)
		companions = [{"person_name": "Beau", "birth_date": "2019-01-01", "needs_support": 1}]
		self.intake = self.make_intake(companions=companions)
		self.assertEqual(self.take()["match_confirmation"], "Asked")


class TestWhoHearsOfIt(TakingTestCase):
	def test_who_has_the_clients_care_hears_of_it_by_code(self) -> None:
		self.take()
		frappe.db.delete("Notification Log", {"document_name": self.intake.name})
		self.do("confirm_match", self.other_lead)
		told = self.get_told()
		self.assertLessEqual({self.lead, self.case.case_manager, self.taker}, set(told))
		self.assertNotIn(self.other_lead, told)
		for text in told.values():
			self.assertIn(self.client.name, text)
			self.assertNotIn("Wendel", text)

	def test_nobody_hears_of_a_new_person(self) -> None:
		self.do("accept", new_person=1, **TOLD)
		self.assertEqual(self.get_told(), {})


class TestSearches(TakingTestCase):
	def limit(self, searches: int) -> None:
		frappe.db.set_single_value("Case Management Settings", "match_searches_per_day", searches)

	def count(self, **filters) -> int:
		return frappe.db.count(LOG, {"user": self.taker, **filters})

	def test_a_search_is_logged_with_each_client_that_it_showed(self) -> None:
		self.do("find_matches")
		self.assertEqual(self.count(record_name=self.intake.name, **SEARCHED), 1)
		self.assertEqual(self.count(access_kind="Shown as Match", client=self.client.name), 1)

	def test_a_search_without_a_match_is_logged(self) -> None:
		self.do("find_matches", intake=self.make_intake("Nobody Else", birth_date=None))
		self.assertEqual((self.count(**SEARCHED), self.count(access_kind="Shown as Match")), (1, 0))

	def test_the_same_search_again_counts_once_and_a_changed_one_counts_anew(self) -> None:
		for _time in range(2):
			self.do("find_matches")
		self.assertEqual(self.count(**SEARCHED), 1)
		with self.as_user(self.taker):
			intake = frappe.get_doc("Client Intake", self.intake.name)
			intake.update({"person_name": "Wendelyn Quambie"}).save()
		self.do("find_matches")
		self.assertEqual(self.count(**SEARCHED), 2)

	def test_a_user_searches_no_more_than_settings_allow_in_a_day(self) -> None:
		self.limit(2)
		for _number in range(2):
			self.do("find_matches", intake=self.make_intake())
		with self.refused("2", "today"):
			self.do("find_matches", intake=self.make_intake())
		frappe.db.set_value(LOG, {"user": self.taker}, "accessed_on", add_days(now_datetime(), -1))
		self.assertTrue(self.do("find_matches", intake=self.make_intake()))

	def test_an_acceptance_that_looks_for_matches_counts_too(self) -> None:
		self.limit(1)
		self.do("find_matches")
		with self.refused("today"):
			self.do("accept", intake=self.make_intake(), **TOLD)

	def test_a_search_is_noted_again_where_the_request_is_undone(self) -> None:
		"""A refusal may tell of a match: it must not undo the count."""
		undone = CallbackManager()
		with (
			patch.object(frappe.local, "request", Mock(), create=True),
			patch.object(frappe.db, "after_rollback", undone),
			patch.object(frappe.db, "commit"),
			self.as_user(self.taker),
		):
			frappe.db.savepoint("search")
			search(frappe.get_doc("Client Intake", self.intake.name))
			frappe.db.rollback(save_point="search")
			self.assertEqual(self.count(**SEARCHED), 0)
			undone.run()
		self.assertEqual(self.count(**SEARCHED), 1)

	def test_a_limit_of_0_is_none(self) -> None:
		self.limit(0)
		self.assertTrue(self.do("find_matches"))

	def test_a_client_who_was_not_shown_is_not_chosen(self) -> None:
		"""Or a name or a birth date could be tried out against a code, past the count."""
		with self.refused(self.client.name, exception=frappe.PermissionError):
			self.do("accept", client=self.client.name, **TOLD)

	def test_what_another_user_was_shown_is_not_shown_to_all(self) -> None:
		self.do("find_matches")
		with self.refused(self.client.name, exception=frappe.PermissionError):
			frappe.db.set_value("Client Intake", self.intake.name, "intake_worker", make_intake_worker())
			self.do("accept", make_intake_worker(), client=self.client.name, **TOLD)

	def test_the_clients_leader_reads_who_was_shown_the_client_and_the_worker_does_not(self) -> None:
		self.do("find_matches")
		for user, count in ((self.lead, 1), (self.other_lead, 0)):
			with self.as_user(user):
				lines = frappe.get_list(LOG, {"record_name": self.intake.name}, ["client"])
			self.assertEqual(len(lines), count)


class TestWhatAMatchShows(TakingTestCase):
	def find(self, name: str, birth_date: str | None) -> dict:
		intake = self.make_intake(name, birth_date=birth_date)
		found = self.do("find_matches", intake=intake)
		return next(match for match in found if match["client"] == self.client.name)

	def test_the_name_is_shown_as_it_was_entered_and_no_other_way(self) -> None:
		self.assertEqual(self.find("wendeline  KWAMBY", None)["preferred_name"], "wendeline  KWAMBY")
		self.assertNotIn("preferred_name", self.find("Wendelyn Quamby", "1991-03-04"))

	def test_the_year_of_birth_is_shown_where_the_date_of_birth_agrees(self) -> None:
		self.assertEqual(self.find("Somebody Else", "1991-03-04")["birth_year"], 1991)
		self.assertNotIn("birth_year", self.find("Wendelyn Quamby", None))
		self.assertNotIn("birth_year", self.find("Wendelyn Quamby", "1970-01-01"))

	def test_an_open_case_is_shown_where_the_whole_name_or_the_date_of_birth_agrees(self) -> None:
		self.assertTrue(self.find("Wendelyn Quamby", None)["open_case"])
		self.assertTrue(self.find("Somebody Else", "1991-03-04")["open_case"])
		self.assertNotIn("open_case", self.find("Wendelyn", None))
		frappe.db.set_value("Client Case", {"client": self.client.name}, "status", "Closed")
		self.assertFalse(self.find("Wendelyn Quamby", None)["open_case"])
