"""A site that had an earlier version gets what is new, and keeps what its administrator made of it."""

import json
from pathlib import Path
from unittest.mock import patch

import frappe
from frappe.model.document import Document
from frappe.utils import add_years, getdate

from case_management.case_management.assessment.assessing import start_assessment
from case_management.patches.v0_2 import (
	close_what_was_open,
	fill_what_follows,
	keep_files_apart,
	keep_sensitive_ratings_apart,
	make_codes_of_meetings,
	set_meanings_of_codes,
)
from case_management.patches.v0_2 import give_own_roles_their_rights as own_roles
from case_management.patches.v0_2 import make_defaults_of_the_whole_practice as whole_practice
from case_management.setup import defaults
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_client, make_program, make_worker
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import (
	make_agreed_assessment,
	make_domain,
	make_meeting,
	make_note,
	make_support_case,
	make_support_program,
	make_template,
)

NEW = {"Practice Standard": "B12", "Workflow": "Critical Incident", "Case Code": "Incident Type-violence"}


class TestCodesOfMeetings(CaseTestCase):
	LIST = "Reason a Goal Was Not Discussed"

	def test_life_l24_an_older_site_gets_the_reasons_and_keeps_its_own(self) -> None:
		for code in frappe.get_all("Case Code", {"code_list": self.LIST}, pluck="name"):
			frappe.delete_doc("Case Code", code, force=True)
		make_codes_of_meetings.execute()
		self.assertTrue(frappe.db.exists("Case Code", f"{self.LIST}-no-time"))
		frappe.delete_doc("Case Code", f"{self.LIST}-wish", force=True)
		make_codes_of_meetings.execute()
		self.assertFalse(frappe.db.exists("Case Code", f"{self.LIST}-wish"))


class TestWholePractice(CaseTestCase):
	def test_what_is_new_is_made(self) -> None:
		for doctype, name in NEW.items():
			frappe.delete_doc(doctype, name, force=True)
		whole_practice.execute()
		for doctype, name in NEW.items():
			self.assertTrue(frappe.db.exists(doctype, name), name)

	def test_what_an_administrator_took_away_of_before_does_not_return(self) -> None:
		taken = {"Case Code": "Plan Indicator-0", "Workflow": "Case Meeting"}
		for doctype, name in taken.items():
			frappe.delete_doc(doctype, name, force=True)
		whole_practice.execute()
		for doctype, name in taken.items():
			self.assertFalse(frappe.db.exists(doctype, name), name)

	def test_notices_that_nobody_could_edit_make_room_for_those_one_can(self) -> None:
		name = defaults.read("notification")[0]["name"]
		frappe.db.set_value("Notification", name, "is_standard", 1)
		whole_practice.execute()
		self.assertEqual(frappe.db.get_value("Notification", name, "is_standard"), 0)

	def test_w11_a_notice_that_was_switched_off_stays_off(self) -> None:
		names = [notification["name"] for notification in defaults.read("notification")[:2]]
		frappe.db.set_value("Notification", {"name": ("in", names)}, "is_standard", 1)
		frappe.db.set_value("Notification", names[0], "enabled", 0)
		whole_practice.execute()
		self.assertEqual([frappe.db.get_value("Notification", name, "enabled") for name in names], [0, 1])

	def test_run_again_it_changes_nothing(self) -> None:
		whole_practice.execute()
		counted = [frappe.db.count(doctype) for doctype in ("Notification", *NEW)]
		whole_practice.execute()
		self.assertEqual([frappe.db.count(doctype) for doctype in ("Notification", *NEW)], counted)

	def test_a_code_keeps_the_meaning_an_administrator_gave_it(self) -> None:
		frappe.db.set_value("Case Code", "Exit Destination-410", "meaning", "")
		frappe.db.set_value("Case Code", "Exit Destination-421", "meaning", "No Resource")
		set_meanings_of_codes.execute()
		meanings = [
			frappe.db.get_value("Case Code", f"Exit Destination-{code}", "meaning") for code in (410, 421)
		]
		self.assertEqual(meanings, ["Own Home", "No Resource"])


class TestCloseWhatWasOpen(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.client = make_client("Open Before").name

	def put(self, doctype: str, **values: object) -> str:
		"""Store what nobody can store any more."""
		doc = frappe.get_doc({"doctype": doctype, "name": frappe.generate_hash(length=10), **values})
		doc.db_insert()
		return doc.name

	def test_shares_keys_and_follows_of_clients_end_and_others_stay(self) -> None:
		pairs = {
			"DocShare": ("share_doctype", "share_name"),
			"Document Follow": ("ref_doctype", "ref_docname"),
			"Document Share Key": ("reference_doctype", "reference_docname"),
		}
		for doctype, (kind, name) in pairs.items():
			gone = self.put(doctype, **{kind: "Client", name: self.client}, user=make_worker())
			kept = self.put(doctype, **{kind: "Role", name: "Case Worker"}, user=make_worker())
			close_what_was_open.execute()
			self.assertFalse(frappe.db.exists(doctype, gone), doctype)
			self.assertTrue(frappe.db.exists(doctype, kept), doctype)

	def test_a_board_forgets_the_order_of_its_cards(self) -> None:
		board = frappe.get_doc({"doctype": "Kanban Board", "kanban_board_name": "Clients by Hand"})
		board.update({"reference_doctype": "Client Case", "field_name": "status"})
		board.append("columns", {"column_name": "Active"})
		column = board.insert().columns[0]
		column.db_set("order", f'["{self.client}"]')
		close_what_was_open.execute()
		self.assertEqual(self.stored(column, "order"), "[]")

	def test_a_web_form_lists_no_clients_any_more(self) -> None:
		form = {"doctype": "Web Form", "title": "Ask", "route": "ask", "doc_type": "Case Note"}
		field = {"fieldname": "client", "label": "Client", "fieldtype": "Data"}
		form = frappe.get_doc({**form, "web_form_fields": [field]}).insert()
		form.db_set("apply_document_permissions", 0)
		form.web_form_fields[0].db_set({"fieldtype": "Link", "options": "Client"})
		close_what_was_open.execute()
		self.assertEqual(self.stored(form, "apply_document_permissions"), 1)
		self.assertEqual(self.stored(form.web_form_fields[0], "fieldtype"), "Data")


class TestKeepFilesApart(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.client = make_client("Filed Before").name
		self.other = make_client("Filed Later").name

	def attach(
		self, client: str | None, content: str, public: bool = False, name: str = "letter.txt"
	) -> Document:
		"""Attach a file as 0.1 did: public if somebody wanted so, and equal content in one place."""
		attached = {"attached_to_doctype": "Client", "attached_to_name": client} if client else {}
		file = frappe.get_doc({"doctype": "File", "file_name": name, "content": content, **attached})
		file.is_private = 0 if public else 1
		file.flags.in_install = True
		with (
			patch("case_management.case_management.guard.attachments.is_of_client", return_value=False),
		):
			return file.insert()

	def read(self, file: Document) -> str:
		return Path(self.reload(file).get_full_path()).read_text()

	def test_w11_a_public_file_becomes_private_and_leaves_nothing_behind(self) -> None:
		file = self.attach(self.client, "Open words", public=True)
		before = Path(file.get_full_path())
		keep_files_apart.execute()
		frappe.db.after_commit.run()
		self.assertEqual(self.stored(file, "is_private"), 1)
		self.assertTrue(self.stored(file, "file_url").startswith("/private/files/"))
		self.assertEqual(self.read(file), "Open words")
		self.assertFalse(before.exists())

	def test_w11_equal_content_gets_a_place_of_its_own(self) -> None:
		files = [self.attach(client, "Equal words") for client in (self.client, self.other)]
		self.assertEqual(files[0].file_url, files[1].file_url)
		keep_files_apart.execute()
		urls, hashes = (
			{self.stored(file, field) for file in files} for field in ("file_url", "content_hash")
		)
		self.assertEqual((len(urls), len(hashes)), (2, 2))
		self.assertEqual([self.read(file) for file in files], ["Equal words"] * 2)

	def test_w11_what_is_somebody_elses_too_stays_theirs(self) -> None:
		file = self.attach(self.client, "A form", public=True)
		others = self.attach(None, "A form", public=True)
		keep_files_apart.execute()
		frappe.db.after_commit.run()
		self.assertEqual((self.stored(file, "is_private"), self.stored(others, "is_private")), (1, 0))
		self.assertEqual([self.read(doc) for doc in (file, others)], ["A form"] * 2)

	def test_w11_a_file_that_is_missing_or_elsewhere_stops_nothing(self) -> None:
		file = self.attach(self.client, "Gone", public=True)
		Path(file.get_full_path()).unlink()
		link = {"file_url": "https://example.org/map.png", "attached_to_doctype": "Client"}
		link = frappe.get_doc({"doctype": "File", **link, "attached_to_name": self.client}).insert()
		keep_files_apart.execute()
		self.assertEqual(self.stored(file, "is_private"), 1)
		self.assertEqual(self.stored(link, "file_url"), "https://example.org/map.png")

	def test_w11_a_picture_in_a_note_is_still_shown(self) -> None:
		note = make_note(make_active_case())
		file = self.attach(self.client, "Picture", public=True, name="picture.png")
		file.db_set({"attached_to_doctype": "Case Note", "attached_to_name": note.name})
		note.db_set("note", f'<p>Look: <img src="{file.file_url}"></p>')
		keep_files_apart.execute()
		self.assertIn(f'src="{self.stored(file, "file_url")}"', self.stored(note, "note"))

	def test_w11_run_again_it_moves_nothing(self) -> None:
		file = self.attach(self.client, "Open words", public=True)
		keep_files_apart.execute()
		url = self.stored(file, "file_url")
		keep_files_apart.execute()
		self.assertEqual(self.stored(file, "file_url"), url)


class TestKeepSensitiveRatingsApart(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		domains = {make_domain(): 1, make_domain("Test Mind", sensitive=1): 1}
		template = make_template("Test Older", domains=domains)
		program = make_support_program("Test Older Residence", assessment_template=template)
		self.case = make_support_case(make_client("Assessed Before"), program=program)
		self.assessment = start_assessment(self.case)

	def leave(self, status: str, row: int = 1) -> Document:
		"""Leave an assessment as 0.1 did: what is said of every domain stands in its rows."""
		said = {
			"worker_rating": "2",
			"present_need": "Sleepless",
			"in_need": 1,
			"previous_client_rating": "1",
		}
		doc = self.reload(self.assessment)
		doc.domains[row].db_set(said, update_modified=False)
		doc.db_set({"status": status}, update_modified=False)
		return self.reload(doc)

	def test_w11_in_every_status_a_seconded_worker_reads_it_no_more(self) -> None:
		for status in ("Draft", "With Client", "Agreed", "Superseded"):
			with self.subTest(status=status):
				frappe.db.delete("Sensitive Rating", {"assessment": self.assessment.name})
				before = self.leave(status)
				keep_sensitive_ratings_apart.execute()
				doc = self.reload(before)
				self.assertNotIn("Sleepless", frappe.as_json(doc.as_dict()))
				self.assertEqual((doc.domains[1].in_need, doc.domains[1].recorded_apart), (0, 1))
				rating = frappe.get_doc("Sensitive Rating", {"assessment": doc.name})
				self.assertEqual(
					(rating.worker_rating, rating.in_need, rating.previous_client_rating), ("2", 1, "1")
				)
				self.assertEqual((rating.owner, rating.creation), (doc.owner, doc.creation))
				self.assertEqual((rating.client_name, doc.modified), ("Assessed Before", before.modified))

	def test_w11_what_is_not_sensitive_stays(self) -> None:
		self.leave("Agreed", row=0)
		keep_sensitive_ratings_apart.execute()
		self.assertEqual(self.reload(self.assessment).domains[0].present_need, "Sleepless")

	def test_w11_run_again_it_changes_nothing(self) -> None:
		self.leave("Agreed")
		keep_sensitive_ratings_apart.execute()
		counts = frappe.db.count("Sensitive Rating"), frappe.db.count("Version")
		keep_sensitive_ratings_apart.execute()
		self.assertEqual((frappe.db.count("Sensitive Rating"), frappe.db.count("Version")), counts)

	def test_w11_an_agreed_assessment_can_still_be_revised(self) -> None:
		self.leave("Agreed")
		keep_sensitive_ratings_apart.execute()
		revision = self.reload(self.assessment).revise(reason="Time has passed")["assessment"]
		self.assertEqual(
			frappe.db.get_value("Sensitive Rating", {"assessment": revision}, "present_need"), "Sleepless"
		)


class TestFillWhatFollows(SupportTestCase):
	def test_w11_a_closed_record_is_kept_until_a_day(self) -> None:
		client = make_client("Kept Before")
		client.db_set("retain_until", None)
		fill_what_follows.execute()
		self.assertEqual(self.stored(client, "retain_until"), add_years(getdate(), 7))

	def test_w11_the_next_assessment_of_an_open_case_is_due(self) -> None:
		assessment = make_agreed_assessment(self.case)
		due = self.stored(self.case, "reassessment_due")
		self.assertTrue(due)
		for status, expected in (("Active", due), ("Closed", None)):
			self.case.db_set({"reassessment_due": None, "status": status})
			fill_what_follows.execute()
			self.assertEqual(self.stored(self.case, "reassessment_due"), expected, assessment.name)

	def test_w11_the_acknowledged_statement_begins_the_list(self) -> None:
		shown = [row.as_dict(no_default_fields=True) for row in self.reload(self.case).rights_history]
		frappe.db.delete("Case Rights Acknowledgement", {"parent": self.case.name})
		for _again in range(2):
			fill_what_follows.execute()
			rows = self.reload(self.case).rights_history
			self.assertEqual([row.as_dict(no_default_fields=True) for row in rows], shown)

	def test_w11_stages_are_taken_from_the_history_and_from_nothing_else(self) -> None:
		unknown = make_active_case()
		for case in (self.case, unknown):
			case.db_set("stage", "Building")
		data = {"changed": [["stage", None, "Settling In"], ["status", "Pending", "Active"]]}
		for position, stage in enumerate(("Settling In", "Building")):
			data["changed"][0][2] = stage
			add_version(self.case, data, f"2026-0{position + 2}-01 10:00:00")
		fill_what_follows.execute()
		moves = [(row.stage, str(row.from_date), row.by_user) for row in self.reload(self.case).stage_history]
		self.assertEqual(moves, [("Settling In", "2026-02-01", WORKER), ("Building", "2026-03-01", WORKER)])
		self.assertEqual(self.reload(unknown).stage_history, [])

	def test_w11_an_interpreter_who_was_there_attended(self) -> None:
		meeting = make_meeting(self.case)
		meeting.append("attendees", {"kind": "Interpreter", "attended": 1})
		meeting.save()
		meeting.db_set("interpreter_attended", 0)
		fill_what_follows.execute()
		self.assertEqual(self.stored(meeting, "interpreter_attended"), 1)

	def test_w11_an_emergency_counts_around_the_clock(self) -> None:
		program = make_program("Test Older Program")
		program.append("response_targets", {"urgency": "Emergency", "hours": 1})
		program.save()
		program.response_targets[0].db_set("around_the_clock", 0)
		fill_what_follows.execute()
		self.assertEqual(self.reload(program).response_targets[0].around_the_clock, 1)


def add_version(doc: Document, data: dict, on: str) -> None:
	version = frappe.new_doc("Version")
	version.update({"ref_doctype": doc.doctype, "docname": doc.name, "data": json.dumps(data)})
	version.update({"creation": on, "modified": on, "owner": WORKER, "modified_by": WORKER})
	version.db_insert()


class TestGiveOwnRolesTheirRights(CaseTestCase):
	ROLE = "Test Own Worker"

	def setUp(self) -> None:
		super().setUp()
		frappe.get_doc({"doctype": "Role", "role_name": self.ROLE}).insert()

	def tearDown(self) -> None:
		super().tearDown()
		frappe.clear_cache()

	def play(self, role: str, without: str | None = None) -> None:
		"""Give the own role all rights of a role on the DocTypes of 0.1, as an administrator does."""
		for row in own_roles.get_rows(own_roles.get_doctypes()):
			add_row(row)
			if row.role == role and row.parent != without:
				add_row(row | {"role": self.ROLE})

	def get_rights(self) -> set:
		return own_roles.get_rights(own_roles.NEW).get(self.ROLE, set())

	def test_w11_who_does_a_case_workers_work_gets_their_rights_once_and_the_others_keep_theirs(self) -> None:
		before = own_roles.get_rights(own_roles.NEW)
		self.play("Case Worker")
		own_roles.execute()
		self.assertEqual(own_roles.get_rights(own_roles.NEW), before | {self.ROLE: before["Case Worker"]})
		rows = frappe.db.count("Custom DocPerm")
		own_roles.execute()
		self.assertEqual(frappe.db.count("Custom DocPerm"), rows)

	def test_w11_who_may_less_gets_no_sensitive_ratings(self) -> None:
		self.play("Case Worker", without="Client Identity")
		own_roles.execute()
		self.assertNotIn("Sensitive Rating", {doctype for doctype, _level, _right in self.get_rights()})

	def test_w11_on_a_site_without_own_roles_nothing_is_customised(self) -> None:
		own_roles.execute()
		self.assertFalse(frappe.db.exists("Custom DocPerm", {"parent": ("in", own_roles.NEW)}))


def add_row(row: dict) -> None:
	custom = frappe.new_doc("Custom DocPerm")
	custom.update({"parenttype": "DocType", "parentfield": "permissions", **row})
	custom.db_insert()
