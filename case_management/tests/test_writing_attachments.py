"""Nobody attaches anything to a client's record that they do not see, and nobody takes a file of it along."""

import json
from collections.abc import Callable

import frappe
from frappe import client
from frappe.core.doctype.communication.email import make as make_mail
from frappe.desk.form import assign_to
from frappe.desk.form.utils import add_comment
from frappe.desk.like import toggle_like
from frappe.handler import upload_file
from frappe.model.document import Document

from case_management.permissions import CLIENT_RECORDS
from case_management.tests.writing_base import (
	WritingTestCase,
	get_absent,
	get_hidden,
	get_refusal,
	get_sums,
	get_user,
)

OTHER, WORKER = get_user("other"), get_user("worker")


def upload(**values: object) -> Document:
	"""Upload as the Desk does."""
	frappe.local.form_dict = frappe._dict(is_private=1, **values)
	frappe.local.request = frappe._dict(files={}, method="POST")
	try:
		return upload_file()
	finally:
		frappe.local.request = None


def insert(doctype: str, **values: object) -> Document:
	return frappe.get_doc({"doctype": doctype, **values}).insert()


def get_ways(doctype: str, name: str) -> dict[str, Callable[[], object]]:
	"""Return each way that Frappe has to hang something on a record."""
	named = {"reference_doctype": doctype, "reference_name": name}
	task = {
		"reference_type": doctype,
		"reference_name": name,
		"allocated_to": frappe.session.user,
		"description": "x",
	}
	event = {
		"subject": "x",
		"starts_on": "2030-01-01 10:00:00",
		"event_participants": [{"reference_doctype": doctype, "reference_docname": name}],
	}
	contact = {"first_name": "x", "links": [{"link_doctype": doctype, "link_name": name}]}
	file = {"file_name": "x.txt", "content": "x", "is_private": 1}
	attached = {"attached_to_doctype": doctype, "attached_to_name": name}
	return {
		"comment": lambda: add_comment(doctype, name, "x", OTHER, "x"),
		"Comment": lambda: insert("Comment", comment_type="Comment", content="x", **named),
		"Tag Link": lambda: insert("Tag Link", document_type=doctype, document_name=name, tag="x"),
		"like": lambda: toggle_like(doctype, name, "Yes"),
		"follow": lambda: insert("Document Follow", ref_doctype=doctype, ref_docname=name, user=OTHER),
		"assign": lambda: assign_to.add({"assign_to": json.dumps([OTHER]), "doctype": doctype, "name": name}),
		"ToDo": lambda: insert("ToDo", **task),
		"ToDo without asking": lambda: frappe.get_doc({"doctype": "ToDo", **task}).insert(
			ignore_permissions=True
		),
		"share": lambda: insert("DocShare", share_doctype=doctype, share_name=name, user=OTHER, read=1),
		"share key": lambda: insert("Document Share Key", reference_doctype=doctype, reference_docname=name),
		"Event": lambda: insert("Event", **event),
		"Contact": lambda: insert("Contact", **contact),
		"Communication": lambda: insert("Communication", subject="x", content="x", **named),
		"mail": lambda: make_mail(doctype, name, "x", "x", send_email=False),
		"Reminder": lambda: insert(
			"Reminder",
			reminder_doctype=doctype,
			reminder_docname=name,
			user=OTHER,
			remind_at="2030-01-01 10:00:00",
			description="x",
		),
		"File": lambda: insert("File", **file, **attached),
		"attach_file": lambda: client.attach_file("x.txt", "eA==", doctype, name, is_private=1),
		"upload": lambda: upload(
			doctype=doctype, docname=name, file_name="x.txt", file_url="https://example.org/x"
		),
	}


class TestAttaching(WritingTestCase):
	def test_nobody_hangs_anything_on_a_record_they_do_not_see(self) -> None:
		"""Every way once for the client and the intake, by which a to-do gives access, and one by one for the others."""
		before = get_sums()
		for number, doctype in enumerate(CLIENT_RECORDS):
			ways = list(get_ways(doctype, get_hidden(doctype)).items())
			tried = ways if doctype in ("Client", "Client Intake") else [ways[number % len(ways)]]
			for way, act in tried:
				with self.as_user(OTHER), self.subTest(doctype, way=way):
					self.assertIsNotNone(get_refusal(act), "was done")
					frappe.db.rollback(save_point="writing")
		self.assertEqual(get_sums(), before)

	def test_what_names_a_hidden_record_is_refused_as_what_names_nothing(self) -> None:
		for way in ("Communication", "File"):
			answers = set()
			for name in (get_hidden("Case Note"), get_absent("Case Note")):
				with self.as_user(OTHER):
					kind, words = get_refusal(get_ways("Case Note", name)[way]) or ("done", "")
				answers.add((kind, words.replace(name, "X")))
			self.assertEqual(len(answers), 1, answers)

	def test_who_sees_a_record_hangs_on_it_what_they_like(self) -> None:
		"""The control; follow, share and mail are off for client records."""
		own = self.own["Case Note"]
		for way in ("comment", "like", "ToDo", "Event", "File"):
			with self.as_user(WORKER), self.subTest(way):
				self.assertIsNone(get_refusal(get_ways("Case Note", own.name)[way]))

	def test_a_todo_of_ones_own_is_not_turned_to_a_hidden_intake(self) -> None:
		"""It would give access to the intake and its client."""
		with self.as_user(OTHER):
			task = insert("ToDo", description="x", allocated_to=OTHER)
			turned = {"reference_type": "Client Intake", "reference_name": get_hidden("Client Intake")}
			self.assertIsNotNone(get_refusal(lambda: client.set_value("ToDo", task.name, turned)))

	def setUp(self) -> None:
		super().setUp()
		self.file = self.attach(self.hidden["Client"]["name"], "order.txt", "Hidden address")

	def attach(self, name: str, file_name: str, content: str, **values: object) -> Document:
		file = {"file_name": file_name, "content": content, "is_private": 1, **values}
		file = frappe.get_doc(
			{"doctype": "File", **file, "attached_to_doctype": "Client", "attached_to_name": name}
		)
		file.insert(ignore_permissions=True)
		self.addCleanup(file.delete_file_from_filesystem)
		return file

	def get_urls(self) -> list[str]:
		"""Return the ways in which the address of one private file can be written."""
		name = self.file.file_url.rpartition("/")[2]
		folder = "/private/files/"
		return [
			f"{folder}{name}",
			f"{folder}./{name}",
			f"{folder}x/../{name}",
			f"{folder}%2E/{name}",
			f"{folder}/{name}",
		]

	def test_the_file_of_a_hidden_record_is_not_attached_again_by_its_address(self) -> None:
		mine = {"attached_to_doctype": "Client", "attached_to_name": self.own["Client"].name}
		for url in self.get_urls():
			for about in ({}, mine):
				with self.as_user(WORKER), self.subTest(url, about=about):
					given = {"file_name": "mine.txt", "file_url": url, "is_private": 1, **about}
					self.assertIsNotNone(get_refusal(lambda given=given: insert("File", **given)), "was done")
		with self.as_user(WORKER):
			named = {"file_name": self.file.file_url.rpartition("/")[2], "is_private": 1}
			self.assertIsNotNone(get_refusal(lambda: insert("File", **named)))
			taken = {"file_url": self.file.file_url, "docname": mine["attached_to_name"], "doctype": "Client"}
			self.assertIsNotNone(get_refusal(lambda: upload(**taken)))

	def test_a_file_of_ones_own_is_not_turned_to_it(self) -> None:
		with self.as_user(WORKER):
			mine = self.attach(self.own["Client"].name, "mine.txt", "Mine")
			for values in ({"file_url": self.file.file_url}, {"attached_to_name": get_hidden("Client")}):
				self.assertIsNotNone(
					get_refusal(lambda values=values: client.set_value("File", mine.name, values))
				)

	def test_a_record_takes_no_files_of_another_along(self) -> None:
		"""Frappe copies the attachments of what a new record amends, and relinks those of a temporary name."""
		note = {"client": self.own["Client"].name, "client_case": self.own["Client Case"].name, "note": "x"}
		for key in ("amended_from", "__temporary_name"):
			with self.as_user(WORKER):
				made = insert("Case Note", **note, **{key: get_hidden("Case Note")})
			self.assertFalse(frappe.get_all("File", {"attached_to_name": made.name}))

	def test_equal_content_does_not_tell_who_had_it_before(self) -> None:
		with self.as_user(WORKER):
			mine = self.attach(self.own["Client"].name, "letter.txt", "Hidden address")
		self.assertNotEqual(mine.file_url, self.file.file_url)
		self.assertNotIn("order", mine.as_json())
		self.assertEqual(mine.get_content(), "Hidden address")

	def test_a_clients_file_is_private(self) -> None:
		with self.as_user(WORKER):
			refused = get_refusal(lambda: self.attach(self.own["Client"].name, "open.txt", "x", is_private=0))
		self.assertIn("private", refused[1])

	def test_who_reads_the_record_attaches_its_file_elsewhere_too(self) -> None:
		mine = self.attach(self.own["Client"].name, "shared.txt", "Known")
		about = {"attached_to_doctype": "Client Case", "attached_to_name": self.own["Client Case"].name}
		with self.as_user(WORKER):
			again = insert("File", file_name="shared.txt", file_url=mine.file_url, is_private=1, **about)
		self.addCleanup(again.delete_file_from_filesystem)
		self.assertEqual(again.get_content(), "Known")

	def test_the_address_of_a_hidden_file_is_taken_by_no_field(self) -> None:
		"""Of any record: Frappe attaches to it what its field names."""
		for url in (self.file.file_url, "/private/files/nothing.txt"):
			with self.as_user(WORKER), self.subTest(url):
				refused = get_refusal(lambda url=url: client.set_value("User", WORKER, {"user_image": url}))
				self.assertEqual(refused[0], "PermissionError")
				own = ("Record Request", self.own["Record Request"].name)
				turned = get_refusal(lambda own=own, url=url: client.set_value(*own, {"statement_file": url}))
				self.assertIsNotNone(turned)

	def test_the_address_of_a_hidden_file_in_a_field_attaches_nothing(self) -> None:
		"""Of any record: Frappe attaches to it what its field names. A request with it is refused before (gate.py)."""
		url = self.file.file_url
		for doctype, name, field in (
			("User", WORKER, "user_image"),
			("Record Request", self.own["Record Request"].name, "statement_file"),
		):
			with self.as_user(WORKER), self.subTest(doctype):
				get_refusal(lambda given=(doctype, name, {field: url}): client.set_value(*given))
				attached = {"file_url": url, "attached_to_doctype": doctype, "attached_to_name": name}
				self.assertFalse(frappe.db.exists("File", attached))
				self.assertFalse(self.sees_record(WORKER, "File", self.file.name))
