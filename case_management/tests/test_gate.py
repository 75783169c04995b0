"""The gate: a request that names a client's record its user does not see is refused, and no other."""

import json
from urllib.parse import quote

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, today
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from case_management.case_management.guard.gate import check_request
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_agency,
	make_client,
	make_lead,
	make_user,
	make_worker,
)


def make_goal_of(case: Document) -> str:
	goal = {
		"doctype": "Support Goal",
		"client": case.client,
		"client_case": case.name,
		"goal": "A door that locks",
	}
	return frappe.get_doc(goal).insert().name


UNSEEN = "There is no such record, or it is not yours to see."


class TestGate(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.client = make_client("Behind the Gate")
		self.case = make_active_case(self.client)
		self.other = make_worker("other")
		self.addCleanup(delattr, frappe.local, "request")
		self.addCleanup(setattr, frappe.local, "form_dict", frappe.local.form_dict)

	def ask(self, user: str, path: str, /, **arguments: object) -> str | None:
		"""Ask as Frappe does before it answers; return the words of a refusal."""
		frappe.local.request = Request(EnvironBuilder(quote(path)).get_environ())
		given = {
			key: json.dumps(value) if isinstance(value, dict | list) else value
			for key, value in arguments.items()
		}
		with self.as_user(user):
			frappe.local.form_dict = frappe._dict(given)
			try:
				check_request()
				self.asked = dict(frappe.form_dict)
			except (frappe.PermissionError, frappe.DoesNotExistError) as error:
				return str(error)

	def assert_told(self, words: str | None, told: str | None) -> None:
		"""Expect words in what was said, or that nothing was."""
		if words is None:
			self.assertIsNone(told)
		else:
			self.assertIn(words, told or "")

	def each_way(self, name: str) -> dict[str, dict]:
		"""Return requests that name a client: where → with which arguments."""
		client = {"doctype": "Client", "name": name}
		todo = {"doctype": "ToDo", "description": "x", "reference_type": "Client", "reference_name": name}
		return {
			f"/api/resource/Client/{name}": {},
			f"/api/v1/resource/Client/{name}": {},
			f"/api/v2/document/Client/{name}/": {"__islocal": 1},
			f"/api/v2/document/Client/{name}/method/run": {},
			f"/api/v2/document/Client/{name}/copy": {},
			"/printview": client,
			"/api/method/frappe.desk.form.load.getdoc": client,
			"/api/method/frappe.desk.form.save.savedocs": {"doc": client},
			"/api/method/run_doc_method": {"dt": "Client", "dn": name, "method": "x"},
			"/api/method/frappe.desk.form.utils.add_comment": {
				"reference_doctype": "Client",
				"reference_name": name,
			},
			"/api/method/frappe.core.api.file.get_attached_images": {"doctype": "Client", "names": [name]},
			"/api/method/frappe.utils.print_format.download_multi_pdf": {"doctype": {"Client": [name]}},
			"/api/method/frappe.desk.form.utils.get_next": {"doctype": "Client", "value": name},
			"/api/method/frappe.client.bulk_update": {"docs": [{"doctype": "Client", "docname": name}]},
			"/api/method/frappe.client.insert": {"doc": todo},
			"/api/resource/ToDo": todo,
			"/api/method/upload_file": {"doctype": "Client", "docname": name},
			"/api/method/frappe.desk.reportview.save_report": {
				"cmd": "frappe.desk.form.load.getdoc",
				**client,
			},
			"/api/method/frappe.client.has_permission": {"doctype": "Client", "docname": name + " " * 150},
			"/api/v2/method/run_doc_method": {
				"docs": {"doctype": "Notification", "document_type": "Client"},
				"args": {"preview_document": name},
			},
			"/api/resource/Reminder": {"reminder_doctype": "Client", "reminder_docname": name},
		}

	def test_hidden_and_absent_are_refused_in_the_same_words_everywhere(self) -> None:
		for name in (self.client.name, f"{self.client.name}9"):
			for path, arguments in self.each_way(name).items():
				with self.subTest(path=path):
					self.assertEqual(self.ask(self.other, path, **arguments), UNSEEN)

	def test_who_sees_the_client_passes_everywhere(self) -> None:
		for path, arguments in self.each_way(self.client.name).items():
			with self.subTest(path=path):
				self.assertIsNone(self.ask(make_worker(), path, **arguments))

	def test_values_are_not_tried_out_by_filters_in_the_place_of_a_name(self) -> None:
		for filters in ({"preferred_name": ("like", "Behind%")}, {"preferred_name": "Nobody"}):
			path = "/api/method/frappe.client.set_value"
			told = self.ask(self.other, path, doctype="Client", name=filters, fieldname="pronouns", value="x")
			self.assertEqual(told, UNSEEN)
			told = self.ask(self.other, "/api/method/frappe.client.get", doctype="Client", filters=filters)
			self.assertEqual(told, UNSEEN)
		given = {"doctype": "Client", "filters": {"preferred_name": self.client.preferred_name}}
		self.assertIsNone(self.ask(make_worker(), "/api/method/frappe.client.get", **given))
		self.assertEqual(self.asked["name"], self.client.name)

	def test_a_function_that_knows_the_doctype_itself_is_asked_for_a_record_of_it(self) -> None:
		about = {"reference_doctype": "Client", "reference_name": self.client.name}
		mail = {"doctype": "Communication", "communication_type": "Communication", "subject": "x", **about}
		mail = frappe.get_doc(mail).insert().name
		links = [{"link_doctype": "Client", "link_name": self.client.name}]
		contact = frappe.get_doc({"doctype": "Contact", "first_name": "Aunt", "links": links}).insert().name
		work = {"doctype": "Data Import", "reference_doctype": "Client", "import_type": "Insert New Records"}
		work = frappe.get_doc(work).insert().name
		other = {"reference_doctype": "Currency", "reference_name": "AUD"}
		imports, people = "core.doctype.data_import.data_import", "contacts.doctype.contact.contact"
		for function, argument, name, more in (
			("email.relink", "name", mail, other),
			(f"{people}.get_contact_details", "contact", contact, {}),
			("core.doctype.sms_settings.sms_settings.get_contact_number", "contact_name", contact, other),
			(f"{imports}.get_preview_from_template", "data_import", work, {}),
			(f"{imports}.download_import_log", "data_import_name", work, {}),
		):
			for asked, told in ((name, f"{name} not found"), ("absent", None)):
				with self.subTest(function, name=asked):
					given = {argument: asked, **more}
					self.assert_told(told, self.ask(self.other, f"/api/method/frappe.{function}", **given))
		self.assertIsNone(self.ask(make_worker(), "/api/method/frappe.email.relink", name=mail, **about))

	def test_nobody_is_handed_the_report_that_somebody_else_had_prepared(self) -> None:
		with self.as_user(make_lead()):
			prepared = {"doctype": "Prepared Report", "report_name": "Waiting List", "filters": "{}"}
			prepared = frappe.get_doc(prepared).insert(ignore_permissions=True).name
		path = "/api/method/frappe.desk.query_report.run"
		for name, told in ((prepared, f"{prepared} not found"), ("absent", None)):
			filters = {"prepared_report_name": name}
			self.assert_told(told, self.ask(self.other, path, report_name="Waiting List", filters=filters))
		for user, filters in ((self.other, {}), (make_lead(), {"prepared_report_name": prepared})):
			given = {"report_name": "Waiting List", "filters": filters, "user": make_lead()}
			self.assertIsNone(self.ask(user, path, **given))

	def test_what_is_anybodys_is_ones_own_only(self) -> None:
		for function in (
			"frappe.core.doctype.user_permission.user_permission.get_user_permissions",
			"frappe.desk.doctype.event.event.get_events",
			"frappe.desk.query_report.run",
		):
			self.assertIsNone(self.ask(self.other, f"/api/method/{function}", user=make_worker()))
			self.assertEqual(self.asked["user"], self.other)

	def test_a_link_to_somebody_unseen_is_a_link_to_nobody(self) -> None:
		for function in ("validate_link", "validate_link_and_fetch"):
			path, client = f"/api/method/frappe.client.{function}", {"doctype": "Client"}
			for name in (self.client.name, "CL-absent", "new-client-abcdefgh"):
				self.assertIsNone(self.ask(self.other, path, docname=name, **client))
				self.assertNotEqual(self.asked["docname"], name)
			self.assertIsNone(self.ask(make_worker(), path, docname=self.client.name, **client))
			self.assertEqual(self.asked["docname"], self.client.name)

	def test_a_form_of_what_points_at_a_hidden_client_is_one_of_what_is_not_there(self) -> None:
		about = {"reference_type": "Client", "reference_name": self.client.name, "description": "x"}
		todo = frappe.get_doc({"doctype": "ToDo", "allocated_to": make_worker(), **about}).insert().name
		for user, given in ((make_worker(), [todo]), (self.other, [])):
			self.assertIsNone(
				self.ask(user, "/api/method/frappe.desk.form.load.getdoc", doctype="ToDo", name=todo)
			)
			self.assertEqual([name for name in (self.asked["name"],) if name == todo], given)

	def test_functions_that_ask_too_little_are_for_few(self) -> None:
		for function in (
			"frappe.automation.doctype.auto_repeat.auto_repeat.generate_message_preview",
			"frappe.core.doctype.user.user.impersonate",
		):
			told = self.ask(
				self.other, f"/api/method/{function}", message="{{ frappe.db }}", user=make_worker()
			)
			self.assertEqual(told, "Not permitted")

	def test_a_function_that_reads_past_all_permissions_is_refused_for_what_may_tell_of_clients(self) -> None:
		for function, argument in (
			("frappe.desk.doctype.tag.tag.get_tagged_docs", "doctype"),
			("frappe.utils.goal.get_monthly_goal_graph_data", "goal_doctype"),
			("frappe.workflow.doctype.workflow.workflow.get_workflow_state_count", "doctype"),
		):
			path = f"/api/method/{function}"
			for doctype in ("Client", "ToDo", "Case Team Member"):
				self.assertIn(function, self.ask(self.other, path, **{argument: doctype}) or "")
			self.assertIsNone(self.ask(self.other, path, **{argument: "Role"}))

	def test_a_chart_of_clients_is_computed_for_who_looks_at_it(self) -> None:
		path = "/api/method/frappe.desk.doctype.dashboard_chart.dashboard_chart.get"
		values = {"chart_name": "Pronouns of Clients", "chart_type": "Group By", "document_type": "Client"}
		values |= {"group_by_type": "Count", "group_by_based_on": "pronouns", "filters_json": "[]"}
		chart = frappe.get_doc({"doctype": "Dashboard Chart", "is_public": 1, **values}).insert()
		reported = {"chart_type": "Report", "report_name": "Client Outcomes", "name": "x"}
		for given in ({"chart_name": chart.name}, {"chart": values}, {"chart": reported}):
			self.assertIsNone(self.ask(self.other, path, **given))
			self.assertEqual(self.asked.get("refresh"), 1)
		self.assertIn("heatmap", self.ask(self.other, path, chart={**values, "type": "Heatmap"}))
		for given in (
			{"chart": {"document_type": "Role", "type": "Heatmap"}},
			{"chart": {"report_name": "ToDo x"}},
		):
			self.assertIsNone(self.ask(self.other, path, **given))
			self.assertNotIn("refresh", self.asked)

	def test_whom_records_are_assigned_to_is_counted_of_what_is_seen(self) -> None:
		path = "/api/method/frappe.desk.listview.get_group_by_count"
		for user, seen in ((make_worker(), [self.client.name]), (self.other, [""])):
			filters = {"preferred_name": self.client.preferred_name}
			given = {"doctype": "Client", "current_filters": filters, "field": "assigned_to"}
			self.assertIsNone(self.ask(user, path, **given))
			self.assertEqual(json.loads(self.asked["current_filters"]), {"name": ["in", seen]})
			given = {**given, "doctype": "User", "current_filters": {"enabled": 1}}
			self.assertIsNone(self.ask(user, path, **given))
			self.assertEqual(json.loads(self.asked["current_filters"]), {"enabled": 1})

	def test_g4_whom_is_assigned_is_counted_where_nobody_asks_for_permission_but_not_of_what_is_hidden(
		self,
	) -> None:
		path = "/api/method/frappe.desk.listview.get_group_by_count"
		about = {"doctype": "Comment", "comment_type": "Info", "content": "x"}
		comments = [
			frappe.get_doc({**about, "reference_doctype": kind, "reference_name": name}).insert().name
			for kind, name in (("Client", self.client.name), ("User", "Guest"))
		]
		given = {"doctype": "Comment", "current_filters": {"name": ["in", comments]}, "field": "assigned_to"}
		for user, seen in ((make_worker(), comments), (self.other, comments[1:])):
			self.assertIsNone(self.ask(user, path, **given))
			name, (operator, counted) = json.loads(self.asked["current_filters"]).popitem()
			self.assertEqual((name, operator, set(counted)), ("name", "in", set(seen)))

	def test_the_address_of_a_private_file_is_known_by_any_argument(self) -> None:
		for argument in ("file_url", "import_file"):
			given = {argument: "/private/files/nobody-sees.csv"}
			self.assertEqual(self.ask(self.other, "/api/method/ping", **given), UNSEEN)

	def test_a_contacts_addresses_are_not_asked_for_a_hidden_client(self) -> None:
		path = "/api/method/frappe.contacts.doctype.contact.contact.address_query"
		for name in (self.client.name, "absent"):
			links = [{"link_doctype": "Client", "link_name": name}]
			self.assertIn("address_query", self.ask(self.other, path, links=links))

	def test_a_function_by_its_doctype_is_the_same_function(self) -> None:
		values = {"file_name": "letter.txt", "content": "x", "is_private": 1}
		about = {"attached_to_doctype": "Client", "attached_to_name": self.client.name}
		file = frappe.get_doc({"doctype": "File", **values, **about}).insert()
		for name, told in ((file.name, f"{file.name} not found"), ("absent", None)):
			given = {"file_list": [{"name": name}], "new_parent": "Home", "old_parent": "Home"}
			for path in ("frappe.core.doctype.file.file.move_file", "File/move_file"):
				with self.subTest(path=path, name=name):
					self.assert_told(told, self.ask(self.other, f"/api/v2/method/{path}", **given))

	def test_a_guest_and_somebody_without_a_role_are_told_the_same(self) -> None:
		for user in ("Guest", "Administrator"):
			told = self.ask(user, f"/api/resource/Client/{self.client.name}")
			self.assertEqual(told, None if user == "Administrator" else UNSEEN)

	def test_rows_of_a_record_are_behind_the_gate_with_it(self) -> None:
		path = f"/api/resource/Case Team Member/{self.case.team[0].name}"
		self.assertEqual(self.ask(self.other, path), UNSEEN)
		self.assertIsNone(self.ask(make_worker(), path))

	def test_what_the_desk_asks_in_daily_work_passes(self) -> None:
		unsaved = {"doctype": "Client", "name": "new-client-abcdefgh", "__islocal": 1}
		requests = {
			"/api/method/frappe.desk.form.save.savedocs": {"doc": unsaved, "action": "Save"},
			"/api/method/upload_file": {"doctype": "Case Note", "docname": "new-case-note-abcdefgh"},
			"/api/method/frappe.desk.form.load.getdoc": {"doctype": "Case Note", "name": "new"},
			"/api/method/frappe.desk.reportview.save_report": {"name": "My Clients", "doctype": "Client"},
			"/api/method/frappe.desk.reportview.get": {"doctype": "Client", "filters": [["name", "=", "x"]]},
			"/api/method/frappe.desk.notifications.get_open_count": {
				"doctype": "Support Program",
				"name": self.case.program,
				"items": ["Client Case", "ToDo"],
			},
			"/api/method/frappe.client.get_list": {"doctype": "Case Team Member", "parent": "Client Case"},
			"/api/method/frappe.desk.reportview.get_list": {
				"doctype": "Client Case",
				"filters": {"name": ["!=", "CASE-1"], "status": ["!=", "Closed"]},
			},
			"/api/resource/Notification": {"document_type": "Client", "name": "Told", "event": "New"},
			"/api/resource/Kanban Board": {"reference_doctype": "Client Case", "kanban_board_name": "Cases"},
			"/api/method/frappe.desk.search.search_link": {"doctype": "Client", "txt": "somebody"},
			"/api/method/frappe.desk.doctype.number_card.number_card.get_result": {
				"doc": {"doctype": "Number Card", "document_type": "Client Case"},
				"filters": [["Client Case", "case_manager", "=", "frappe.session.user"]],
			},
			"/api/method/frappe.client.save": {
				"doc": {"doctype": "Case Note", "name": "new-case-note-abc", "__islocal": 1, "client": None},
			},
		}
		for path, arguments in requests.items():
			with self.subTest(path=path):
				self.assertIsNone(self.ask(self.other, path, **arguments))

	def test_a_value_that_is_a_doctypes_name_by_chance_is_none(self) -> None:
		acted = {
			"dt": "Client Case",
			"dn": self.case.name,
			"method": "acknowledge_rights",
			"args": {"by": "Client"},
		}
		self.assertIsNone(self.ask(make_worker(), "/api/method/run_doc_method", **acted))
		new = {
			"doctype": "Conflict Declaration",
			"name": "new-conflict-declaration-abc",
			"declared_by": "Client",
		}
		asked = {"docs": {**new, "__islocal": 1}, "method": "onload"}
		self.assertIsNone(self.ask(make_worker(), "/api/method/run_doc_method", **asked))

	def test_a_search_past_all_permissions_is_a_search_like_any(self) -> None:
		path = "/api/method/frappe.desk.search.search_link"
		self.ask(self.other, path, doctype="Client", txt="x", ignore_user_permissions=1)
		self.assertNotIn("ignore_user_permissions", self.asked)
		self.ask(self.other, path, doctype="Role", txt="x", ignore_user_permissions=1)
		self.assertIn("ignore_user_permissions", self.asked)

	def test_a_guarded_function_is_not_called_by_a_function_that_calls_others(self) -> None:
		path = "/api/method/frappe.desk.treeview.get_all_nodes"
		told = self.ask(self.other, path, doctype="Client", tree_method="frappe.client.get_count")
		self.assertIn("frappe.client.get_count", told)
		mapper = "/api/method/frappe.model.mapper.map_docs"
		given = {"args": {"doctype": "Client"}, "source_names": ["x"]}
		self.assertIn("map_docs", self.ask(self.other, mapper, method="x.y", **given))
		# A customer with the word as their name is none of ours.
		for name in ("Client Services Ltd", "The Client", "Client"):
			self.assertIsNone(self.ask(self.other, mapper, method="x.y", source_names=[name]))

	def test_a_function_that_nobody_has_judged_is_refused_where_a_client_is_named(self) -> None:
		path, given = "/api/method/frappe.not_known_yet", {"doctype": "Client", "name": "x"}
		self.assertIn("not_known_yet", self.ask(self.other, path, **given))
		self.assertIsNone(self.ask(self.other, path, doctype="ToDo", name="x"))
		frappe.db.set_single_value(
			"Case Management Settings", "allowed_functions", "a.b\nfrappe.not_known_yet"
		)
		self.assertEqual(self.ask(self.other, path, **given), UNSEEN)

	def test_who_is_called_like_a_doctype_is_none_of_ours(self) -> None:
		path = "/api/method/frappe.not_known_yet"
		for given in (
			{"party": "Client", "party_type": "Customer"},
			{"txt": "Client"},
			{"label": "Support Plan"},
		):
			self.assertIsNone(self.ask(self.other, path, **given))
		for given in ({"party": "CL-1", "party_type": "Client"}, {"filters": [["Client", "name", "=", "x"]]}):
			self.assertIsNotNone(self.ask(self.other, path, **given))
		self.assertIsNone(self.ask(self.other, path, txt="frappe.client.get"))

	def test_a_function_named_in_an_argument_asks_by_itself_or_is_refused(self) -> None:
		path = "/api/method/frappe.desk.search.search_link"
		given = {"doctype": "Client", "txt": self.client.name}
		for query, told in (
			("frappe.desk.search.get_link_title", "get_link_title"),
			("frappe.client.validate_link", "validate_link"),
			("frappe.client.get_list", None),
			("frappe.session.user", None),
		):
			with self.subTest(query):
				self.assert_told(told, self.ask(self.other, path, query=query, **given))

	def test_a_doctype_in_another_spelling_is_refused(self) -> None:
		for doctype in ("client", "CLIENT CASE", "Clïent", "Client\u200b", "Ｃlient"):
			with self.subTest(doctype):
				path = "/api/method/frappe.client.get_list"
				self.assertEqual(self.ask(make_worker(), path, doctype=doctype), UNSEEN)
				self.assertEqual(self.ask(make_worker(), f"/api/resource/{doctype}"), UNSEEN)

	def test_a_letter_written_as_an_escape_is_the_letter(self) -> None:
		path = "/api/method/frappe.client.get_count"
		filters = '{"match_choice\\u002epreferred_name": ["like", "B%"]}'
		self.assertIn("through", self.ask(make_worker(), path, doctype="Client Intake", filters=filters))
		doc = json.dumps({"doctype": "Client", "name": self.client.name}).replace("Client", "\\u0043lient")
		self.assertEqual(self.ask(self.other, "/api/method/frappe.client.save", doc=doc), UNSEEN)

	def test_no_linked_record_is_read_through_an_argument_of_another_name(self) -> None:
		intake, link = "Client Intake", "match_choice.preferred_name"
		chart = {"document_type": intake, "filters_json": json.dumps([[intake, link, "like", "B%"]])}
		desk = "/api/method/frappe.desk"
		for path, given in (
			(f"{desk}.search.search_widget", {"doctype": intake, "txt": "", "filter_fields": [link]}),
			(
				f"{desk}.listview.get_group_by_count",
				{"doctype": intake, "current_filters": {link: ["like", "B%"]}, "field": "status"},
			),
			(f"{desk}.doctype.dashboard_chart.dashboard_chart.get", {"chart": chart}),
			(f"{desk}.doctype.number_card.number_card.get_result", {"doc": chart, "filters": "[]"}),
		):
			with self.subTest(path):
				self.assertIn("through", self.ask(make_worker(), path, **given) or "")

	def test_no_request_brings_a_query_within_its_query(self) -> None:
		part = "'YEAR FROM now()) as a, (SELECT x.address FROM {0} LIMIT 1) as b, EXTRACT(YEAR'"
		whole = [{"EXTRACT": [part.format("tabClient"), "modified"]}]
		halves = [{"EXTRACT": ["'YEAR FROM now()),(SELECT x.address FROM /*'"]}, "*/ tabClient x) as aa"]
		for fields in (whole, halves, [{"EXTRACT": ["'YEAR FROM now()) as a, EXTRACT(YEAR'", "modified"]}]):
			for doctype in ("Language", "Note", "Client"):
				with self.subTest(fields, doctype=doctype):
					self.assertIsNotNone(self.ask(self.other, f"/api/resource/{doctype}", fields=fields))
		where = {"fields": ["(select x.address from tabClient x where x.name = 1) as a"]}
		self.assertIn("a query", self.ask(self.other, "/api/resource/Language", **where))
		spread = {"order_by": "/* tabClient x", "filters": [["title", "=", "(select */"]]}
		self.assertIn("a query", self.ask(self.other, "/api/resource/Note", **spread))
		for text in ("Please select a table and take a tablet", "SELECT * FROM somewhere"):
			asked = {"filters": [["title", "like", text]], "fields": ["`tabNote`.`title`", "tabNote.name"]}
			self.assertIsNone(self.ask(self.other, "/api/resource/Note", **asked))

	def test_a_backslash_ends_no_text_in_a_filter(self) -> None:
		filters = [["Event", "subject", "=", "\\"], ["Event", "color", "=", " OR 1=1) -- "]]
		for path in (
			"frappe.desk.doctype.event.event.get_events",
			"frappe.client.get_count",
			"frappe.desk.reportview.get_count",
		):
			given = {} if "event" in path else {"doctype": "Event"}
			told = self.ask(self.other, f"/api/method/{path}", filters=filters, **given)
			self.assertIn("backslash", told or "")

	def test_a_query_of_what_may_be_about_clients_is_plain(self) -> None:
		for asked in (
			{"fields": [{"EXTRACT": ["YEAR", "modified"]}]},
			{"fields": ["name as code", {"team": ["user"]}]},
			{"fields": ["sleep(1)"]},
			{"order_by": "if(name='x', 1, 2)"},
			{"filters": [["name", "=", "\\"]]},
			{"filters": {"name": ["= 1 or", "x"]}},
		):
			for doctype in ("Client Case", "ToDo"):
				with self.subTest(asked, doctype=doctype):
					self.assertIsNotNone(self.ask(make_worker(), f"/api/resource/{doctype}", **asked))
		plain = {
			"fields": ["`tabClient Case`.`name`", "count(name) as number", {"COUNT": "*", "as": "number"}],
			"order_by": "`tabClient Case`.`modified` desc, name asc",
			"filters": {"status": ["in", ["Active", "Closed"]]},
			"group_by": "status",
		}
		self.assertIsNone(self.ask(make_worker(), "/api/resource/Client Case", **plain))

	def test_an_answer_is_not_widened_by_what_is_linked(self) -> None:
		for argument in ("expand_links", "expand"):
			told = self.ask(make_worker(), f"/api/resource/Client Case/{self.case.name}", **{argument: 1})
			self.assertIn(argument, told)

	def test_a_document_that_is_sent_is_new_or_the_stored_one(self) -> None:
		run = "/api/method/run_doc_method"
		copy = {"doctype": "Client", "name": self.client.name, "preferred_name": "Somebody else"}
		self.assertIsNone(self.ask(self.other, run, method="x", docs={**copy, "__islocal": 1}))
		self.assertNotIn("name", json.loads(self.asked["docs"]))
		self.assertIsNone(self.ask(make_worker(), run, method="x", docs=copy))
		self.assertEqual(json.loads(self.asked["docs"])["preferred_name"], self.client.preferred_name)
		self.assertIsNone(self.ask(make_worker(), "/api/method/frappe.client.save", doc=copy))
		self.assertEqual(json.loads(self.asked["doc"])["preferred_name"], "Somebody else")

	def test_filters_in_the_place_of_a_documents_name_tell_nothing_wherever_it_stands(self) -> None:
		run = "/api/method/run_doc_method"
		own = {"doctype": "Client Case", "name": self.case.name}
		for filters in ({"preferred_name": self.client.preferred_name}, {"preferred_name": "Nobody at all"}):
			sent = {"doctype": "Client", "name": filters}
			for arguments in ({"who": sent}, {"rows": [{"who": sent}]}, {"text": json.dumps(sent)}):
				for user in (self.other, make_worker()):
					self.assertEqual(self.ask(user, run, method="hold", docs=own, args=arguments), UNSEEN)

	def test_what_points_at_a_hidden_client_is_not_there_for_functions_that_do_not_ask(self) -> None:
		todo = {"doctype": "ToDo", "description": "x"}
		about = {"reference_type": "Client", "reference_name": self.client.name}
		hidden, free = (frappe.get_doc({**todo, **values}).insert().name for values in (about, {}))
		for path, given in (
			("frappe.desk.doctype.tag.tag.add_tag", {"tag": "x", "dt": "ToDo"}),
			("frappe.desk.like.toggle_like", {"doctype": "ToDo", "add": "Yes"}),
			("frappe.printing.page.print.print.get_print_settings_to_show", {"doctype": "ToDo"}),
		):
			for key in ("dn", "name", "docname", "reference_name"):
				asked = {**given, key: hidden}
				self.assertIsNone(self.ask(make_worker(), f"/api/method/{path}", **asked))
				told = self.ask(self.other, f"/api/method/{path}", **asked)
				self.assertIn(hidden, told or "")
				self.assertNotIn(self.client.name, told or "")
				for name in (free, "not-there"):
					self.assertIsNone(self.ask(self.other, f"/api/method/{path}", **{**given, key: name}))

	def test_a_number_in_the_place_of_a_name_is_the_text_that_it_is(self) -> None:
		restore = "/api/method/frappe.core.doctype.deleted_document.deleted_document.restore"
		self.ask(self.other, restore, name=98101)
		self.assertEqual(self.asked["name"], "98101")

	def test_who_has_no_role_for_a_record_is_answered_like_who_does_not_see_it(self) -> None:
		wish = {"doctype": "Seconded Worker Request", "wanted": "Dari", "client": self.client.name}
		wish |= {"client_case": self.case.name, "reason": "Reason for a Seconded Worker-language"}
		stored = frappe.get_doc(wish).insert().name
		seconded = make_user("Seconded Case Worker", name="seconded")
		with self.as_user(make_lead()):
			frappe.get_doc("Client Case", self.case.name).add_team_member(
				user=seconded,
				team_role="Seconded Case Manager",
				agency=make_agency().name,
				to_date=add_days(today(), 9),
			)
		for name in (stored, "SWR-absent"):
			self.assertEqual(self.ask(seconded, f"/api/resource/Seconded Worker Request/{name}"), UNSEEN)

	def test_what_a_new_document_links_to_is_seen_where_it_is_not_saved(self) -> None:
		printed = "/api/method/frappe.www.printview.get_html_and_style"
		for goal in (make_goal_of(self.case), "GOAL-absent"):
			doc = {"doctype": "Support Plan", "__islocal": 1, "agreed_goals": [{"goal": goal}]}
			self.assertEqual(self.ask(self.other, printed, doc=doc), UNSEEN)

	def test_a_board_of_clients_moves_no_cards_by_their_order(self) -> None:
		path = "/api/method/frappe.desk.doctype.kanban_board.kanban_board.update_order"
		for doctype, field, order in (("Client Case", "status", {}), ("ToDo", "status", {"Open": ["x"]})):
			board = frappe.get_doc({"doctype": "Kanban Board", "kanban_board_name": f"{doctype} by Hand"})
			board.update({"reference_doctype": doctype, "field_name": field}).insert()
			for user in (self.other, make_worker()):
				asked = {"board_name": board.name, "order": {"Open": ["x"]}}
				self.assertIsNone(self.ask(user, path, **asked))
				self.assertEqual(json.loads(self.asked["order"]), order)

	def test_fields_are_not_read_through_a_link_to_somebody_who_may_be_hidden(self) -> None:
		for doctype, field in (
			("Client Case", "head_case.client"),
			("Client Intake", "match_choice.preferred_name"),
			("Client Relationship", "related_client.preferred_name"),
		):
			with self.subTest(field):
				for argument in ("fields", "filters", "order_by"):
					told = self.ask(
						make_worker(),
						"/api/method/frappe.client.get_list",
						doctype=doctype,
						**{argument: [field]},
					)
					self.assertIn("through", told or "")
			for address in (f"/api/v2/document/{doctype}", f"/api/v2/doctype/{doctype}/count"):
				with self.subTest(address):
					told = self.ask(make_worker(), address, filters=[[field, "like", "A%"]])
					self.assertIn("through", told or "")

	def test_fields_of_the_records_own_client_are_read(self) -> None:
		asked = {"doctype": "Case Note", "fields": ["client.preferred_name", "client_case.status"]}
		self.assertIsNone(self.ask(make_worker(), "/api/method/frappe.client.get_list", **asked))
