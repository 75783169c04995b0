"""What decides who sees a client is set by nobody but the app's own actions: by no road that Frappe has for writing."""

import json
from collections.abc import Callable

import frappe
from frappe import client
from frappe.core.doctype.deleted_document.deleted_document import restore
from frappe.desk.form.save import savedocs
from frappe.model.document import Document
from frappe.model.rename_doc import update_document_title
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, now_datetime, today

from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_client, make_lead, make_user, make_worker
from case_management.tests.plan_factories import make_note
from case_management.tests.writing_base import get_refusal

WORKER = "worker@staff.example.org"


class TestWhatDecidesWhoSees(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case(make_client("Kept Person"))
		self.stranger = make_worker("other")
		self.about = {"client": self.case.client, "client_case": self.case.name}

	def assert_gives_no_access(self, act: Callable[[], object], user: str = WORKER) -> None:
		"""Whatever is answered: a worker of another case sees the client after it no more than before."""
		with self.as_user(user):
			get_refusal(act)
		self.assertFalse(frappe.has_permission("Client", "read", self.case.client, user=self.stranger))

	def assert_refused(self, act: Callable[[], object], user: str = WORKER) -> None:
		with self.as_user(user):
			self.assertIsNotNone(get_refusal(act), "was done")

	def insert(self, doctype: str, **values: object) -> Document:
		return frappe.get_doc({"doctype": doctype, **self.about, **values}).insert()

	def test_b12_nobody_writes_an_emergency_access(self) -> None:
		access = {
			"user": self.stranger,
			"reason": "In great danger now",
			"hours": 9,
			"expires_on": add_days(today(), 9),
		}
		for user in (WORKER, self.stranger, make_lead(), "Administrator"):
			self.assert_refused(lambda: self.insert("Emergency Access", **access), user)
		self.assert_gives_no_access(lambda: self.insert("Emergency Access", **access), self.stranger)

	def test_b26_nobody_writes_changes_or_deletes_a_line_of_the_access_log(self) -> None:
		from case_management.case_management.looking.access_log import log_access

		log_access(self.case.client, "Opened", "Client", self.case.client)
		line = frappe.get_last_doc("Client Access Log")
		new = {"access_kind": "Opened", "user": WORKER}
		for user in (WORKER, make_lead(), make_user(name="system-manager")):
			self.assert_refused(lambda: self.insert("Client Access Log", **new), user)
		for user in (WORKER, make_lead(), make_user(name="system-manager"), "Administrator"):
			self.assert_refused(
				lambda: client.set_value(line.doctype, line.name, "user", self.stranger), user
			)
			self.assert_refused(lambda: frappe.delete_doc(line.doctype, line.name), user)
			self.assert_refused(lambda: frappe.delete_doc(line.doctype, line.name, force=True), user)
		self.assertEqual(self.stored(line, "user"), line.user)

	def test_nobody_writes_the_line_of_a_disposal(self) -> None:
		line = {"doctype": "Record Disposal", "client": self.case.client}
		for user in (WORKER, make_lead(), make_user(name="system-manager"), "Administrator"):
			self.assert_refused(lambda: frappe.get_doc(line).insert(), user)

	def test_c44_a_new_case_brings_no_team_of_the_callers(self) -> None:
		team = [{"user": self.stranger, "from_date": "2020-01-01", "team_role": "Cover"}]
		case = {"doctype": "Client Case", "client": self.case.client, "program": self.case.program}
		manager = {"case_manager": WORKER, "opened_on": today()}
		self.assert_gives_no_access(
			lambda: frappe.get_doc({**case, **manager, "team": team}).insert(), make_lead()
		)

	def test_c44_a_request_for_a_seconded_worker_is_not_given_by_writing_it(self) -> None:
		given = {
			"status": "Given",
			"workflow_state": "Given",
			"user": self.stranger,
			"to_date": add_days(today(), 9),
		}
		self.assert_gives_no_access(lambda: self.insert("Seconded Worker Request", wanted="x", **given))
		request = self.insert("Seconded Worker Request", wanted="x")
		self.assert_gives_no_access(lambda: client.set_value(request.doctype, request.name, given))
		copy = json.dumps({**request.as_dict(), **given}, default=str)
		self.assert_gives_no_access(lambda: savedocs(copy, "Save"))
		self.assertEqual(self.stored(request, "status"), "Requested")

	def test_a_worker_does_not_change_the_list_of_a_restricted_client(self) -> None:
		people = [{"user": self.stranger}, {"user": WORKER}]
		for values in ({"restricted": 1}, {"access_list": people}, {"legal_hold": 1}):
			self.assert_refused(lambda values=values: client.set_value("Client", self.case.client, values))
		row = {"doctype": "Client Access Person", "parent": self.case.client, "user": self.stranger}
		row.update(parenttype="Client", parentfield="access_list")
		self.assert_refused(lambda: frappe.get_doc(row).insert())
		self.assert_refused(lambda: client.insert({**row}))

	def test_a_declared_conflict_is_ended_by_no_writing(self) -> None:
		declared = {"client": self.case.client, "user": WORKER, "declared_by": "Client"}
		conflict = frappe.get_doc({"doctype": "Conflict Declaration", **declared}).insert()
		for user in (WORKER, make_lead()):
			for values in ({"ended_on": today()}, {"user": self.stranger}, {"client": make_client().name}):
				with self.as_user(user):
					get_refusal(
						lambda values=values: client.set_value(conflict.doctype, conflict.name, values)
					)
		self.assertEqual(
			frappe.db.get_value(conflict.doctype, conflict.name, ["ended_on", "user", "client"]),
			(None, WORKER, self.case.client),
		)
		self.assertFalse(frappe.has_permission("Client", "read", self.case.client, user=WORKER))

	def test_the_maker_of_a_record_is_not_changed(self) -> None:
		"""Who made a client without a case sees them, as does who made an open intake."""
		with self.as_user(make_lead()):
			made = frappe.get_doc({"doctype": "Client", "preferred_name": "Just Made"}).insert()
			client.set_value("Client", made.name, {"owner": self.stranger})
			client.save({**made.reload().as_dict(), "owner": self.stranger})
		self.assertEqual(self.stored(made, "owner"), make_lead())
		self.assertFalse(frappe.has_permission("Client", "read", made.name, user=self.stranger))

	def test_a_record_is_neither_renamed_nor_merged_and_the_answer_is_the_same_for_any_name(self) -> None:
		hidden = make_client("Somebody Else").name
		for target in (hidden, "CL-99999"):
			for merge in (0, 1):
				self.assert_refused(
					lambda t=target, m=merge: client.rename_doc("Client", self.case.client, t, m)
				)
				given = {"doctype": "Client", "docname": self.case.client, "name": target, "merge": merge}
				self.assert_refused(lambda given=given: update_document_title(**given))
		self.assertTrue(frappe.db.exists("Client", self.case.client))

	def test_a_request_does_not_make_a_hidden_record_ones_own(self) -> None:
		"""A PUT with another name, or that makes it new, would store the hidden texts where the caller reads them."""
		note = make_note(
			make_active_case(make_client("Hidden Person"), case_manager=self.stranger), note="Hidden"
		)
		own = make_note(self.case)
		for values in ({"name": own.name, "modified": str(own.modified)}, {"__islocal": 1, **self.about}):
			doc = frappe.get_doc("Case Note", note.name)
			with self.as_user(WORKER):
				self.assertIsNotNone(get_refusal(lambda doc=doc, values=values: doc.update(values).save()))
		self.assertFalse(frappe.db.exists("Case Note", {**self.about, "note": ("like", "%Hidden%")}))

	def test_nobody_submits_cancels_or_restores_a_record(self) -> None:
		note = make_note(self.case)
		copy = note.as_dict()
		for user in (WORKER, make_lead()):
			self.assert_refused(lambda: client.submit({**copy}), user)
			self.assert_refused(lambda: client.cancel(note.doctype, note.name), user)
			self.assert_refused(lambda: savedocs(json.dumps(copy, default=str), "Submit"), user)
		access = {"doctype": "Emergency Access", **self.about, "user": self.stranger, "hours": 9}
		deleted = {"deleted_doctype": "Emergency Access", "deleted_name": "EA-1", "data": json.dumps(access)}
		deleted = frappe.get_doc({"doctype": "Deleted Document", **deleted}).insert()
		for user in (make_user(name="system-manager"), "Administrator"):
			self.assert_refused(lambda: restore(deleted.name, alert=False), user)

	def test_a_copy_sent_with_a_step_of_the_workflow_decides_nothing(self) -> None:
		with self.as_user(WORKER):
			plan = self.insert("Exit Plan")
			crafted = {
				**plan.as_dict(),
				"status": "Agreed",
				"workflow_state": "Agreed",
				"agreed_on": "2020-01-01",
			}
			get_refusal(lambda: apply_workflow(json.dumps(crafted, default=str), "Complete"))
		self.assertEqual(
			frappe.db.get_value("Exit Plan", plan.name, ["status", "agreed_on"]), ("Draft", None)
		)

	def test_an_import_sets_no_more_than_a_form(self) -> None:
		"""Frappe imports under the names that the file gives, and asks for no right to import."""
		frappe.flags.in_import = True
		self.addCleanup(frappe.flags.pop, "in_import", None)
		access = {"user": self.stranger, "hours": 9, "expires_on": add_days(now_datetime(), 9)}
		self.assert_refused(lambda: self.insert("Emergency Access", **access), make_lead())
		team = [{"name": self.case.team[0].name, "user": self.stranger, "from_date": "2020-01-01"}]
		values = {"team": team, "status": "Active", "owner": self.stranger, "case_manager": WORKER}
		self.assert_gives_no_access(
			lambda: frappe.get_doc("Client Case", self.case.name).update(values).save()
		)
		self.assert_refused(
			lambda: self.insert("Case Referral", reason="x", status="Sent", workflow_state="Sent")
		)

	def test_what_is_refused_of_a_hidden_record_is_said_as_of_one_that_is_not_there(self) -> None:
		"""A PUT takes over its values before it asks for permission."""
		for values in ({"__islocal": 1}, {"validate": "x"}, {"alerts": "x"}, {"name": "CL-99999"}):
			doc = frappe.get_doc("Client", self.case.client)
			with self.as_user(self.stranger), self.subTest(values):
				refused = get_refusal(lambda doc=doc, values=values: doc.update(values))
				self.assertEqual(refused, ("DoesNotExistError", f"Client {doc.name} not found"))
