"""Who looked at a record (B26): a line for each look, that nobody changes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import Mock, patch

import frappe
from frappe.api import v1
from frappe.core.doctype.log_settings.log_settings import clear_log_table, run_log_clean_up
from frappe.desk.form.load import getdoc
from frappe.desk.reportview import delete_items
from frappe.utils import CallbackManager, add_to_date, now_datetime

import case_management
from case_management.case_management.looking import access_log
from case_management.case_management.looking.access_log import MINUTES, log_access, log_request
from case_management.case_management.looking.listed import get_list_fields, says_more
from case_management.case_management.report.who_looked_at_a_record.who_looked_at_a_record import execute
from case_management.permissions import CLIENT_RECORDS
from case_management.tests.base import UNSEEN, CaseTestCase
from case_management.tests.factories import make_active_case, make_client, make_lead, make_worker
from case_management.tests.plan_factories import make_note

LOG = "Client Access Log"
REFUSALS = (frappe.ValidationError, frappe.PermissionError)


class LogTestCase(CaseTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.worker, cls.lead = make_worker(), make_lead()
		cls.case = make_active_case()
		cls.client = cls.case.client
		cls.addClassCleanup(frappe.db.rollback)

	def setUp(self) -> None:
		super().setUp()
		frappe.db.savepoint("a_test")

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="a_test")

	def get_lines(self, **filters) -> list[frappe._dict]:
		filters = {"client": self.client, **filters}
		fields = ["user", "access_kind", "record_type", "record_name"]
		return frappe.get_all(LOG, filters, fields, order_by="accessed_on, record_type, record_name")

	def get_looks(self, **filters) -> list[tuple]:
		"""Return how, at what kind of record and at which, of each line."""
		return [tuple(line.values())[1:] for line in self.get_lines(**filters)]

	@contextmanager
	def in_request(self, user: str, path: str = "/", status: int = 200, **given) -> Iterator[frappe._dict]:
		"""Be in a web request of a user, and answer it; what it answers is in what is yielded."""
		answer, request = frappe._dict(docs=[]), Mock(path=path, method="GET")
		request.after_response = CallbackManager()
		with (
			self.as_user(user),
			patch.object(frappe.local, "request", request, create=True),
			patch.object(frappe.local, "response", answer),
			patch.object(frappe.local, "form_dict", frappe._dict(given)),
			patch.object(frappe.db, "commit"),
		):
			frappe.flags.pop("client_looks", None)
			yield answer
			log_request(response=Mock(status_code=status), request=request)
			request.after_response.run()

	def open(self, doctype: str, name: str, user: str | None = None) -> None:
		with self.in_request(user or self.worker):
			frappe.get_doc(doctype, name).run_method("onload")

	def read(self, doctype: str, name: str, user: str | None = None, status: int = 200) -> None:
		"""Read a record over REST."""
		with self.in_request(user or self.worker, f"/api/resource/{doctype}/{name}", status) as answer:
			answer.data = v1.read_doc(doctype, name)

	def call(self, method: str, user: str | None = None, **given) -> None:
		"""Call a function over REST."""
		with self.in_request(user or self.worker, f"/api/method/{method}", cmd=method, **given) as answer:
			answer.message = frappe.call(frappe.get_attr(method), **given)


class TestLook(LogTestCase):
	def test_b26_opening_a_form_leaves_a_line_and_nobody_waits_for_it(self) -> None:
		with self.in_request(self.worker) as answer:
			getdoc("Client Case", self.case.name)
			self.assertEqual(answer.docs[0].name, self.case.name)
			self.assertEqual(self.get_lines(), [])
		expected = {"user": self.worker, "access_kind": "Opened"}
		self.assertEqual(
			self.get_lines(), [{**expected, "record_type": "Client Case", "record_name": self.case.name}]
		)

	def test_b26_the_client_itself_and_printing_count_too(self) -> None:
		self.open("Client", self.client)
		with self.in_request(self.worker):
			frappe.get_doc("Client Case", self.case.name).run_method("before_print", None)
		kinds = {look[:2] for look in self.get_looks()}
		self.assertEqual(kinds, {("Opened", "Client"), ("Printed", "Client Case")})

	def test_b26_a_record_read_over_rest_is_read_by_api_however_it_was_asked_for(self) -> None:
		notes = [make_note(self.case).name for _note in range(4)]
		frappe.db.set_value("Case Note", {"name": ("in", notes)}, "owner", "Administrator")
		self.read("Case Note", notes[0])
		with self.in_request(self.worker, f"/api/v2/document/Case Note/{notes[1]}/"):
			pass
		self.call("frappe.client.get", doctype="Case Note", name=notes[2])
		with self.in_request(self.worker, f"/api/v1/resource/Case Note/{notes[3]}"):
			pass
		self.assertEqual(self.get_looks(), [("Read by API", "Case Note", name) for name in notes])

	def test_b26_a_row_of_a_child_table_is_a_look_at_its_record(self) -> None:
		row = self.case.team[0]
		with self.in_request(self.lead, f"/api/resource/{row.doctype}/{row.name}"):
			pass
		self.assertEqual(self.get_looks(), [("Read by API", "Client Case", self.case.name)])

	def test_b26_who_saves_gets_the_record_and_so_leaves_a_line(self) -> None:
		with self.in_request(self.worker) as answer:
			answer.message = frappe.get_doc("Client Case", self.case.name).as_dict()
		self.assertEqual(self.get_looks(), [("Read by API", "Client Case", self.case.name)])

	def test_b26_what_a_button_of_an_open_form_answers_is_no_other_look(self) -> None:
		self.open("Client Case", self.case.name)
		for answered in (self.case, {"doc": self.case}, [self.case.as_dict()]):
			with self.in_request(self.worker) as answer:
				answer.message = answered
		self.assertEqual(self.get_looks(), [("Opened", "Client Case", self.case.name)])
		with self.in_request(self.lead) as answer:
			answer.message = {"doc": self.case}
		self.assertEqual(self.get_looks(user=self.lead), [("Read by API", "Client Case", self.case.name)])

	def test_b26_who_has_just_made_a_record_does_not_look_at_it(self) -> None:
		with self.as_user(self.worker):
			note = make_note(self.case)
		self.read("Case Note", note.name)
		self.assertEqual(self.get_lines(), [])
		self.read("Case Note", note.name, self.lead)
		frappe.db.set_value("Case Note", note.name, "creation", add_to_date(now_datetime(), days=-1))
		self.read("Case Note", note.name)
		self.assertEqual({line.user for line in self.get_lines()}, {self.lead, self.worker})

	def test_b26_comments_and_history_below_a_form_are_a_look(self) -> None:
		for function in ("get_docinfo", "get_communications"):
			frappe.db.delete(LOG, {"client": self.client})
			self.call(f"frappe.desk.form.load.{function}", doctype="Client Case", name=self.case.name)
			self.assertEqual(self.get_looks(), [("Opened", "Client Case", self.case.name)], function)

	def test_b26_another_spelling_or_another_address_hides_no_look(self) -> None:
		spelled = self.case.name.lower()
		with self.in_request(self.worker, f"/api/v2/document/Client Case/{spelled}/copy"):
			pass
		self.assertEqual(self.get_looks(), [("Read by API", "Client Case", self.case.name)])
		given = {"cmd": "frappe.client.get_list", "doctype": "Client", "fields": ["*"]}
		with self.in_request(self.lead, "/api/method/ping", **given, filters={"name": self.client}):
			pass
		self.assertEqual(self.get_looks(user=self.lead), [("Listed", "Client", self.client)])

	def test_b26_a_private_file_is_its_record(self) -> None:
		file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"{frappe.generate_hash()}.txt",
				"content": frappe.generate_hash(),
				"is_private": 1,
				"attached_to_doctype": "Client Case",
				"attached_to_name": self.case.name,
			}
		).insert()
		expected = [("Downloaded", "Client Case", self.case.name)]
		for path, given in (
			(file.file_url, {}),
			("/api/method/download_file", {"cmd": "download_file", "file_url": file.file_url}),
			("/", {"cmd": "frappe.core.api.file.zip_files", "files": f'["{file.name}"]'}),
		):
			frappe.db.delete(LOG, {"client": self.client})
			with self.in_request(self.worker, path, **given):
				pass
			self.assertEqual(self.get_looks(), expected, path)

	def test_b26_the_same_look_within_minutes_is_one_and_another_kind_or_person_is_another(self) -> None:
		self.open("Client", self.client)
		self.open("Client", self.client)
		self.assertEqual(len(self.get_lines()), 1)
		self.open("Client", self.client, self.lead)
		with self.in_request(self.worker):
			frappe.get_doc("Client", self.client).run_method("before_print", None)
		self.assertEqual(len(self.get_lines()), 3)
		before = add_to_date(now_datetime(), minutes=-MINUTES - 1)
		frappe.db.set_value(LOG, {"client": self.client}, "accessed_on", before)
		self.open("Client", self.client)
		self.assertEqual(len(self.get_lines()), 4)

	def test_b26_jobs_new_records_and_the_log_itself_are_no_looks(self) -> None:
		frappe.get_doc("Client", self.client).run_method("onload")
		note = frappe.new_doc("Case Note").update({"client": self.client, "client_case": self.case.name})
		line = frappe.get_doc(LOG, log_access(self.client, "Exported"))
		with self.in_request(self.lead):
			note.run_method("onload")
			line.run_method("onload")
		self.read(LOG, line.name, self.lead)
		self.assertEqual([line.access_kind for line in self.get_lines()], ["Exported"])

	def test_b26_who_is_refused_the_record_leaves_no_line(self) -> None:
		with suppress(*UNSEEN), self.in_request(make_worker("other")):
			getdoc("Client Case", self.case.name)
		for status in (302, 403, 404, 417, 500):
			self.read("Client Case", self.case.name, status=status)
		with self.in_request(self.worker):
			log_request(response=None, request=frappe.local.request)
		self.assertEqual(self.get_lines(), [])
		self.read("Client Case", self.case.name, status=304)
		self.assertEqual(len(self.get_lines()), 1)


class TestList(LogTestCase):
	LISTS = "frappe.desk.reportview.get"

	def list(self, doctype: str, fields: list[str], method: str = LISTS, **given) -> None:
		columns = [field if " " in field else f"`tab{doctype}`.`{field}`" for field in fields]
		given = {"filters": {"client" if doctype != "Client" else "name": self.client}, **given}
		given = {
			key: value if isinstance(value, str | int) else frappe.as_json(value)
			for key, value in given.items()
		}
		self.call(method, doctype=doctype, fields=frappe.as_json(columns), **given)

	def test_b26_a_list_that_says_no_more_than_lists_do_is_no_look(self) -> None:
		self.list("Client Case", ["name", "client_name", "status", "modified", "_assign"])
		self.list(
			"Critical Incident", ["name", "incident_type", "incident_type.label as incident_type_label"]
		)
		self.call(
			"frappe.client.get_value", doctype="Client Case", filters=self.case.name, fieldname="status"
		)
		with self.in_request(self.worker, "/api/resource/Client Case", fields=["name", "client"]):
			pass
		self.assertEqual(self.get_lines(), [])

	def test_b26_counts_and_titles_of_codes_say_no_more_than_lists_and_what_they_are_called_does_not_matter(
		self,
	) -> None:
		for count in ("count(name) as n", {"COUNT": "name", "as": "n"}):
			self.assertFalse(says_more({"doctype": "Client", "fields": [count]}, set()))
		self.assertTrue(says_more({"doctype": "Client", "fields": [{"MAX": "birth_date"}]}, set()))
		fields = {
			"max(what_happened) as status": True,
			"incident_type.label as incident_type_label": False,
			"incident_type.owner as incident_type_label": True,
			"client.preferred_name as incident_type_label": True,
			"`tabClient`.`client_name`": True,
			"what_happened": True,
		}
		little = get_list_fields("Critical Incident")
		for field, expected in fields.items():
			given = {"doctype": "Critical Incident", "fields": ["name", field]}
			self.assertEqual(says_more(given, little), expected, field)

	def test_b26_what_the_apps_own_lists_ask_for_is_no_look(self) -> None:
		scripts = list(Path(case_management.__file__).parent.glob("**/*_list.js"))
		self.assertTrue(scripts)
		for script in scripts:
			doctype = frappe.unscrub(script.parent.name)
			found = re.search(r"add_fields: \[([^]]*)\]", script.read_text())
			if found and doctype in CLIENT_RECORDS:
				self.assertLessEqual(set(re.findall(r"\w+", found[1])), get_list_fields(doctype), doctype)

	def test_b26_a_list_that_says_more_names_each_client_once(self) -> None:
		notes = [make_note(self.case).name for _note in range(2)]
		frappe.db.set_value("Case Note", {"name": ("in", notes)}, "owner", "Administrator")
		self.list("Case Note", ["name", "note"])
		self.assertEqual(self.get_looks(), [("Listed", "Case Note", None)])
		self.list("Client Case", ["name", "owner as x"])
		self.assertIn(("Listed", "Client Case", self.case.name), self.get_looks())

	def test_b26_a_list_over_rest_is_a_look_as_soon_as_it_has_more_than_codes(self) -> None:
		given = {"filters": {"name": self.case.name}, "limit_page_length": 20}
		with self.in_request(self.worker, "/api/resource/Client Case", fields=["name", "status"], **given):
			pass
		self.call(
			"frappe.client.get_list", self.lead, doctype="Client", fields=["*"], filters={"name": self.client}
		)
		self.assertEqual(
			[tuple(line.values()) for line in self.get_lines()],
			[
				(self.worker, "Listed", "Client Case", self.case.name),
				(self.lead, "Listed", "Client", self.client),
			],
		)

	def test_b26_a_page_of_a_list_names_who_is_on_it(self) -> None:
		others = [make_active_case(make_client(name)).client for name in ("Blair", "Cleo")]
		clients = [self.client, *others]
		given = {"filters": {"name": ("in", clients)}, "order_by": "creation asc", "limit_page_length": 1}
		self.list("Client", ["safe_contact_note"], **given, limit_start=1)
		looked = frappe.get_all(LOG, {"client": ("in", clients)}, pluck="client")
		self.assertEqual(looked, others[:1])

	def test_b26_nothing_sent_along_hides_a_look(self) -> None:
		"""A field called by another name, an order or group of one's own."""
		own = {"name": self.client}
		for given in (
			{"fields": ["safe_contact_note as name"], "filters": own},
			{"fields": ["safe_contact_note as n"], "filters": own, "order_by": "n desc"},
			{"fields": ["safe_contact_note"], "filters": own, "group_by": "safe_contact_note"},
			{"fields": '["*"]', "or_filters": own, "limit_page_length": "0"},
		):
			frappe.db.delete(LOG, {"client": self.client})
			self.call("frappe.client.get_list", doctype="Client", **given)
			self.assertEqual(self.get_looks(), [("Listed", "Client", self.client)], given)

	def test_b26_values_links_searches_and_calendars_that_say_more_are_looks(self) -> None:
		client, note = {"doctype": "Client"}, "safe_contact_note"
		# As it is called from Frappe 16 on.
		link = (
			"validate_link_and_fetch"
			if hasattr(frappe.client, "validate_link_and_fetch")
			else "validate_link"
		)
		fetched = "fields_to_fetch" if link == "validate_link_and_fetch" else "fields"
		calls = {
			"frappe.client.get_value": {**client, "filters": self.client, "fieldname": note},
			f"frappe.client.{link}": {**client, "docname": self.client, fetched: f'["{note}"]'},
			"frappe.desk.search.search_widget": {
				**client,
				"txt": self.client,
				"filter_fields": f'["{note}"]',
			},
			"frappe.desk.query_report.get_data_for_custom_field": {**client, "field": note},
			"frappe.desk.calendar.get_events": {
				**client,
				"start": "2000-01-01",
				"end": "2100-01-01",
				"field_map": f'{{"start": "creation", "end": "modified", "title": "{note}"}}',
			},
		}
		for method, given in calls.items():
			frappe.db.delete(LOG, {"client": self.client})
			self.call(method, **given)
			self.assertEqual(self.get_looks(), [("Listed", "Client", self.client)], method)

	def test_b26_rows_of_a_child_table_name_their_clients(self) -> None:
		given = {"doctype": "Case Team Member", "parent": "Client Case", "fields": '["user"]'}
		self.call("frappe.client.get_list", **given, filters={"parent": self.case.name})
		self.assertEqual(self.get_looks(), [("Listed", "Client Case", self.case.name)])


class TestExport(LogTestCase):
	"""No role may export; who is given the right, and Administrator, leave a line for each client."""

	def export(self, method: str, **given) -> None:
		self.call(method, "Administrator", **given)

	def setUp(self) -> None:
		super().setUp()
		self.note = make_note(self.case).name
		before = add_to_date(now_datetime(), days=-1)
		frappe.db.set_value("Case Note", self.note, "creation", before)
		frappe.db.set_value("Client", self.client, "creation", before)
		self.exported = [("Exported", "Case Note", self.note)]

	def test_b26_an_exported_list_names_each_client_each_time(self) -> None:
		given = {"doctype": "Case Note", "fields": '["name"]', "file_format_type": "CSV", "title": "Notes"}
		for _time in range(2):
			self.export(
				"frappe.desk.reportview.export_query", **given, filters=f'{{"client": "{self.client}"}}'
			)
		self.export(
			"frappe.desk.reportview.export_query", **given, selected_items=frappe.as_json([self.note])
		)
		self.assertEqual(self.get_looks(), self.exported * 3)

	def test_b26_an_export_for_an_import_names_them_and_an_empty_template_nobody(self) -> None:
		fields = frappe.as_json({"Case Note": ["name", "note"]})
		given = {"doctype": "Case Note", "export_fields": fields, "file_type": "CSV"}
		template = "frappe.core.doctype.data_import.data_import.download_template"
		self.export(template, **given, export_records="blank_template")
		self.assertEqual(self.get_lines(), [])
		filters = {"client": self.client}
		self.export(template, **given, export_records="by_filter", export_filters=frappe.as_json(filters))
		self.assertEqual(self.get_looks(), self.exported)

	def test_b26_data_export_names_them_too(self) -> None:
		columns = frappe.as_json({"Case Note": ["name", "note"]})
		given = {"doctype": "Case Note", "select_columns": columns, "file_type": "CSV"}
		method = "frappe.core.doctype.data_export.exporter.export_data"
		self.export(method, **given, template="true")
		self.assertEqual(self.get_lines(), [])
		self.export(method, **given, filters=f'{{"client": "{self.client}"}}', with_data=1)
		self.assertEqual(self.get_looks(), self.exported)

	def test_b26_an_exported_report_names_the_records_in_its_rows(self) -> None:
		given = {"report_name": "Who Looked At A Record", "file_format_type": "CSV"}
		with self.as_user(self.worker):
			log_access(self.client, "Opened", "Case Note", self.note)
		filters = frappe.as_json({"client": self.client})
		self.export("frappe.desk.query_report.export_query", **given, filters=filters, visible_idx="[]")
		expected = [("Exported", "Case Note", self.note), ("Exported", "Client", self.client)]
		self.assertEqual(self.get_looks(user="Administrator"), expected)

	def test_b26_a_report_on_the_screen_is_a_look_if_it_says_more_than_a_list(self) -> None:
		link = {"fieldname": "name", "fieldtype": "Link", "options": "Case Note"}
		missing, status = ({"fieldname": name, "fieldtype": "Data"} for name in ("missing", "status"))
		for column, looks in ((status, []), (missing, [("Listed", "Case Note", self.note)])):
			report = {"columns": [link, column], "result": [{"name": self.note}, ["Total", 1]]}
			given = {"cmd": "frappe.desk.query_report.run", "report_name": "What Is Missing"}
			with self.in_request(self.lead, **given):
				frappe.local.response["message"] = report
			self.assertEqual(self.get_looks(), looks)

	def test_b26_what_a_job_is_asked_to_print_was_printed(self) -> None:
		method = "frappe.utils.print_format.download_multi_pdf_async"
		with self.in_request(self.lead, cmd=method, doctype="Case Note", name=f'["{self.note}"]'):
			pass
		self.assertEqual(self.get_looks(), [("Printed", "Case Note", self.note)])


class TestWriting(LogTestCase):
	def test_b26_while_the_site_takes_no_writes_the_line_waits_and_is_stored_later(self) -> None:
		waiting = []
		with (
			patch.dict(frappe.flags, {"read_only": True}),
			patch.object(access_log, "deferred_insert", lambda _doctype, rows: waiting.extend(rows)),
		):
			self.open("Client", self.client)
			self.assertIsNone(log_access(self.client, "Exported"))
		self.assertEqual(self.get_lines(), [])
		frappe.get_doc({"doctype": LOG, **frappe.parse_json(frappe.as_json(waiting[0]))}).insert()
		self.assertEqual([line.user for line in self.get_lines()], [self.worker])

	def test_b26_a_line_that_the_database_does_not_take_waits_and_the_error_names_nobody(self) -> None:
		waiting, errors = [], []
		with (
			patch.object(frappe.db, "bulk_insert", side_effect=frappe.QueryTimeoutError(self.client)),
			patch.object(frappe.db, "rollback"),
			patch.object(access_log, "deferred_insert", lambda _doctype, rows: waiting.extend(rows)),
			patch.object(frappe, "log_error", lambda *words: errors.extend(words)),
		):
			self.open("Client", self.client)
		self.assertEqual([(row["client"], row["user"]) for row in waiting], [(self.client, self.worker)])
		self.assertIn("QueryTimeoutError", errors[1])
		self.assertNotIn(self.client, str(errors))

	def test_b26_nothing_that_goes_wrong_with_a_line_reaches_who_reads(self) -> None:
		with (
			patch.object(access_log, "get_new_lines", side_effect=ValueError),
			patch.object(frappe.db, "rollback"),
			patch.object(frappe, "log_error", side_effect=ValueError),
		):
			self.open("Client", self.client)

	def test_b26_all_lines_of_a_request_are_one_statement(self) -> None:
		with (
			patch.object(frappe.db, "bulk_insert", wraps=frappe.db.bulk_insert) as insert,
			self.in_request(self.worker),
		):
			for doctype, name in (("Client", self.client), ("Client Case", self.case.name)):
				frappe.get_doc(doctype, name).run_method("onload")
		self.assertEqual((insert.call_count, len(self.get_lines())), (1, 2))


class TestLine(LogTestCase):
	def make_line(self) -> frappe._dict:
		return frappe.get_doc(LOG, log_access(self.client, "Opened", "Client", self.client))

	def test_b26_nobody_changes_renames_deletes_or_makes_a_line(self) -> None:
		line = self.make_line()
		other = log_access(self.client, "Printed")
		changed = {**line.as_dict(), "user": self.lead}
		acts = (
			lambda: frappe.get_doc(LOG, line.name).update({"user": self.lead}).save(),
			lambda: frappe.client.set_value(LOG, line.name, "user", self.lead),
			lambda: frappe.client.save(frappe.as_json(changed)),
			lambda: frappe.client.delete(LOG, line.name),
			lambda: frappe.client.rename_doc(LOG, line.name, "another"),
			lambda: frappe.client.rename_doc(LOG, line.name, other, merge=True),
			lambda: frappe.rename_doc(LOG, line.name, "another", force=True),
			lambda: frappe.client.insert({**changed, "name": None, "__islocal": 1}),
			lambda: frappe.delete_doc(LOG, line.name, force=True),
			lambda: frappe.copy_doc(line).insert(),
		)
		for user in ("Administrator", self.lead, self.worker):
			for number, act in enumerate(acts):
				with self.subTest(user=user, act=number), self.in_request(user), self.assertRaises(REFUSALS):
					act()
		self.assertEqual(line.as_dict(), frappe.get_doc(LOG, line.name).as_dict())
		self.assertEqual(len(self.get_lines(user="Administrator")), 2)

	def test_b26_not_in_bulk_either(self) -> None:
		line = self.make_line()
		with self.in_request("Administrator", items=f'["{line.name}"]', doctype=LOG):
			with patch.object(frappe.db, "rollback"):
				delete_items()
			changed = {"doctype": LOG, "docname": line.name, "user": self.lead}
			failed = frappe.client.bulk_update(frappe.as_json([changed]))["failed_docs"]
		self.assertEqual((len(failed), len(self.get_lines(user="Administrator"))), (1, 1))

	def test_b26_an_import_makes_none_although_it_is_a_job(self) -> None:
		row = {"doctype": LOG, "client": self.client, "user": self.worker, "access_kind": "Opened"}
		with patch.dict(frappe.flags, {"in_import": True}), self.refused("made by itself"):
			frappe.get_doc(row).insert()
		self.assertFalse(frappe.get_meta(LOG).allow_import)

	def test_b26_frappes_clearing_of_logs_does_not_touch_it(self) -> None:
		line = self.make_line()
		frappe.db.set_value(LOG, line.name, {"creation": "2001-01-01", "modified": "2001-01-01"})
		with self.assertRaises(frappe.ValidationError):
			clear_log_table(LOG, days=1)
		settings = frappe.get_doc("Log Settings")
		settings.append("logs_to_clear", {"ref_doctype": LOG, "days": 1})
		settings.save()
		self.assertNotIn(LOG, [row.ref_doctype for row in settings.logs_to_clear])
		with patch.object(frappe.db, "commit"):
			run_log_clean_up()
		self.assertTrue(frappe.db.exists(LOG, line.name))

	def test_b26_two_users_do_not_become_one_whose_looks_would_be_anothers(self) -> None:
		self.make_line()
		with self.as_user(self.worker):
			log_access(self.client, "Opened")
		with self.refused(self.worker, "access log", "Disable"):
			frappe.rename_doc("User", self.worker, self.lead, merge=True)
		with self.assertRaises(frappe.LinkExistsError):
			frappe.delete_doc("User", self.worker)

	def test_b26_not_even_the_apps_own_code_changes_one(self) -> None:
		line = self.make_line()
		line.flags.by_rule = True
		with self.refused(line.name, "never changed"):
			line.update({"access_kind": "Printed"}).save()
		with self.refused(line.name, "never changed"):
			frappe.get_doc(line.doctype, line.name).run_method("on_trash")

	def test_b26_it_holds_no_name(self) -> None:
		fields = {field.fieldname for field in frappe.get_meta(LOG).fields}
		self.assertFalse({"client_name", "preferred_name", "content"} & fields)

	def test_b26_who_looked_recently_is_found_by_an_index(self) -> None:
		fields = {field.fieldname for field in frappe.get_meta(LOG).fields if field.search_index}
		self.assertEqual(fields, {"client", "user", "accessed_on"})


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
