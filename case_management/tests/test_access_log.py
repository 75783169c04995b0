"""Who looked at a record (B26): a line for each look, that nobody changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import Mock, patch

import frappe
from frappe.desk.form.load import getdoc
from frappe.utils import add_to_date, now_datetime

from case_management.case_management.access.access_log import log_access
from case_management.case_management.report.who_looked_at_a_record.who_looked_at_a_record import execute
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_client, make_lead, make_worker
from case_management.tests.plan_factories import make_note


class LogTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.worker, self.lead = make_worker(), make_lead()
		self.case = make_active_case()
		self.client = self.case.client

	def get_lines(self, **filters) -> list[frappe._dict]:
		filters = {"client": self.client, **filters}
		fields = ["user", "access_kind", "record_type", "record_name"]
		return frappe.get_all("Client Access Log", filters, fields, order_by="creation, name")

	@contextmanager
	def in_request(self, user: str) -> Iterator[None]:
		"""Be in a web request of a user."""
		frappe.local.flags.commit = False
		with self.as_user(user), patch.object(frappe.local, "request", Mock(method="GET"), create=True):
			yield

	def open(self, doctype: str, name: str, user: str | None = None) -> None:
		with self.in_request(user or self.worker):
			frappe.get_doc(doctype, name).run_method("onload")


class TestLook(LogTestCase):
	def test_b26_opening_a_form_leaves_a_line_that_is_kept_although_it_came_by_get(self) -> None:
		with self.in_request(self.worker), patch.object(frappe.local, "response", frappe._dict(docs=None)):
			getdoc("Client Case", self.case.name)
			self.assertTrue(frappe.local.flags.commit)
		expected = {"user": self.worker, "access_kind": "Opened"}
		self.assertEqual(
			self.get_lines(), [{**expected, "record_type": "Client Case", "record_name": self.case.name}]
		)

	def test_b26_the_client_itself_and_printing_count_too(self) -> None:
		self.open("Client", self.client)
		with self.in_request(self.worker):
			frappe.get_doc("Client Case", self.case.name).run_method("before_print", None)
		kinds = [(line.access_kind, line.record_type) for line in self.get_lines()]
		self.assertEqual(kinds, [("Opened", "Client"), ("Printed", "Client Case")])

	def test_b26_the_same_form_again_within_the_hour_is_the_same_look(self) -> None:
		self.open("Client", self.client)
		self.open("Client", self.client)
		self.assertEqual(len(self.get_lines()), 1)
		self.open("Client", self.client, self.lead)
		self.assertEqual([line.user for line in self.get_lines()], [self.worker, self.lead])
		hour_ago = add_to_date(now_datetime(), minutes=-61)
		frappe.db.set_value("Client Access Log", {"client": self.client}, "accessed_on", hour_ago)
		self.open("Client", self.client)
		self.assertEqual(len(self.get_lines()), 3)

	def test_b26_jobs_new_records_and_the_log_itself_are_no_looks(self) -> None:
		frappe.get_doc("Client", self.client).run_method("onload")
		note = frappe.new_doc("Case Note").update({"client": self.client, "client_case": self.case.name})
		line = frappe.get_doc("Client Access Log", log_access(self.client, "Exported"))
		with self.in_request(self.lead):
			note.run_method("onload")
			line.run_method("onload")
		self.assertEqual([line.access_kind for line in self.get_lines()], ["Exported"])

	def test_b26_who_is_refused_the_record_leaves_no_line(self) -> None:
		with self.in_request(make_worker("other")), self.assertRaises(frappe.PermissionError):
			getdoc("Client Case", self.case.name)
		self.assertEqual(self.get_lines(), [])

	def test_b26_while_the_site_takes_no_writes_the_line_waits_and_is_stored_later(self) -> None:
		waiting = []
		with (
			patch.dict(frappe.flags, {"read_only": True}),
			patch(
				"case_management.case_management.access.access_log.deferred_insert",
				lambda _doctype, rows: waiting.extend(rows),
			),
		):
			self.open("Client", self.client)
		self.assertEqual(self.get_lines(), [])
		frappe.get_doc(frappe.parse_json(frappe.as_json(waiting[0]))).insert()
		self.assertEqual([line.user for line in self.get_lines()], [self.worker])


class TestLine(LogTestCase):
	def test_b26_nobody_changes_deletes_or_makes_a_line(self) -> None:
		line = frappe.get_doc("Client Access Log", log_access(self.client, "Opened", "Client", self.client))
		for user in ("Administrator", self.lead, self.worker):
			with self.in_request(user):
				for act in (
					lambda: frappe.get_doc(line.doctype, line.name).update({"user": self.lead}).save(),
					lambda: frappe.delete_doc(line.doctype, line.name, force=True),
					lambda: frappe.copy_doc(line).insert(),
				):
					with self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
						act()
		self.assertEqual(len(self.get_lines(user="Administrator")), 1)

	def test_b26_not_even_the_apps_own_code_changes_one(self) -> None:
		line = frappe.get_doc("Client Access Log", log_access(self.client, "Opened"))
		line.flags.by_rule = True
		with self.refused(line.name, "never changed"):
			line.update({"access_kind": "Printed"}).save()
		with self.refused(line.name, "never changed"):
			frappe.get_doc(line.doctype, line.name).run_method("on_trash")

	def test_b26_it_holds_no_name(self) -> None:
		fields = {field.fieldname for field in frappe.get_meta("Client Access Log").fields}
		self.assertFalse({"client_name", "preferred_name", "content"} & fields)


class TestReport(LogTestCase):
	def run_as(self, reader: str, **filters) -> list[dict]:
		with self.as_user(reader):
			return execute({"client": self.client, **filters})[1]

	def test_b26_a_leader_reads_who_looked_at_their_clients_and_no_other_leader_does(self) -> None:
		with self.as_user(self.worker):
			log_access(self.client, "Opened", "Case Note", make_note(self.case).name)
			log_access(make_active_case(make_client("Kim")).client, "Opened")
		rows = self.run_as(self.lead)
		self.assertEqual([(row["user"], row["access_kind"]) for row in rows], [(self.worker, "Opened")])
		self.assertEqual(self.run_as(make_lead("other-lead")), [])

	def test_b26_it_is_of_one_person_and_period_where_asked_for(self) -> None:
		for user in (self.worker, self.lead):
			with self.as_user(user):
				log_access(self.client, "Opened")
		self.assertEqual(len(self.run_as(self.lead, user=self.worker)), 1)
		day = frappe.utils.getdate()
		self.assertEqual(len(self.run_as(self.lead, from_date=day, to_date=day)), 2)
		self.assertEqual(self.run_as(self.lead, to_date=frappe.utils.add_days(day, -1)), [])
		with self.refused("ends before it begins"):
			self.run_as(self.lead, from_date=day, to_date=frappe.utils.add_days(day, -1))

	def test_b26_a_worker_has_no_such_report(self) -> None:
		with self.as_user(self.worker), self.assertRaises(frappe.PermissionError):
			self.run_as(self.worker)
