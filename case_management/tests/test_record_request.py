"""A client's requests about their record: the clock, the decision, the statement (B26; APP 12 and 13)."""

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, today

from case_management.tests.base import UNSEEN, CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_agency,
	make_case,
	make_client,
	make_lead,
	make_user,
	make_worker,
)
from case_management.tests.plan_factories import make_note
from case_management.tests.record_factories import change_setting, get_told, make_old_case, make_request

SAFETY = "Reason Information Is Withheld-safety"


class RequestTestCase(CaseTestCase):
	kind = "Access"

	def setUp(self) -> None:
		super().setUp()
		self.worker, self.lead = make_worker(), make_lead()
		self.case = make_active_case()
		with self.as_user(self.worker):
			self.request = self.make(self.kind)

	def make(self, kind: str, **values) -> Document:
		doc = {"doctype": "Record Request", "client": self.case.client, "kind": kind, "what_is_asked": "All"}
		return frappe.get_doc({**doc, **values}).insert()

	def do(self, action: str, user: str | None = None, request: Document | None = None, **arguments) -> dict:
		with self.as_user(user or self.lead):
			return getattr(request or self.request, action)(**arguments)

	def get(self, request: Document | None = None) -> Document:
		return frappe.get_doc("Record Request", (request or self.request).name)


class TestClock(RequestTestCase):
	def test_b26_it_is_due_thirty_days_after_it_was_received_and_the_leader_is_named(self) -> None:
		self.assertEqual(getdate(self.request.due_on), getdate(add_days(today(), 30)))
		self.assertEqual(self.request.team_leader, self.lead)

	def test_b26_the_days_are_a_setting_and_count_from_the_day_received(self) -> None:
		change_setting(self, "record_request_days", 10)
		request = self.make("Access", received_on=add_days(today(), -3))
		self.assertEqual(getdate(request.due_on), getdate(add_days(today(), 7)))

	def test_b26_more_time_is_taken_once_with_a_reason_and_the_client_is_told(self) -> None:
		until = add_days(today(), 60)
		answer = self.do("extend_due", self.worker, until=until, reason="Two archives", told_on=today())
		self.assertEqual(answer, {"name": self.request.name, "due_on": getdate(until)})
		self.assertEqual(answer, self.do("extend_due", until=until, reason="Two archives"))
		self.assertEqual(getdate(self.get().extended_on), getdate())
		with self.refused(self.request.name, "once already"):
			self.do("extend_due", until=add_days(today(), 61), reason="A third archive")

	def test_b26_more_time_is_thirty_days_at_most_with_a_day_and_a_reason(self) -> None:
		for arguments, words in (
			({"until": add_days(today(), 61), "reason": "Slow"}, "within 30 days"),
			({"until": add_days(today(), 30), "reason": "Slow"}, "within 30 days"),
			({"until": add_days(today(), 40)}, "a day and a reason"),
			({"reason": "Slow"}, "a day and a reason"),
			({"until": "soon", "reason": "Slow"}, "no date"),
			({"until": add_days(today(), 40), "reason": "Slow", "told_on": add_days(today(), 1)}, "future"),
		):
			with self.refused(words):
				self.do("extend_due", **arguments)
		self.assertEqual(getdate(self.get().due_on), getdate(add_days(today(), 30)))

	def test_b26_no_more_time_for_what_is_overdue_or_decided(self) -> None:
		self.request.db_set("due_on", add_days(today(), -1))
		with self.refused("overdue"):
			self.do("extend_due", until=add_days(today(), 5), reason="Slow")
		self.request.db_set("due_on", today())
		self.do("decide", decision="Granted")
		with self.refused("decided"):
			self.do("extend_due", until=add_days(today(), 5), reason="Slow")

	def test_b26_a_closed_case_takes_away_no_right(self) -> None:
		self.case.db_set("status", "Closed")
		with self.as_user(self.lead):
			request = self.make("Access", client_case=self.case.name)
		self.do("decide", request=request, decision="Granted")
		self.assertEqual(self.do("complete", request=request, outcome="Read it here")["status"], "Completed")

	def test_the_due_day_is_not_set_by_hand_and_another_worker_sees_nothing(self) -> None:
		with self.as_user(self.worker):
			self.get().update({"due_on": add_days(today(), 300)}).save()
		self.assertEqual(getdate(self.get().due_on), getdate(add_days(today(), 30)))
		with self.as_user(make_worker("other")), self.assertRaises(UNSEEN):
			self.request.extend_due(until=add_days(today(), 40), reason="Slow")

	def test_a_request_received_tomorrow_or_about_another_clients_record_is_refused(self) -> None:
		other = make_case(make_client("Kim"))
		for values, words in (
			({"received_on": add_days(today(), 1)}, "future"),
			({"client_case": other.name}, "is not a case of the client"),
			({"record_type": "Client Case", "record_name": other.name}, "no record of the client"),
			({"record_type": "User", "record_name": "Administrator"}, "no kind of record"),
			({"record_name": other.name}, "no kind of record"),
		):
			with self.as_user(self.worker), self.refused(words):
				self.make("Correction", **values)


class TestDecision(RequestTestCase):
	def test_b26_a_leader_grants_access(self) -> None:
		answer = self.do("decide", decision="Granted")
		self.assertEqual(answer["status"], "Decided")
		request = self.get()
		self.assertEqual((request.decided_by, getdate(request.decided_on)), (self.lead, getdate()))
		self.assertEqual(answer, self.do("decide", decision="Refused", **get_told()))

	def test_b26_a_worker_does_not_decide_by_action_nor_without_a_workflow(self) -> None:
		with self.assertRaises(frappe.PermissionError):
			self.do("decide", self.worker, decision="Granted")
		frappe.db.set_value("Workflow", {"document_type": "Record Request"}, "is_active", 0)
		frappe.clear_cache(doctype="Record Request")
		frappe.cache.delete_key("workflow")
		with self.refused("decided by a team leader", exception=frappe.PermissionError):
			self.do("decide", self.worker, decision="Granted")

	def test_b26_who_the_complaint_is_about_does_not_decide_it(self) -> None:
		request = self.make("Complaint", complaint_about=self.lead)
		with self.refused("about you", exception=frappe.PermissionError):
			self.do("decide", request=request, decision="Granted")
		frappe.db.set_value("Support Program", self.case.program, "deputy_lead", make_lead("other-lead"))
		self.do("decide", make_lead("other-lead"), request=request, decision="Granted")
		self.assertEqual(self.get(request).decided_by, make_lead("other-lead"))

	def test_b26_a_refusal_has_reasons_the_client_was_told_and_how_to_complain(self) -> None:
		for missing in ("reasons", "informed_on", "complaint_path_told"):
			with self.refused("Missing"):
				self.do("decide", decision="Refused", **{**get_told(), missing: None})
		self.assertEqual(self.do("decide", decision="Refused", **get_told())["decision"], "Refused")

	def test_b26_access_in_part_names_what_is_withheld_with_a_coded_reason(self) -> None:
		note, other = make_note(self.case), make_note(make_active_case(make_client("Kim")))
		row = {"record_type": "Case Note", "record_name": note.name, "reason": SAFETY}
		for withheld, words in (
			([], "withholds something"),
			([{**row, "reason": None}], "a kind and a reason"),
			([{**row, "reason": "Reason Service Not Provided-4"}], "Reason Information Is Withheld"),
			([{**row, "record_name": other.name}], "no record of the client"),
			([{**row, "record_type": "User", "record_name": "Administrator"}], "no kind of record"),
			([{**row, "record_type": None}], "no kind of record"),
			([{**row, "content": "x"}], "no row of"),
			("everything", "no row of"),
		):
			with self.refused(words):
				self.do("decide", decision="Granted in Part", withheld=withheld, **get_told())
		self.do("decide", decision="Granted in Part", withheld=[row], **get_told())
		self.assertEqual(self.get().withheld[0].record_name, note.name)

	def test_b26_full_access_withholds_nothing(self) -> None:
		with self.refused("granted in part"):
			self.do("decide", decision="Granted", withheld=[{"record_type": "Case Note", "reason": SAFETY}])

	def test_b26_confidential_notes_are_given_out_or_withheld_but_never_forgotten(self) -> None:
		note = make_note(self.case, confidential=1)
		with self.refused(note.name, "marked confidential"):
			self.do("decide", decision="Granted")
		row = {"record_type": "Case Note", "record_name": note.name, "reason": SAFETY}
		with self.as_user(self.worker):
			another = self.make("Access")
		self.do("decide", request=another, decision="Granted in Part", withheld=[row], **get_told())
		self.do("decide", decision="Granted", include_confidential=1)
		self.assertEqual(self.get().confidential_included, 1)

	def test_b26_somebody_else_asks_with_a_name_and_checked_authority(self) -> None:
		request = self.make("Access", asked_by="Parent or Guardian")
		with self.refused("somebody other than the client"):
			self.do("decide", request=request, decision="Granted")
		checked = {"asked_by_name": "Toni", "identity_checked_how": "Court order seen"}
		self.get(request).update(checked).save()
		self.assertEqual(self.do("decide", request=request, decision="Granted")["status"], "Decided")

	def test_b26_days_are_in_their_order_and_not_ahead(self) -> None:
		for arguments, words in (
			({"on": add_days(today(), -1)}, "lies before “Received on”"),
			({"on": add_days(today(), 1)}, "future"),
			({"informed_on": add_days(today(), -1)}, "lies before “Decided on”"),
			({"on": "never"}, "no date"),
		):
			with self.refused(self.request.name, words):
				self.do("decide", decision="Granted", **arguments)

	def test_no_decision_or_one_that_is_none_is_refused(self) -> None:
		for decision in (None, "Perhaps"):
			with self.refused(self.request.name):
				self.do("decide", decision=decision)
		self.assertEqual(self.get().status, "Received")

	def test_the_workflows_button_asks_for_the_same(self) -> None:
		with self.as_user(self.lead), self.refused("Use “Decide”"):
			apply_workflow(self.get(), "Decide")

	def test_what_was_asked_and_answered_stays_as_it_was(self) -> None:
		self.do("decide", decision="Granted")
		for values in ({"what_is_asked": "Less"}, {"asked_by": "Other"}):
			with self.as_user(self.lead), self.refused(self.request.name, "kept as it was"):
				self.get().update(values).save()
		with self.as_user(self.lead):
			self.get().update({"decision": "Refused", "withheld": []}).save()
		self.assertEqual(self.get().decision, "Granted")


class TestCompletion(RequestTestCase):
	def test_b26_a_granted_correction_says_what_was_done(self) -> None:
		request = self.make("Correction")
		self.do("decide", request=request, decision="Granted")
		with self.refused(request.name, "Say what was done"):
			self.do("complete", request=request)
		answer = self.do("complete", self.worker, request=request, outcome="Birth date put right")
		self.assertEqual(answer, {"name": request.name, "status": "Completed"})
		self.assertEqual(answer, self.do("complete", request=request))

	def test_b26_a_seconded_worker_neither_decides_nor_completes(self) -> None:
		seconded = make_user("Seconded Case Worker")
		self.case.add_team_member(
			seconded, "Seconded Case Manager", agency=make_agency().name, to_date=add_days(today(), 9)
		)
		with self.assertRaises(frappe.PermissionError):
			self.do("decide", seconded, decision="Granted")
		self.do("decide", decision="Granted")
		with self.assertRaises(frappe.PermissionError):
			self.do("complete", seconded, outcome="Read")
		self.assertEqual(self.get().status, "Decided")

	def test_b26_what_is_refused_is_completed_without_more(self) -> None:
		self.do("decide", decision="Refused", **get_told())
		self.assertEqual(self.do("complete")["status"], "Completed")

	def test_b26_granted_access_is_not_completed_before_it_was_given(self) -> None:
		self.do("decide", decision="Granted")
		with self.refused("Make the bundle, or say"):
			self.do("complete")
		with self.refused("lies before “Decided on”"):
			self.do("complete", outcome="Read", on=add_days(today(), -1))

	def test_an_undecided_request_is_not_completed(self) -> None:
		with self.refused("cannot become Completed"):
			self.do("complete", outcome="Done")


class TestDeletion(RequestTestCase):
	kind = "Deletion"

	def test_b26_while_the_record_is_kept_the_client_is_told_why_it_waits(self) -> None:
		with self.refused("Missing"):
			self.do("decide", decision="Granted")
		self.do("decide", decision="Granted", **get_told())
		with self.refused("completed by disposing", "years after the last service"):
			self.do("complete", outcome="Deleted")

	def test_b26_a_request_is_refused_with_the_law_as_its_reason(self) -> None:
		self.do("decide", decision="Refused", **get_told())
		self.assertEqual(self.do("complete")["status"], "Completed")

	def test_b26_after_the_retention_it_is_granted_at_once(self) -> None:
		request = make_request(make_old_case().client, "Deletion")
		self.assertEqual(self.do("decide", request=request, decision="Granted")["status"], "Decided")

	def test_b26_under_a_legal_hold_or_in_part_it_is_not_granted(self) -> None:
		with self.refused("as a whole"):
			self.do("decide", decision="Granted in Part", **get_told())
		frappe.db.set_value("Client", self.case.client, "legal_hold", 1)
		with self.refused("legal hold"):
			self.do("decide", decision="Granted", **get_told())


class TestStatement(RequestTestCase):
	kind = "Statement"

	def setUp(self) -> None:
		super().setUp()
		self.note = make_note(self.case)

	def get_statements(self, doctype: str, name: str) -> list[str]:
		with self.as_user(self.worker):
			doc = frappe.get_doc(doctype, name)
			doc.run_method("onload")
		return [row["statement"] for row in doc.get_onload("client_statements")]

	def attach(self, **arguments) -> dict:
		return self.do("attach_statement", self.worker, **arguments)

	def test_b26_a_statement_is_read_on_the_form_of_the_record_it_is_about(self) -> None:
		about = {"record_type": "Case Note", "record_name": self.note.name}
		answer = self.attach(statement="That is not what I said.", **about)
		self.assertEqual(answer, {"name": self.request.name, **about})
		self.assertEqual(answer, self.attach(statement="That is not what I said."))
		self.assertEqual(self.get_statements("Case Note", self.note.name), ["That is not what I said."])
		self.assertEqual(self.get_statements("Client", self.case.client), [])

	def test_b26_one_about_the_whole_record_stands_on_the_client(self) -> None:
		self.attach(statement="I do not agree.")
		self.assertEqual(self.get_statements("Client", self.case.client), ["I do not agree."])
		self.assertEqual(self.get_statements("Case Note", self.note.name), [])

	def test_b26_a_refused_correction_can_have_a_statement_and_is_then_done(self) -> None:
		request = self.make("Correction", record_type="Case Note", record_name=self.note.name)
		self.do("decide", request=request, decision="Refused", **get_told())
		self.do("attach_statement", request=request, statement="It was Monday.")
		self.assertEqual(self.get_statements("Case Note", self.note.name), ["It was Monday."])

	def test_b26_a_statement_is_kept_as_it_was_given(self) -> None:
		self.attach(statement="Once.")
		with self.refused("kept as it was given"):
			self.attach(statement="Twice.")
		for values in ({"statement": "Never."}, {"record_type": "Case Note", "record_name": self.note.name}):
			with self.as_user(self.worker), self.refused("kept as it was"):
				self.get().update(values).save()

	def test_b26_a_statement_has_words_and_is_about_the_clients_own_record(self) -> None:
		other = make_case(make_client("Kim"))
		for arguments, words in (
			({}, "words or a file"),
			(
				{"statement": "No", "record_type": "Client Case", "record_name": other.name},
				"no record of the client",
			),
			({"statement": ["No"]}, "does not take this"),
		):
			with self.refused(words):
				self.attach(**arguments)

	def test_b26_a_granted_statement_is_completed_when_it_is_attached(self) -> None:
		self.do("decide", decision="Granted")
		with self.refused("Attach the statement"):
			self.do("complete")
		self.attach(statement="Mine.")
		self.assertEqual(self.do("complete")["status"], "Completed")
