"""Nothing of a client's record goes out by Frappe's mails, nor stays in what everybody opens."""

import json
from unittest.mock import patch

import frappe

from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_active_case, make_client, make_lead, make_user, make_worker

MENTION = '<span class="mention" data-id="{0}" data-value="{0}">@{0}</span> she lives in Hidden Street'


class TestOutgoing(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.client = make_client("Kept Inside")
		self.case = make_active_case(self.client)
		# No mail account is needed: what would be mailed is looked at.
		sendmail = patch("frappe.sendmail")
		self.sendmail = sendmail.start()
		self.addCleanup(sendmail.stop)

	def comment(self, mentioned: str) -> object:
		with self.as_user(make_worker()):
			return self.client.add_comment("Comment", MENTION.format(mentioned))

	def notify(self, user: str, **values: object) -> object:
		given = {
			"subject": "Kept Inside",
			"email_content": "Hidden Street",
			"type": "Mention",
			"for_user": user,
		}
		given |= {"document_type": "Client", "document_name": self.client.name, "from_user": make_worker()}
		doc = frappe.get_doc({"doctype": "Notification Log", **given, **values})
		return doc.insert(ignore_permissions=True)

	def test_somebody_who_does_not_see_the_client_is_not_mentioned(self) -> None:
		other = make_worker("other")
		with self.refused(other, self.client.name):
			self.comment(other)

	def test_somebody_who_sees_the_client_is_mentioned(self) -> None:
		self.assertTrue(self.comment(make_lead()).name)

	def test_a_mention_says_where_to_look_and_not_what_was_said(self) -> None:
		told = self.notify(make_lead())
		self.assertFalse(told.email_content)
		self.assertIn(self.client.name, told.subject)
		self.assertNotIn("Kept Inside", told.subject)
		self.assertTrue(self.sendmail.called)
		self.assertNotIn("Hidden Street", str(self.sendmail.call_args))

	def test_what_the_system_tells_somebody_who_sees_the_client_is_kept(self) -> None:
		told = self.notify(make_lead(), type="Alert", email_content="A meeting is due")
		self.assertEqual(told.email_content, "A meeting is due")

	def test_somebody_who_does_not_see_the_client_is_told_nothing_of_it(self) -> None:
		told = self.notify(make_worker("other"), type="Alert")
		self.assertFalse(told.email_content)
		self.assertNotIn("Kept Inside", told.subject)

	def test_a_clients_record_is_not_followed_by_mail(self) -> None:
		follow = frappe.get_doc({"doctype": "Document Follow", "user": make_worker()})
		follow.update({"ref_doctype": "Client", "ref_docname": self.client.name})
		with self.as_user(make_worker()):
			follow.insert(ignore_permissions=True)
		self.assertFalse(frappe.db.exists("Document Follow", {"ref_docname": self.client.name}))

	def test_other_records_are_followed(self) -> None:
		follow = frappe.get_doc({"doctype": "Document Follow", "user": make_worker()})
		follow.update({"ref_doctype": "Role", "ref_docname": "Case Worker"}).insert(ignore_permissions=True)
		self.assertTrue(frappe.db.exists("Document Follow", follow.name))

	def test_a_clients_record_has_no_public_address(self) -> None:
		with self.refused("no public address", self.client.name):
			self.client.get_document_share_key()

	def test_a_change_is_told_to_who_has_the_record_open_only(self) -> None:
		with patch("frappe.publish_realtime") as told:
			self.client.save()
		rooms = [call.kwargs.get("docname") for call in told.call_args_list if self.client.name in str(call)]
		self.assertEqual(set(rooms), {self.client.name})

	def test_a_board_of_clients_keeps_no_names_of_its_cards(self) -> None:
		board = frappe.get_doc({"doctype": "Kanban Board", "kanban_board_name": "Cases by Hand"})
		board.update({"reference_doctype": "Client Case", "field_name": "status"})
		board.append("columns", {"column_name": "Active", "order": json.dumps([self.case.name])})
		board.insert()
		self.assertNotIn(self.case.name, json.dumps([row.order for row in board.columns]))

	def mail_report(self, report: str, user: str) -> object:
		mail = frappe.get_doc(
			{"doctype": "Auto Email Report", "report": report, "user": user, "format": "CSV"}
		)
		mail.update({"email_to": "somebody@example.org", "frequency": "Daily", "enabled": 1, "filters": "{}"})
		return mail.insert()

	def test_a_report_that_lists_clients_is_not_mailed(self) -> None:
		with self.refused("What Is Missing"):
			self.mail_report("What Is Missing", "Administrator")

	def test_who_runs_the_site_does_not_mail_themselves_what_a_leader_sees(self) -> None:
		administrator = make_user("System Manager", name="runs-the-site")
		with self.as_user(administrator), self.refused(exception=frappe.PermissionError):
			self.mail_report("Client Outcomes", make_lead())

	def test_a_web_form_lists_no_clients_and_shows_a_record_to_who_sees_it(self) -> None:
		form = {"doctype": "Web Form", "title": "Ask Us", "route": "ask-us", "doc_type": "Case Note"}
		note, client = (
			{"fieldname": "note", "fieldtype": "Text"},
			{"fieldname": "client", "fieldtype": "Link"},
		)
		made = frappe.get_doc({**form, "web_form_fields": [{**note, "label": "Note"}]}).insert()
		self.assertTrue(made.apply_document_permissions)
		made.append("web_form_fields", {**client, "label": "Client", "options": "Client"})
		with self.refused("Client", "would list every"):
			made.save()

	def test_an_error_is_logged_without_what_was_in_hand(self) -> None:
		def fail(note: str) -> None:
			raise ValueError(f"no such field in {self.client.doctype} Case")

		try:
			fail("lives in Hidden Street")
		except ValueError:
			log = frappe.log_error("Failed", frappe.get_traceback(with_context=True))
		self.assertIn("no such field", log.error)
		self.assertIn("test_outgoing.py", log.error)
		self.assertNotIn("Hidden Street'", log.error)
