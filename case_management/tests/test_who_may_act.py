"""A client never ends up without anybody who may act: who is told, what is refused, and who opens a way again (design §5)."""

from unittest.mock import patch

import frappe
from frappe.desk.query_report import run
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.access.emergency import give_access
from case_management.case_management.access.responsible import get_unattended, tell_of_unattended
from case_management.case_management.access.reviewing import add_to_access_list, end_declaration
from case_management.case_management.reminders.jobs import send_daily_case_reminders
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_client,
	make_lead,
	make_program,
	make_user,
	make_worker,
)

REPORT = "Access to Be Reviewed"
REASON = "Nobody else is there"


class ActingTestCase(CaseTestCase):
	"""A client of `worker`, in a program that `lead` leads, without a deputy."""

	def setUp(self) -> None:
		super().setUp()
		self.worker, self.lead, self.deputy = make_worker(), make_lead(), make_lead("other-lead")
		self.admin = make_user("Case Management Admin", name="admin")
		self.case = make_active_case(make_client("Known Person"), make_program("Acting Program"))
		self.client = self.case.client

	def declare(self, user: str, by: str = "Client") -> Document:
		declaration = {"doctype": "Conflict Declaration", "client": self.client, "user": user}
		return frappe.get_doc({**declaration, "declared_by": by, "reason": "He hurt me"}).insert()

	def set_deputy(self) -> None:
		frappe.db.set_value("Support Program", self.case.program, "deputy_lead", self.deputy)

	def restrict(self, *users: str) -> Document:
		client = frappe.get_doc("Client", self.client)
		client.update({"restricted": 1, "access_list": [{"user": user} for user in users]})
		return client.save()

	def disable(self, user: str) -> None:
		doc = frappe.get_doc("User", user)
		doc.enabled = 0
		doc.save()

	def get_told(self) -> dict[str, str]:
		"""Return who was told that nobody may act, and in which words."""
		about = {"document_type": "Client", "document_name": self.client}
		rows = frappe.get_all("Notification Log", about, ["for_user", "subject", "email_content"])
		return {row.for_user: f"{row.subject} {row.email_content}" for row in rows}


class TestBeingTold(ActingTestCase):
	def test_a_declaration_that_leaves_nobody_is_told_by_code(self) -> None:
		self.declare(self.worker)
		self.assertEqual(self.get_told(), {})
		self.declare(self.lead)
		told = self.get_told()
		self.assertIn(self.admin, told)
		self.assertIn(self.client, told[self.admin])
		self.assertNotIn("Known", told[self.admin])

	def test_the_end_of_a_team_that_leaves_nobody_is_told(self) -> None:
		other = make_worker("other")
		self.case.add_team_member(user=other)
		self.declare(self.lead)
		self.declare(self.worker)
		self.assertEqual(self.get_told(), {})
		frappe.get_doc("Client Case", self.case.name).end_team_member(user=other)
		self.assertIn(self.admin, self.get_told())

	def test_a_list_that_leaves_nobody_is_told(self) -> None:
		self.restrict(self.worker)
		self.assertEqual(self.get_told(), {})
		self.restrict(make_worker("other"))
		self.assertIn(self.admin, self.get_told())

	def test_disabling_the_last_user_is_told(self) -> None:
		self.restrict(self.worker)
		self.disable(make_worker("other"))
		self.assertEqual(self.get_told(), {})
		self.disable(self.worker)
		self.assertIn(self.admin, self.get_told())

	def test_taking_the_role_from_the_last_user_is_told(self) -> None:
		self.restrict(self.worker)
		user = frappe.get_doc("User", self.worker)
		user.set("roles", [])
		user.save()
		self.assertIn(self.admin, self.get_told())

	def test_another_leader_in_place_of_the_last_user_is_told(self) -> None:
		self.declare(self.worker)
		program = frappe.get_doc("Support Program", self.case.program)
		program.lead = None
		program.save()
		self.assertIn(self.admin, self.get_told())

	def test_emergency_access_is_not_enough(self) -> None:
		other = make_worker("other")
		with self.as_user(other):
			give_access(client=self.client, reason="Somebody threatens them at the door")
		self.declare(self.worker)
		self.declare(self.lead)
		self.assertIn(self.admin, self.get_told())

	def test_the_daily_job_tells_again(self) -> None:
		self.declare(self.worker)
		self.declare(self.lead)
		frappe.db.delete("Notification Log", {"document_name": self.client})
		with patch.object(frappe.db, "commit"), patch.object(frappe.db, "rollback"):
			send_daily_case_reminders()
		self.assertIn(self.admin, self.get_told())

	def test_a_client_whom_somebody_sees_is_not_told_of(self) -> None:
		self.assertNotIn(self.client, tell_of_unattended())
		self.assertEqual(get_unattended([self.client]), [])

	def test_the_deputy_hears_of_a_declaration_against_the_leader(self) -> None:
		self.set_deputy()
		declaration = self.declare(self.lead)
		about = {"document_name": declaration.name}
		self.assertEqual(frappe.get_all("Notification Log", about, pluck="for_user"), [self.deputy])


class TestAccessList(ActingTestCase):
	def test_a_list_on_which_nobody_could_act_is_refused(self) -> None:
		frappe.db.set_value("User", make_worker("other"), "enabled", 0)
		conflicted = make_worker("colleague")
		self.declare(conflicted)
		for users in ([make_worker("other")], [make_user(name="auditor")], [conflicted]):
			with self.subTest(users=users), self.refused(self.client, "access list"):
				self.restrict(*users)

	def test_a_list_with_one_who_could_is_taken(self) -> None:
		frappe.db.set_value("User", make_worker("other"), "enabled", 0)
		self.restrict(make_worker("other"), self.worker)
		self.assertEqual(frappe.db.get_value("Client", self.client, "restricted"), 1)

	def test_what_is_not_about_the_list_is_saved_whoever_is_on_it(self) -> None:
		self.restrict(self.worker)
		frappe.db.set_value("User", self.worker, "enabled", 0)
		client = frappe.get_doc("Client", self.client)
		client.pronouns = "they"
		client.save()
		self.assertEqual(self.stored(client, "pronouns"), "they")


class TestReviewingDeclarations(ActingTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.set_deputy()
		self.first = self.declare(self.lead)

	def end(self, user: str, declaration: Document, **given: object) -> dict:
		with self.as_user(user):
			return end_declaration(declaration.name, **{"reason": REASON, **given})

	def get_rows(self, user: str) -> list[dict]:
		with self.as_user(user):
			return run(REPORT, {}, ignore_prepared_report=True)["result"]

	def test_w8_while_a_leader_can_end_it_the_reviewer_does_not(self) -> None:
		self.assertEqual(self.get_rows(self.admin), [])
		with self.refused(self.first.name, exception=frappe.PermissionError):
			self.end(self.admin, self.first)
		with self.as_user(self.deputy):
			doc = frappe.get_doc("Conflict Declaration", self.first.name)
			self.assertEqual(doc.end(reason="It was a mistake"), {"ended_on": getdate()})

	def test_w8_with_leader_and_deputy_shut_out_the_reviewer_ends_it(self) -> None:
		second = self.declare(self.deputy)
		self.assertEqual(self.end(self.admin, second), {"ended_on": getdate()})
		self.assertEqual(self.stored(second, "ended_by"), self.admin)
		self.assertEqual(self.stored(second, "ended_reason"), REASON)
		with self.as_user(self.deputy):
			self.assertTrue(frappe.get_list("Client", {"name": self.client}))

	def test_the_reviewer_sees_code_worker_and_day_and_no_record(self) -> None:
		second = self.declare(self.deputy)
		rows = self.get_rows(self.admin)
		self.assertEqual({row["code"] for row in rows}, {self.first.name, second.name})
		self.assertEqual({row["user"] for row in rows}, {self.lead, self.deputy})
		for word in ("He hurt me", "Known", self.client):
			self.assertNotIn(word, str(rows))
		with self.as_user(self.admin):
			self.assertFalse(self.sees_record(frappe.session.user, "Conflict Declaration", second.name))
			self.assertFalse(self.sees_record(frappe.session.user, "Client", self.client))

	def test_the_reviewer_gives_a_reason_and_a_day_that_is_not_before_it(self) -> None:
		second = self.declare(self.deputy)
		for given, word in (({"reason": " "}, "reason"), ({"on": add_days(today(), -1)}, "before")):
			with self.refused(second.name, word):
				self.end(self.admin, second, **given)

	def test_nobody_else_ends_it_so(self) -> None:
		second = self.declare(self.deputy)
		for user in (self.worker, self.lead, self.deputy, make_user("Case Auditor", name="auditor")):
			with self.subTest(user=user), self.refused(exception=frappe.PermissionError):
				self.end(user, second)

	def test_a_reviewer_does_not_end_what_is_about_themselves(self) -> None:
		reviewer = frappe.get_doc("User", self.deputy)
		reviewer.append_roles("Case Management Admin")
		reviewer.save()
		second = self.declare(self.deputy)
		with self.refused(exception=frappe.PermissionError):
			self.end(self.deputy, second)

	def test_a_code_that_is_not_there_is_refused_in_the_same_words(self) -> None:
		texts = []
		for code in (self.first.name, "CONF-2026-99999"):
			with self.as_user(self.admin), self.assertRaises(frappe.PermissionError) as caught:
				end_declaration(code, REASON)
			texts.append(str(caught.exception).replace(code, ""))
		self.assertEqual(*texts)

	def test_settings_choose_the_role(self) -> None:
		settings = frappe.get_doc("Case Management Settings")
		settings.review_role = "Case Auditor"
		settings.save()
		second, auditor = self.declare(self.deputy), make_user("Case Auditor", name="auditor")
		with self.refused(exception=frappe.PermissionError):
			self.end(self.admin, second)
		self.assertEqual(len(self.get_rows(auditor)), 2)
		self.assertTrue(self.end(auditor, second))


class TestReviewingLists(ActingTestCase):
	def add(self, user: str | None, by: str | None = None, reason: str | None = REASON) -> dict:
		with self.as_user(by or self.admin):
			return add_to_access_list(self.client, user, reason)

	def test_the_reviewer_adds_a_leader_where_nobody_on_the_list_is_left(self) -> None:
		self.restrict(self.worker)
		with self.refused(self.client, exception=frappe.PermissionError):
			self.add(self.lead)
		frappe.db.set_value("User", self.worker, "enabled", 0)
		self.assertEqual(self.add(self.lead), {"client": self.client, "user": self.lead})
		with self.as_user(self.lead):
			self.assertTrue(frappe.get_list("Client", {"name": self.client}))
		with self.as_user(self.admin):
			self.assertFalse(self.sees_record(frappe.session.user, "Client", self.client))

	def test_the_reviewer_gives_a_reason_and_somebody_who_works_here(self) -> None:
		self.restrict(self.worker)
		frappe.db.set_value("User", self.worker, "enabled", 0)
		for user, reason in ((self.lead, ""), (self.worker, REASON), (None, REASON)):
			with self.subTest(user=user), self.refused(self.client):
				self.add(user, reason=reason)

	def test_a_client_who_is_not_restricted_is_none_of_the_reviewers(self) -> None:
		for user in (self.admin, self.lead):
			with self.refused(exception=frappe.PermissionError):
				self.add(self.lead, user)
