"""Conflicts that deny (design §5): a worker and a client who know each other, and a client's “not this worker”."""

import frappe
from frappe.desk.form.assign_to import add as assign
from frappe.desk.reportview import get_count
from frappe.desk.search import search_link
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.access.emergency import give_access
from case_management.case_management.entry.matching import find_matches
from case_management.case_management.meeting.meeting_calendar import get_events
from case_management.case_management.meeting.meetings import ensure_next_meeting
from case_management.case_management.record.actions import store
from case_management.permissions import CLIENT_RECORDS
from case_management.tests.base import UNSEEN, CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_case,
	make_client,
	make_intake_worker,
	make_lead,
	make_program,
	make_user,
	make_worker,
)


def declare(client: str, user: str | None = None, by: str = "Worker", **values: object) -> Document:
	declaration = {"doctype": "Conflict Declaration", "client": client, "user": user, "declared_by": by}
	return frappe.get_doc({**declaration, **values}).insert()


def count(doctype: str, name: str) -> int:
	"""Return how many records of a name the Desk's list counts."""
	filters = frappe.as_json([[doctype, "name", "=", name]])
	frappe.local.form_dict = frappe._dict(
		doctype=doctype, filters=filters, fields='["name"]', distinct="false"
	)
	return get_count()


class ConflictTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.worker, self.lead = make_worker(), make_lead()
		self.case = make_active_case(make_client("Known Person", birth_date="1980-05-17"))
		self.client = self.case.client

	def declare(self, by: str = "Client", user: str | None = None, declarer: str | None = None) -> Document:
		with self.as_user(declarer or self.lead):
			return declare(self.client, user or self.worker, by)

	def sees(self, user: str, doctype: str = "Client", name: str | None = None) -> bool:
		"""Tell whether a user sees a record; list, count and record must say the same."""
		name = name or self.client
		with self.as_user(user):
			listed = bool(frappe.get_list(doctype, {"name": name}))
			counted = count(doctype, name)
			allowed = self.sees_record(user, doctype, name)
		self.assertEqual([listed, bool(counted)], [allowed, allowed])
		return allowed

	def get_notices(self, name: str) -> dict[str, str]:
		rows = frappe.get_all(
			"Notification Log", {"document_name": name}, ["for_user", "subject", "email_content"]
		)
		return {row.for_user: f"{row.subject} {row.email_content}" for row in rows}


class TestDeclaring(ConflictTestCase):
	def test_a_worker_declares_that_they_know_a_client_and_sees_nothing_from_then_on(self) -> None:
		self.assertTrue(self.sees(self.worker))
		with self.as_user(self.worker):
			declaration = declare(self.client)
		self.assertEqual(self.stored(declaration, "user"), self.worker)
		self.assertFalse(self.sees(self.worker))

	def test_the_team_records_a_clients_not_this_worker_without_a_reason(self) -> None:
		colleague = make_worker("colleague")
		with self.as_user(self.lead):
			frappe.get_doc("Client Case", self.case.name).add_team_member(user=colleague)
		self.declare(declarer=colleague)
		self.assertFalse(self.sees(self.worker))
		self.assertTrue(self.sees(colleague))

	def test_a_worker_does_not_declare_for_a_colleague(self) -> None:
		with self.as_user(self.worker):
			with self.refused("only that they themselves"):
				declare(self.client, make_worker("colleague"), "Worker")
			with self.refused("Only a team leader"):
				declare(self.client, make_worker("colleague"), "Team Leader")

	def test_who_does_not_see_the_client_declares_nothing_and_learns_nothing(self) -> None:
		"""Whoever sees the client records it for them: a code that is taken would tell that it is somebody's."""
		for client in (self.client, f"{self.client}9"):
			for user, declarer in ((make_worker("other"), "Worker"), (self.worker, "Client")):
				refused = self.refused(exception=frappe.PermissionError)
				with self.as_user(make_worker("other")), refused:
					declare(client, user, declarer)

	def test_a_leader_declares_for_a_worker_who_does_not_see_the_client(self) -> None:
		other = make_worker("other")
		declaration = self.declare(user=other, declarer=self.lead)
		with self.as_user(other):
			self.assertFalse(declaration.has_permission("read"))

	def test_the_same_is_declared_once_and_neither_learns_of_the_others(self) -> None:
		first = self.declare()
		with self.refused(first.name, "already"):
			self.declare()
		with self.as_user(self.worker), self.refused(exception=frappe.PermissionError):
			declare(self.client)

	def test_it_is_about_somebody_who_works_here(self) -> None:
		for nobody in ("Administrator", make_user(name="portal-person"), "Guest"):
			with self.subTest(nobody=nobody), self.refused("no worker" if nobody != "Guest" else "Guest"):
				frappe.db.set_value("User", nobody, "user_type", "Website User")
				self.declare(user=nobody)

	def test_a_client_who_is_not_there_is_refused(self) -> None:
		"""Frappe 15 takes a link to nothing from which another field is fetched."""
		with self.as_user(self.worker), self.refused(exception=frappe.PermissionError):
			declare("CL-99999")

	def test_it_is_not_declared_for_tomorrow_nor_ended_by_a_plain_save(self) -> None:
		with self.as_user(self.lead), self.refused("Declared on", "future"):
			declare(self.client, self.worker, "Client", declared_on=add_days(today(), 1))
		declaration = self.declare()
		with self.as_user(self.lead):
			frappe.get_doc(declaration.doctype, declaration.name).update({"ended_on": today()}).save()
		self.assertIsNone(self.stored(declaration, "ended_on"))


class TestNothingIsSeen(ConflictTestCase):
	def test_no_record_of_the_client_is_listed_or_opened(self) -> None:
		self.declare()
		with self.as_user(self.worker):
			for doctype in CLIENT_RECORDS:
				if frappe.has_permission(doctype, "read"):
					filters = {"name" if doctype == "Client" else "client": self.client}
					self.assertEqual(frappe.get_list(doctype, filters), [], doctype)
			meeting = frappe.db.get_value("Case Meeting", {"client": self.client})
			for doctype, name in (("Client Case", self.case.name), ("Case Meeting", meeting)):
				with self.assertRaises(UNSEEN):
					frappe.get_doc(doctype, name).check_permission("read")

	def test_search_matches_calendar_and_child_rows_leave_the_client_out(self) -> None:
		def find() -> list[bool]:
			rows = frappe.get_list(
				"Case Team Member", {"parent": self.case.name}, parent_doctype="Client Case"
			)
			events = get_events("Case Meeting", "2000-01-01", "2100-01-01")
			matches = find_matches("Known Person", "1980-05-17")
			return [
				self.client in str(search_link("Client", self.client)),
				bool(rows),
				self.client in str(events),
				self.client in str(matches),
			]

		for declared in (False, True):
			if declared:
				self.declare()
			with self.as_user(self.worker):
				self.assertEqual(find(), [not declared] * 4)

	def test_a_leader_in_conflict_sees_nothing_either(self) -> None:
		self.declare(user=self.lead, declarer=self.worker)
		self.assertFalse(self.sees(self.lead))

	def test_neither_who_made_the_client_nor_who_has_an_intake_nor_an_emergency_sees_them(self) -> None:
		intake_worker = make_intake_worker()
		with self.as_user(intake_worker):
			made = frappe.get_doc({"doctype": "Client", "preferred_name": "Just Made"}).insert()
			give_access(client=self.client, reason="Somebody threatens them at the door")
		intake = {"doctype": "Client Intake", "person_name": "Known", "program": self.case.program}
		intake = store(frappe.get_doc({**intake, "intake_worker": intake_worker}))
		intake.db_set("client", self.client)
		for client in (made.name, self.client):
			self.assertTrue(self.sees(intake_worker, name=client))
			declare(client, intake_worker, "Client")
			self.assertFalse(self.sees(intake_worker, name=client))
		self.assertFalse(self.sees(intake_worker, "Client Intake", intake.name))

	def test_a_household_that_relies_on_the_heads_team_is_out_of_sight_with_the_head(self) -> None:
		child = make_case(make_client("Small Person"), head_case=self.case.name)
		own = make_case(
			make_client("Own Person"), head_case=self.case.name, case_manager=make_worker("childs-own")
		)
		self.assertTrue(self.sees(self.worker, name=child.client))
		self.declare()
		self.assertFalse(self.sees(self.worker, name=child.client))
		self.assertTrue(self.sees(make_worker("childs-own"), name=own.client))

	def test_the_declaration_is_not_for_the_worker_concerned_even_when_it_has_ended(self) -> None:
		declaration = self.declare()
		self.assertFalse(self.sees(self.worker, declaration.doctype, declaration.name))
		with self.as_user(self.lead):
			frappe.get_doc(declaration.doctype, declaration.name).end(reason="Talked about it")
		self.assertTrue(self.sees(self.worker))
		self.assertFalse(self.sees(self.worker, declaration.doctype, declaration.name))
		self.assertTrue(self.sees(self.lead, declaration.doctype, declaration.name))


class TestEnding(ConflictTestCase):
	def end(self, declaration: Document, user: str, **values: object) -> dict:
		with self.as_user(user):
			return frappe.get_doc(declaration.doctype, declaration.name).end(**values)

	def test_the_leader_of_the_client_ends_it_once_with_a_reason(self) -> None:
		declaration = self.declare()
		with self.refused(declaration.name, "reason"):
			self.end(declaration, self.lead)
		answer = self.end(declaration, self.lead, reason="The client asked for the worker")
		self.assertEqual(answer, self.end(declaration, self.lead))
		self.assertEqual(answer, {"ended_on": getdate()})
		self.assertTrue(self.sees(self.worker))
		self.assertFalse(frappe.db.get_value("Client Case", self.case.name, "manager_in_conflict"))

	def test_nobody_else_ends_it(self) -> None:
		colleague = make_worker("colleague")
		with self.as_user(self.lead):
			frappe.get_doc("Client Case", self.case.name).add_team_member(user=colleague)
		declaration = self.declare()
		for user in (self.worker, colleague, make_lead("other-lead")):
			with self.subTest(user=user), self.refused(exception=frappe.PermissionError):
				self.end(declaration, user, reason="It is nothing")
		self.assertIsNone(self.stored(declaration, "ended_on"))

	def test_a_leader_does_not_end_their_own(self) -> None:
		declaration = self.declare(user=self.lead, declarer=self.worker)
		with self.refused(exception=frappe.PermissionError):
			self.end(declaration, self.lead, reason="It is nothing")

	def test_it_does_not_end_before_it_was_declared_nor_in_the_future(self) -> None:
		declaration = self.declare()
		for day, words in ((-1, "before it was declared"), (1, "future")):
			with self.refused(declaration.name, "Ended on", words):
				self.end(declaration, self.lead, on=add_days(today(), day), reason="Over")


class TestTheWorkIsTakenOver(ConflictTestCase):
	def test_c20_the_case_shows_that_it_needs_a_manager_until_it_has_another(self) -> None:
		marked = {"name": self.case.name, "manager_in_conflict": 1}
		self.declare()
		with self.as_user(self.lead):
			self.assertTrue(frappe.get_list("Client Case", marked))
			frappe.get_doc("Client Case", self.case.name).change_case_manager(user=make_worker("other"))
			self.assertFalse(frappe.get_list("Client Case", marked))
		meeting = frappe.db.get_value(
			"Case Meeting", {"client": self.client, "status": "Scheduled"}, "worker"
		)
		self.assertEqual(meeting, make_worker("other"))

	def test_the_leader_is_told_by_code(self) -> None:
		declaration = self.declare(by="Worker", declarer=self.lead)
		notices = self.get_notices(declaration.name)
		self.assertEqual(set(notices), {self.lead})
		self.assertIn(self.client, notices[self.lead])
		self.assertNotIn("Known Person", notices[self.lead])

	def test_nobody_is_told_where_nothing_must_be_taken_over(self) -> None:
		self.assertEqual(self.get_notices(self.declare(user=make_worker("other")).name), {})

	def test_where_the_leader_is_in_conflict_the_deputy_is_told_and_sees_the_case(self) -> None:
		deputy = make_lead("other-lead")
		frappe.db.set_value("Support Program", self.case.program, "deputy_lead", deputy)
		declaration = self.declare(user=self.lead, declarer=self.worker)
		self.assertEqual(set(self.get_notices(declaration.name)), {deputy})
		self.assertTrue(self.sees(deputy))

	def test_without_a_deputy_the_administrators_are_told_by_code_and_see_nothing(self) -> None:
		admin = make_user(name="admin")
		declaration = self.declare(user=self.lead, declarer=self.worker)
		notices = self.get_notices(declaration.name)
		self.assertIn(admin, notices)
		self.assertNotIn(self.lead, notices)
		self.assertIn(f"take over the work with {self.client}", notices[admin])
		self.assertNotIn("Known Person", notices[admin])
		with self.as_user(admin):
			self.assertFalse(self.sees_record(frappe.session.user, "Client", self.client))

	def test_what_the_worker_had_to_do_about_the_client_is_the_leaders(self) -> None:
		todo = {"doctype": "ToDo", "description": "Call", "allocated_to": self.worker, "status": "Open"}
		about = {"reference_type": "Client Case", "reference_name": self.case.name}
		with self.as_user(self.worker):
			todo = frappe.get_doc({**todo, **about}).insert()
			elsewhere = frappe.get_doc({"doctype": "ToDo", "description": "Tea", "allocated_to": self.worker})
			elsewhere.insert()
		self.declare()
		self.assertFalse(self.sees(self.worker, "ToDo", todo.name))
		self.assertEqual(self.stored(todo, "allocated_to"), self.lead)
		self.assertEqual(self.stored(elsewhere, "allocated_to"), self.worker)

	def test_meetings_ahead_are_nobodys_and_the_next_one_is_not_theirs(self) -> None:
		self.declare()
		meetings = {"client": self.client, "status": "Scheduled"}
		self.assertEqual(frappe.get_all("Case Meeting", meetings, pluck="worker"), [None])
		frappe.db.delete("Case Meeting", meetings)
		ensure_next_meeting(self.case.name)
		self.assertEqual(frappe.get_all("Case Meeting", meetings, pluck="worker"), [None])


class TestNobodyGivesThemTheWork(ConflictTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.other = make_worker("other")
		self.declare(user=self.other)

	def do(self, act: str, **values: object) -> dict:
		with self.as_user(self.lead):
			return getattr(frappe.get_doc("Client Case", self.case.name), act)(**values)

	def test_c12_not_on_the_team_and_not_as_case_manager(self) -> None:
		for act in ("add_team_member", "change_case_manager"):
			with self.subTest(act=act), self.refused(self.case.name, self.other, "somebody else"):
				self.do(act, user=self.other)

	def test_not_as_the_manager_of_another_case_of_the_client(self) -> None:
		program = make_program("Second Program", lead=self.lead)
		with self.refused(self.other, "somebody else"):
			make_case(frappe.get_doc("Client", self.client), program, case_manager=self.other)

	def test_not_as_a_meetings_worker_or_attendee(self) -> None:
		meeting = frappe.get_last_doc("Case Meeting", {"client": self.client})
		row = {"kind": "Other Worker", "user": self.other}
		for change in ({"worker": self.other}, {"attendees": [row]}):
			with self.as_user(self.worker), self.refused(meeting.name, self.other):
				frappe.get_doc("Case Meeting", meeting.name).update(change).save()

	def test_not_an_intake_of_the_client(self) -> None:
		self.declare(user=make_intake_worker())
		intake = {"doctype": "Client Intake", "person_name": "Known", "program": self.case.program}
		intake = store(frappe.get_doc(intake))
		intake.db_set("client", self.client)
		with self.as_user(self.lead), self.refused(intake.name, "somebody else"):
			frappe.get_doc("Client Intake", intake.name).assign(intake_worker=make_intake_worker())

	def test_nothing_to_do_for_the_client(self) -> None:
		todo = {
			"doctype": "ToDo",
			"description": "Call",
			"allocated_to": self.other,
			"assigned_by": self.lead,
		}
		about = {"reference_type": "Client Case", "reference_name": self.case.name}
		with self.as_user(self.lead):
			with self.refused(self.other, "somebody else"):
				frappe.get_doc({**todo, **about}).insert()
			mine = frappe.get_doc({**todo, **about, "allocated_to": self.lead}).insert()
			with self.refused(self.other, "somebody else"):
				mine.update({"allocated_to": self.other}).save()
		with self.as_user(self.lead), self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
			assign({"assign_to": [self.other], "doctype": "Client", "name": self.client})

	def test_an_ended_declaration_stands_in_nobodys_way(self) -> None:
		declaration = frappe.get_last_doc("Conflict Declaration", {"user": self.other})
		with self.as_user(self.lead):
			declaration.end(reason="Over")
		self.assertIn(self.other, self.do("add_team_member", user=self.other)["team"])
