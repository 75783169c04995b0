"""What points at a client's record follows it: comments, files, versions, tags, to-dos, logs."""

import frappe

from case_management.case_management.guard.referencing import OF_FRAPPE, get_references, get_row_references
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_client,
	make_lead,
	make_program,
	make_user,
	make_worker,
)
from case_management.tests.plan_factories import make_note

# A DocType that points at records → values for one of it.
POINTING = {
	"Access Log": {"file_type": "PDF"},
	"Activity Log": {"subject": "Seen"},
	"Comment": {"comment_type": "Comment", "content": "Said about somebody"},
	"Communication": {"subject": "Written", "communication_type": "Communication"},
	"Deleted Document": {"data": "{}"},
	"Email Queue": {"message": "Sent", "sender": "a@example.org"},
	"Error Log": {"error": "Failed"},
	"File": {"file_name": "letter.txt", "is_private": 1, "file_url": "/private/files/letter.txt"},
	"Notification Log": {"subject": "Told"},
	"Tag Link": {"tag": "Urgent", "title": "Somebody"},
	"ToDo": {"description": "To be done"},
	"Version": {"data": "{}"},
	"View Log": {"viewed_by": "Administrator"},
}

# Frappe's own that are followed only once they name a client, as other apps' are: they are in everybody's lists.
LIKE_OTHERS = (
	"Address",
	"Contact",
	"Dynamic Link",
	"Workflow Transition Task",
	"Workflow Transition Tasks",
)


class TestReferences(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.client = make_client("Pointed At")
		self.case = make_active_case(self.client)
		self.administrator = make_user("System Manager", name="runs-the-site")
		self.other = make_worker("other")

	def tearDown(self) -> None:
		super().tearDown()
		# Frappe 15 keeps errors in a table of which nothing is rolled back.
		frappe.db.delete("Error Log", POINTING["Error Log"])

	def point(self, doctype: str, record: object, **values: object) -> str:
		"""Store what points at a record, past all rules: it may be from before they held."""
		(kind, name), *_others = get_references(doctype)
		doc = frappe.get_doc({"doctype": doctype, **POINTING[doctype], **values})
		doc.update({kind: record.doctype, name: record.name})
		doc.name = frappe.generate_hash(length=10)
		doc.db_insert()
		return doc.name

	def lists(self, user: str, doctype: str, name: str) -> bool:
		with self.as_user(user):
			return name in frappe.get_list(doctype, filters={"name": name}, pluck="name")

	def test_who_runs_the_site_lists_nothing_that_points_at_a_client(self) -> None:
		for doctype in POINTING:
			with self.subTest(doctype):
				name = self.point(doctype, self.client)
				frappe.db.set_value(doctype, name, "owner", self.administrator)
				self.assertFalse(self.lists(self.administrator, doctype, name))
				with self.as_user(self.administrator):
					self.assertFalse(frappe.get_doc(doctype, name).has_permission("read"))

	def test_what_points_elsewhere_is_listed_as_frappe_lists_it(self) -> None:
		role = frappe.get_doc("Role", "Case Worker")
		for doctype in ("Comment", "Error Log", "Version"):
			with self.subTest(doctype):
				name = self.point(doctype, role)
				self.assertTrue(self.lists(self.administrator, doctype, name))

	def test_a_worker_has_the_to_do_of_their_client_and_loses_it_with_the_client(self) -> None:
		todo = self.point("ToDo", self.client, allocated_to=make_worker(), status="Closed")
		self.assertTrue(self.lists(make_worker(), "ToDo", todo))
		frappe.db.set_value("Case Team Member", {"parent": self.case.name}, "to_date", "2020-01-01")
		self.assertFalse(self.lists(make_worker(), "ToDo", todo))

	def test_a_file_stays_with_its_record_whoever_uploaded_it(self) -> None:
		file = frappe.get_doc("File", self.point("File", self.client))
		file.db_set("owner", self.other)
		with self.as_user(self.other):
			self.assertFalse(file.has_permission("read"))
		with self.as_user(make_worker()):
			self.assertTrue(file.has_permission("read"))

	def test_what_points_at_a_confidential_note_is_its_authors_and_the_leaders(self) -> None:
		with self.as_user(make_lead()):
			note = make_note(self.case, confidential=1)
		todo = self.point("ToDo", note, allocated_to=make_worker())
		self.assertFalse(self.lists(make_worker(), "ToDo", todo))
		self.assertTrue(
			self.lists(
				make_worker(), "ToDo", self.point("ToDo", make_note(self.case), allocated_to=make_worker())
			)
		)

	def test_a_record_turned_elsewhere_by_hand_is_still_judged_by_what_is_stored(self) -> None:
		# One that names nothing says nothing of any other.
		frappe.get_doc({"doctype": "Comment", "comment_type": "Info", "content": "x"}).insert()
		comment = frappe.get_doc("Comment", self.point("Comment", self.client))
		with self.as_user(self.administrator):
			comment.update({"reference_doctype": "Role", "reference_name": "Case Worker"})
			self.assertFalse(comment.has_permission("write"))

	def test_nobody_begins_what_points_at_a_client_they_do_not_see(self) -> None:
		with self.as_user(self.other), self.assertRaises(frappe.PermissionError):
			frappe.get_doc(
				{
					"doctype": "ToDo",
					"description": "Find out where she lives",
					"reference_type": "Client",
					"reference_name": self.client.name,
				}
			).insert()

	def test_an_event_follows_the_client_who_takes_part(self) -> None:
		event = frappe.get_doc(
			{"doctype": "Event", "subject": "Meet her", "starts_on": "2030-01-01 10:00:00"}
		)
		event.append(
			"event_participants", {"reference_doctype": "Client", "reference_docname": self.client.name}
		)
		event.insert().db_set({"owner": self.administrator, "event_type": "Public"})
		self.assertFalse(self.lists(self.administrator, "Event", event.name))
		with self.as_user(self.administrator):
			self.assertFalse(frappe.get_doc("Event", event.name).has_permission("read"))
		self.assertTrue(self.lists(make_worker(), "Event", event.name))

	def test_where_somebody_went_is_theirs_to_look_at(self) -> None:
		route = frappe.get_doc({"doctype": "Route History", "route": f"Form/Client/{self.client.name}"})
		route.user = make_worker()
		route.db_insert()
		self.assertFalse(self.lists(self.administrator, "Route History", route.name))

	def test_doctypes_of_frappe_that_name_a_record_are_known(self) -> None:
		"""Whether by dynamic links or by two plain fields; Frappe writes some past validation, so they are always followed."""
		modules = frappe.get_all("Module Def", {"app_name": "frappe"}, pluck="name")
		for doctype in frappe.get_all("DocType", {"issingle": 0, "module": ("in", modules)}, pluck="name"):
			names_records = (
				get_references(doctype) or get_row_references(doctype) or self.get_plain_pairs(doctype)
			)
			if names_records and doctype not in LIKE_OTHERS:
				self.assertIn(doctype, OF_FRAPPE)

	def get_plain_pairs(self, doctype: str) -> list[tuple[str, str]]:
		fields = {field.fieldname for field in frappe.get_meta(doctype).fields}
		kinds = {name for name in fields if name.endswith(("doctype", "reference_type", "document_type"))}
		return [
			(kind, name)
			for kind in kinds
			for name in (
				kind.replace("doctype", "name"),
				kind.replace("doctype", "docname"),
				kind.replace("type", "name"),
			)
			if name in fields and name != kind
		]

	def test_deleting_what_a_hidden_record_names_does_not_say_which(self) -> None:
		program = make_program("Program of Somebody")
		make_active_case(make_client("In a Program"), program)
		for user in (self.administrator, make_user("Case Management Admin")):
			for doctype, name in (("Support Program", program.name), ("User", make_worker())):
				if not frappe.has_permission(doctype, "delete", user=user):
					continue
				with self.subTest(doctype, user=user), self.as_user(user):
					with self.refused(name, "name it", "disable", exception=frappe.LinkExistsError) as caught:
						frappe.delete_doc(doctype, name)
					self.assertNotRegex(str(caught.exception), r"CASE-|CL-|IN-")
