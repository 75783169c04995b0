"""A good guest: what is not about a client is listed, counted, saved and deleted as without this app, and costs the same."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import frappe
from frappe.desk.form.load import getdoc
from frappe.desk.reportview import build_match_conditions

from case_management.case_management.guard import counts, moments, referencing
from case_management.case_management.guard.references import get_no_opinion
from case_management.permissions import query_conditions
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_client, make_user, make_worker

NOTED = {"parent": referencing.MODULE, "defkey": referencing.FOUND}
# What the app has Frappe call for every DocType, and what it answers without an opinion.
HOOKS = {
	"permissions.query_conditions": "",
	"case_management.guard.references.has_permission": get_no_opinion(),
	"case_management.guard.attachments.validate_attached": None,
	"case_management.guard.referencing.note_references": None,
	"case_management.guard.deletion.refuse_named": None,
}


def forget_references() -> None:
	"""Have the site as it is while no record of another app names a client."""
	frappe.db.delete("DefaultValue", NOTED)
	frappe.cache.delete_value(referencing.CACHE)
	moments.forget()


def make_contact(name: str, **values: object) -> frappe._dict:
	return frappe.get_doc({"doctype": "Contact", "first_name": name, **values})


class GuestTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.client = make_client("Somebody's Relative")
		make_active_case(self.client)
		self.clerk = make_user("System Manager", name="keeps-the-books")
		forget_references()
		self.addCleanup(forget_references)
		# Other processes are waited for; here is one.
		waiting = patch("time.sleep")
		waiting.start()
		self.addCleanup(waiting.stop)

	def make_contact_of_client(self) -> frappe._dict:
		links = [{"link_doctype": "Client", "link_name": self.client.name}]
		return make_contact("Aunt", links=links)


class TestReferencing(GuestTestCase):
	def lists(self, name: str) -> bool:
		with self.as_user(self.clerk):
			return name in frappe.get_list("Contact", {"name": name}, pluck="name")

	def test_a_doctype_of_which_nothing_names_a_client_has_no_condition(self) -> None:
		make_contact("Baker").insert()
		for doctype in ("Contact", "Address", "Dynamic Link", "User", "Has Role"):
			self.assertEqual(query_conditions(self.clerk, doctype), "", doctype)

	def test_another_apps_query_with_an_alias_runs_with_frappes_conditions(self) -> None:
		baker = make_contact("Baker").insert().name
		with self.as_user(self.clerk):
			allowed = build_match_conditions("Contact") or "1=1"
		found = frappe.db.sql(f"select c.name from `tabContact` c where c.name = %s and {allowed}", baker)
		self.assertEqual(found, ((baker,),))

	def test_a_record_that_names_a_client_follows_them_and_the_others_stay_as_they_are(self) -> None:
		baker, aunt = make_contact("Baker").insert().name, self.make_contact_of_client().insert().name
		self.assertEqual((self.lists(baker), self.lists(aunt)), (True, False))

	def test_a_record_that_is_not_validated_is_noted_too(self) -> None:
		aunt = self.make_contact_of_client()
		aunt.flags.ignore_validate = True
		aunt.insert()
		self.assertFalse(self.lists(aunt.name))

	def test_a_record_that_is_turned_to_a_client_without_saving_is_noted(self) -> None:
		baker = make_contact("Baker").insert()
		baker.append("links", {"link_doctype": "Client", "link_name": self.client.name}).db_insert()
		baker.db_set("first_name", "Aunt")
		self.assertFalse(self.lists(baker.name))

	def test_what_was_written_past_frappe_is_found_by_a_job(self) -> None:
		aunt = self.make_contact_of_client()
		aunt.set_new_name()
		for row in (aunt, *aunt.links):
			row.update({"parent": aunt.name} if row is not aunt else {}).db_insert()
		self.assertTrue(self.lists(aunt.name))
		referencing.find_references()
		self.assertFalse(self.lists(aunt.name))

	def test_what_is_noted_outlasts_the_cache(self) -> None:
		aunt = self.make_contact_of_client().insert()
		frappe.cache.delete_value(referencing.CACHE)
		moments.forget()
		self.assertFalse(self.lists(aunt.name))
		self.assertEqual(frappe.db.count("DefaultValue", {**NOTED, "defvalue": "Contact"}), 1)

	def test_other_requests_know_before_the_record_is_committed(self) -> None:
		referencing.get_found()
		with patch.object(frappe.db, "exists", return_value=None):
			self.make_contact_of_client().run_method("validate")
		self.assertIn("Contact", referencing.get_found())

	def test_the_cache_is_told_again_after_the_commit(self) -> None:
		self.make_contact_of_client().insert()
		frappe.cache.delete_value(referencing.CACHE)
		for tell in list(frappe.db.after_commit._functions):
			tell()
		self.assertIn(b"Contact", frappe.cache.smembers(referencing.CACHE))

	def test_a_table_of_another_app_in_a_client_record_is_noted_with_its_rows(self) -> None:
		self.client.append("alerts", {"doctype": "Client Alert", "alert": "x"})
		row = frappe.new_doc("Has Role", parenttype="Client", parentfield="roles_of", role="All")
		with patch.object(type(self.client), "get_all_children", return_value=[row]):
			referencing.note_references(self.client)
		self.assertTrue(referencing.tells_of_clients("Has Role"))


class TestCounting(GuestTestCase):
	def as_clerk(self, doctype: str, filters: dict | None = None) -> int:
		with self.as_user(self.clerk):
			return counts.get_count(doctype, filters)

	def test_rows_of_other_apps_are_counted_as_frappe_counts_them(self) -> None:
		with patch("frappe.client.get_count", return_value=42), self.as_user(make_worker()):
			self.assertEqual(counts.get_count("Has Role"), 42)

	def test_what_the_user_may_not_read_is_counted_but_for_what_tells_of_a_client(self) -> None:
		for record in (frappe.get_doc("Role", "All"), self.client):
			record.add_comment("Comment", "countable remark")
		filters = {"content": "countable remark"}
		with self.as_user(make_worker("other")):
			self.assertFalse(frappe.has_permission("Comment"))
			self.assertEqual(counts.count_seen("Comment", filters), 1)

	def test_a_form_counts_as_open_only_what_frappe_does(self) -> None:
		todo = {"doctype": "ToDo", "description": "Ring", "role": "All"}
		frappe.get_doc({**todo, "allocated_to": self.clerk}).insert()
		links = frappe._dict(fieldname="role")
		self.assertEqual(counts.count_links("ToDo", "All", links)["open_count"], 0)


class TestCost(GuestTestCase):
	"""A request that is about no client asks the database no more than without the app; of what may name one, once."""

	def setUp(self) -> None:
		super().setUp()
		self.todo = frappe.get_doc({"doctype": "ToDo", "description": "Water", "allocated_to": self.clerk})
		self.todo.insert()
		self.note = frappe.get_doc({"doctype": "Note", "title": "Opening Hours", "public": 1}).insert()

	@contextmanager
	def without_hooks(self) -> Iterator[None]:
		with ExitStack() as stack:
			for path, answer in HOOKS.items():
				stack.enter_context(patch(f"case_management.{path}", return_value=answer))
			yield

	def get_queries(self, ask: Callable) -> list[str]:
		"""Return the queries that something takes, once the caches are warm."""
		asked, sql = [], frappe.db.sql
		with self.as_user(self.clerk):
			for _turn in range(2):
				frappe.local.request_cache.clear()
				asked.clear()
				with patch.object(
					frappe.db,
					"sql",
					lambda *args, **given: (asked.append(str(args[0])), sql(*args, **given))[1],
				):
					ask()
		return asked

	def assert_costs(self, more: int, ask: Callable) -> None:
		with self.without_hooks():
			without = self.get_queries(ask)
		asked = self.get_queries(ask)
		self.assertTrue(without)
		self.assertLessEqual(
			len(asked) - len(without), more, [query for query in asked if query not in without]
		)

	def test_a_list_asks_no_more(self) -> None:
		for doctype in ("User", "Contact", "Note"):
			with self.subTest(doctype):
				self.assert_costs(0, lambda doctype=doctype: frappe.get_list(doctype, limit=20))

	def test_a_count_asks_no_more(self) -> None:
		for doctype in ("User", "Contact", "Note"):
			with self.subTest(doctype):
				self.assert_costs(0, lambda doctype=doctype: counts.get_count(doctype))

	def test_to_dos_have_a_condition_and_frappe_looks_up_what_is_shared(self) -> None:
		self.assert_costs(1, lambda: frappe.get_list("ToDo", limit=20))
		self.assert_costs(1, lambda: counts.get_count("ToDo"))

	def test_a_form_asks_no_more_but_for_what_may_name_a_client(self) -> None:
		self.assert_costs(0, lambda: getdoc("User", self.clerk))
		self.assert_costs(1, lambda: getdoc("ToDo", self.todo.name))

	def test_saving_asks_no_more(self) -> None:
		self.assert_costs(0, lambda: self.note.reload().save())

	def test_deleting_asks_no_more(self) -> None:
		def delete() -> None:
			frappe.flags.link_fields = {}
			note = frappe.get_doc({"doctype": "Note", "title": frappe.generate_hash(), "public": 1}).insert()
			note.delete(ignore_permissions=True)

		self.assert_costs(0, delete)
