"""The bundle a client gets of their record: all of it, but what is withheld and what is about others (B26; APP 12)."""

import io
import json
import zipfile
from pathlib import Path
from unittest.mock import patch

import frappe
from frappe.model.document import Document
from pypdf import PdfReader

from case_management.case_management.keeping import record_bundle
from case_management.case_management.keeping.bundle_records import get_place, get_text
from case_management.case_management.looking.access_log import log_access
from case_management.permissions import CLIENT_RECORDS
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_agency,
	make_client,
	make_consent,
	make_lead,
	make_referral,
	make_worker,
)
from case_management.tests.plan_factories import make_goal, make_note
from case_management.tests.record_factories import get_told, make_granted_request, make_request

SAFETY = "Reason Information Is Withheld-safety"
SCRIPT = (
	"<p>Hello <b>there</b></p><script>alert('run')</script><img src=file:///etc/passwd>"
	"<iframe src='file:///etc/passwd'></iframe>"
)


def get_words(pdf: bytes) -> str:
	pages = PdfReader(io.BytesIO(pdf)).pages
	return " ".join(" ".join(page.extract_text() for page in pages).split())


class BundleTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.lead = make_lead()
		self.case = make_active_case(make_client("Ariel"))
		self.client = self.case.client

	def decide(self, decision: str = "Granted", **values) -> Document:
		request = make_request(self.client)
		with self.as_user(self.lead):
			request.decide(decision, **values)
		return frappe.get_doc("Record Request", request.name)

	def withhold(self, *rows: tuple) -> Document:
		withheld = [{"record_type": kind, "record_name": name, "reason": SAFETY} for kind, name in rows]
		return self.decide("Granted in Part", withheld=withheld, **get_told())

	def open(self, request: Document) -> zipfile.ZipFile:
		with self.as_user(self.lead):
			answer = request.make_bundle()
		file = frappe.get_doc("File", {"file_url": answer["bundle"]})
		self.assertTrue(file.is_private)
		self.assertRegex(file.file_name, rf"^{request.name}\w*\.zip$")
		return zipfile.ZipFile(io.BytesIO(file.get_content()))

	def read(self, request: Document) -> dict:
		return json.loads(self.open(request).read("record.json"))

	def attach(self, doc: Document, name: str = "letter.txt", content: str = "Dear Ariel") -> Document:
		attached = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name, "is_private": 1}
		return frappe.get_doc({"doctype": "File", "file_name": name, "content": content, **attached}).insert()


class TestContent(BundleTestCase):
	def test_b26_it_has_every_kind_of_record_of_the_client_with_rows_comments_and_files(self) -> None:
		note, goal = make_note(self.case, note="We spoke."), make_goal(self.case)
		note.add_comment("Comment", "Seen by <b>both</b>")
		self.attach(note)
		consent = make_consent(self.client, make_agency().name)
		make_referral(self.case).send(consent=consent.name, what_was_shared="Phone number")
		archive = self.open(self.decide())
		content = json.loads(archive.read("record.json"))
		records = {record["code"]: record for record in content["records"]}
		self.assertEqual(content["format"], "case-management-record 1")
		self.assertGreaterEqual(
			{record["doctype"] for record in content["records"]}, {"Client", "Disclosure"}
		)
		self.assertIn("Ring the housing office", str(records[goal.name]["tables"]))
		self.assertEqual(records[note.name]["comments"][0]["text"], "Seen by both")
		self.assertEqual(archive.read(records[note.name]["files"][0]), b"Dear Ariel")
		self.assertEqual(json.loads(archive.read("left_out.json")), [])

	def test_b26_no_kind_of_record_is_forgotten(self) -> None:
		for doctype in CLIENT_RECORDS:
			if doctype not in ("Client", "Client Case", "Client Access Log"):
				doc = frappe.new_doc(doctype).update(
					{"client": self.client, "name": f"X-{frappe.scrub(doctype)}"}
				)
				doc.db_insert()
		content = self.read(self.decide())
		kinds = {record["doctype"] for record in content["records"]}
		self.assertEqual(kinds | {"Client Access Log"}, set(CLIENT_RECORDS))

	def test_b26_the_pdf_says_the_same_and_nothing_of_another_client(self) -> None:
		make_note(self.case, note="We spoke of Alaska.")
		make_note(make_active_case(make_client("Blair")), note="Another story.")
		page = self.open(self.decide()).read("record.pdf")
		text = get_words(page)
		for word in ("Ariel", "Alaska", "Who Looked at My Record", "Nothing was left out"):
			self.assertIn(word, text)
		self.assertNotIn("Another story", text)
		self.assertNotIn("Blair", text)

	def test_b26_html_in_a_text_is_neither_run_nor_loaded(self) -> None:
		# As an import past Frappe's own cleaning would store it.
		frappe.db.set_value("Case Note", make_note(self.case).name, "note", SCRIPT)
		frappe.db.set_value("Client", self.client, "safe_contact_note", "<script>alert(1)</script>")
		archive = self.open(self.decide())
		page = archive.read("record.pdf")
		text = get_words(page)
		self.assertIn("<script>alert(1)</script>", text)
		self.assertIn("Hello there", text)
		for word in ("root:", "alert('run')"):
			self.assertNotIn(word, text)
			self.assertNotIn(word, archive.read("record.json").decode())

	def test_rich_text_becomes_its_words(self) -> None:
		self.assertEqual(get_text(SCRIPT), "Hello there")
		self.assertEqual(get_text(None), "")

	def test_a_files_name_leads_nowhere_outside_the_bundle(self) -> None:
		doc = frappe._dict(name="NOTE-1")
		for name in ("../../etc/passwd", "..\\..\\x", "/x", "..", ""):
			place = get_place(doc, name, {})
			self.assertTrue(
				place.startswith("files/NOTE-1/") and ".." not in place and place.count("/") == 2, place
			)
		self.assertEqual(get_place(doc, "a.txt", {"files/NOTE-1/a.txt": b""}), "files/NOTE-1/2-a.txt")

	def test_b26_messages_and_signatures_are_part_of_it(self) -> None:
		consent = make_consent(self.client)
		consent.db_set("signature", "data:image/png;base64,aW1hZ2U=")
		about = {"reference_doctype": "Client Consent", "reference_name": consent.name}
		message = {"doctype": "Communication", "sender": "ariel@example.org", "subject": "Yes", **about}
		frappe.get_doc({**message, "content": "<p>I agree.</p>"}).insert()
		archive = self.open(self.decide())
		records = json.loads(archive.read("record.json"))["records"]
		record = next(record for record in records if record["code"] == consent.name)
		self.assertEqual(record["messages"][0]["text"], "Yes\nI agree.")
		self.assertEqual(archive.read(f"files/{consent.name}/signature.png"), b"image")

	def test_b26_a_file_that_is_gone_is_said_to_be_missing(self) -> None:
		file = self.attach(make_note(self.case))
		Path(file.get_full_path()).unlink()
		self.assertEqual([row["record"] for row in self.read(self.decide())["left_out"]], [file.name])

	def test_b26_where_the_site_can_make_no_pdf_there_is_a_page_to_read(self) -> None:
		with patch.object(record_bundle, "get_pdf", side_effect=OSError("No wkhtmltopdf executable found")):
			archive = self.open(self.decide())
		self.assertIn("record.html", archive.namelist())
		self.assertIn("Ariel", archive.read("record.html").decode())

	def test_b26_words_are_those_a_person_reads(self) -> None:
		record = next(row for row in self.read(self.decide())["records"] if row["doctype"] == "Client Case")
		values = {field["field"]: field["value"] for field in record["fields"]}
		self.assertEqual(values["case_manager"], frappe.utils.get_fullname(make_worker()))
		self.assertFalse({"naming_series", "workflow_state", "client_name"} & set(values))

	def test_b26_another_client_is_another_person(self) -> None:
		other = make_active_case(make_client("Blair"))
		relationship = {"related_client": other.client, "relationship": "Relationship to Head of Household-4"}
		frappe.get_doc("Client", self.client).update({"relationships": [relationship]}).save()
		self.case.db_set("head_case", other.name)
		content = self.read(self.decide())
		text = json.dumps(content["records"])
		for word in (other.client, other.name, "Blair"):
			self.assertNotIn(word, text)
		self.assertIn("another person", text)
		self.assertEqual({row["why"] for row in content["left_out"]}, {"About another person"})
		self.assertEqual(len(content["left_out"]), 2)


class TestWithheld(BundleTestCase):
	def test_b26_what_is_withheld_is_not_in_it_and_the_reason_is(self) -> None:
		note, shown = make_note(self.case, note="Secret"), make_note(self.case, note="Shown")
		self.attach(note, "secret.txt", "Secret too")
		file = self.attach(shown, "safe.txt", "Hidden file")
		goal = make_goal(self.case, "Withheld goal")
		archive = self.open(
			self.withhold(("Case Note", note.name), ("Support Goal", None), ("File", file.name))
		)
		everything = b"".join(archive.read(name) for name in archive.namelist() if not name.endswith(".pdf"))
		for word in (b"Secret", b"Withheld goal", b"Hidden file"):
			self.assertNotIn(word, everything)
		self.assertIn(b"Shown", everything)
		left_out = {row["record"] or row["kind"]: row for row in json.loads(archive.read("left_out.json"))}
		self.assertEqual(set(left_out), {note.name, "Support Goal", file.name})
		self.assertEqual(left_out["Support Goal"]["count"], 1)
		self.assertIn("at risk", left_out[note.name]["why"])
		self.assertTrue(frappe.db.exists("Support Goal", goal.name))

	def test_b26_a_withheld_record_is_not_named_where_it_was_looked_at_either(self) -> None:
		note = make_note(self.case)
		with self.as_user(make_worker()):
			log_access(self.client, "Opened", "Case Note", note.name)
		looks = self.read(self.withhold(("Case Note", note.name)))["looked_at"]
		self.assertEqual([(look["how"], look["record"]) for look in looks], [("Opened", "")])

	def test_b26_who_looked_can_be_withheld_too(self) -> None:
		log_access(self.client, "Opened")
		content = self.read(self.withhold(("Client Access Log", None)))
		self.assertEqual((content["looked_at"], len(content["left_out"])), ([], 1))

	def test_b26_a_note_marked_confidential_after_the_decision_waits_for_a_new_one(self) -> None:
		request = self.decide()
		note = make_note(self.case, note="Later secret", confidential=1)
		content = self.read(request)
		self.assertNotIn("Later secret", json.dumps(content))
		self.assertEqual([row["record"] for row in content["left_out"]], [note.name])

	def test_b26_confidential_notes_are_in_it_where_the_leader_said_so(self) -> None:
		make_note(self.case, note="Told in confidence", confidential=1)
		request = self.decide(include_confidential=1)
		self.assertIn("Told in confidence", json.dumps(self.read(request)))


class TestMaking(BundleTestCase):
	def test_b26_it_is_noted_who_made_it_and_pressed_twice_it_is_one(self) -> None:
		request = self.decide()
		with self.as_user(self.lead):
			first = request.make_bundle()
			self.assertEqual(first, request.make_bundle())
		logged = {"client": self.client, "access_kind": "Record Bundle", "record_name": request.name}
		line = frappe.get_doc("Client Access Log", logged)
		self.assertEqual(line.user, self.lead)
		self.assertEqual(frappe.db.count("Client Access Log", logged), 1)
		with self.as_user(self.lead):
			self.assertNotEqual(request.make_bundle(again=1)["bundle"], first["bundle"])
		self.assertEqual(request.complete()["status"], "Completed")

	def test_b26_only_a_leader_makes_it_and_reads_the_file(self) -> None:
		request = self.decide()
		with self.as_user(make_worker()), self.refused("team leader", exception=frappe.PermissionError):
			request.make_bundle()
		with self.as_user(self.lead):
			url = request.make_bundle()["bundle"]
		file = frappe.get_doc("File", {"file_url": url})
		frappe.db.set_value("File", file.name, "owner", "Administrator")
		file.reload()
		for user, may in ((self.lead, True), (make_worker(), False), (make_lead("other-lead"), False)):
			self.assertEqual(file.has_permission("read", user=user), may, user)

	def test_b26_without_granted_access_there_is_none(self) -> None:
		refused = self.decide("Refused", **get_told())
		with self.as_user(self.lead):
			correction = make_granted_request(self.client, "Correction")
		for request in (make_request(self.client), refused, correction):
			with self.as_user(self.lead), self.refused(request.name, "where access was granted"):
				request.make_bundle()
		self.assertFalse(
			frappe.db.exists("Client Access Log", {"access_kind": "Record Bundle", "client": self.client})
		)

	def test_b26_who_looked_is_in_it(self) -> None:
		self.open(self.decide())
		looks = self.read(self.decide())["looked_at"]
		self.assertEqual([look["how"] for look in looks], ["Record Bundle"])
		self.assertEqual(looks[0]["who"], frappe.utils.get_fullname(self.lead))
