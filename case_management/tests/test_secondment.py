"""Workers seconded from another agency (C44, C46; A7): asked for, given for one case until a day, or not to be had."""

from unittest.mock import patch

import frappe
from frappe.desk.search import search_link
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, today

from case_management.case_management.access import grants
from case_management.case_management.access.secondment import end_secondments, warn_of_secondment_end
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_agency,
	make_case,
	make_client,
	make_lead,
	make_user,
	make_worker,
)
from case_management.tests.plan_factories import make_goal


class SecondmentTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.worker, self.lead, self.seconded = make_worker(), make_lead(), make_user(name="seconded")
		self.agency = make_agency("Test Aboriginal Service").name
		self.case = make_case(make_client("Asking Person"))
		with self.as_user(self.worker):
			self.request = self.ask()

	def ask(self, **values: object) -> Document:
		request = {"doctype": "Seconded Worker Request", "client": self.case.client, "agency": self.agency}
		request.update({"client_case": self.case.name, "wanted": "An Aboriginal case manager"})
		return frappe.get_doc({**request, **values}).insert()

	def do(self, act: str, by: str | None = None, **values: object) -> dict:
		with self.as_user(by or self.lead):
			return getattr(frappe.get_doc("Seconded Worker Request", self.request.name), act)(**values)

	def give(self, days: int = 30, by: str | None = None, **values: object) -> dict:
		given = {"user": self.seconded, "to_date": add_days(today(), days), **values}
		return self.do("give", by, **given)

	def sees(self, client: str | None = None) -> bool:
		"""Tell whether the seconded worker sees a client; list, search and record must say the same."""
		client = client or self.case.client
		with self.as_user(self.seconded):
			listed = bool(frappe.get_list("Client", {"name": client}))
			found = client in str(search_link("Client", client))
			allowed = self.sees_record(self.seconded, "Client", client)
		self.assertEqual([listed, found], [allowed, allowed])
		return allowed


class TestGiving(SecondmentTestCase):
	def test_c44_who_is_given_is_on_the_team_and_sees_the_client_until_the_day(self) -> None:
		self.assertFalse(self.sees())
		answer = self.give(days=10)
		self.assertEqual(answer["status"], "Given")
		self.assertEqual(
			(answer["from_date"], answer["to_date"]), (getdate(), getdate(add_days(today(), 10)))
		)
		row = frappe.get_doc("Client Case", self.case.name).team[-1]
		self.assertEqual((row.user, row.team_role), (self.seconded, "Seconded Case Manager"))
		self.assertEqual((row.agency, row.to_date), (self.agency, answer["to_date"]))
		self.assertTrue(self.sees())
		for days, sees in ((10, True), (11, False)):
			day = getdate(add_days(today(), days))
			with patch.object(grants, "getdate", lambda day=day: day):
				self.assertEqual(self.sees(), sees)

	def test_twice_is_once(self) -> None:
		self.assertEqual(self.give(), self.give(days=60))
		self.assertEqual(len(frappe.get_doc("Client Case", self.case.name).team), 2)

	def test_a_secondment_has_a_worker_an_agency_and_a_last_day_that_is_ahead(self) -> None:
		for values, words in (
			({"user": None}, "Worker"),
			({"user": "nobody@example.org"}, "nobody@example.org"),
			({"user": make_worker("other")}, "no seconded worker"),
			({"to_date": None}, "Until"),
			({"to_date": add_days(today(), -1)}, "is over"),
			({"from_date": add_days(today(), 9), "to_date": add_days(today(), 8)}, "before the first day"),
			({"to_date": "soon"}, "soon"),
			({"on": add_days(today(), 1)}, "future"),
			({"on": add_days(today(), -1)}, "before it was requested"),
		):
			with self.subTest(values=values), self.refused(self.request.name, words):
				self.give(**values)
		frappe.db.set_value(self.request.doctype, self.request.name, "agency", None)
		with self.refused(self.request.name, "From Agency"):
			self.give()
		self.assertEqual(self.give(agency=make_agency().name)["status"], "Given")

	def test_a_disabled_user_is_not_given(self) -> None:
		frappe.db.set_value("User", self.seconded, "enabled", 0)
		with self.refused(self.seconded):
			self.give()
		self.assertEqual(self.stored(self.request, "status"), "Requested")

	def test_who_gives_is_who_may_change_the_team(self) -> None:
		frappe.db.set_single_value("Case Management Settings", "case_manager_changes_team", 0)
		with self.refused("team leader", exception=frappe.PermissionError):
			self.give(by=self.worker)
		with self.refused(exception=frappe.PermissionError):
			self.give(by=make_worker("other"))
		self.assertFalse(self.sees())

	def test_a_worker_in_conflict_is_not_given(self) -> None:
		conflict = {"doctype": "Conflict Declaration", "client": self.case.client, "user": self.seconded}
		frappe.get_doc({**conflict, "declared_by": "Client"}).insert()
		with self.refused(self.seconded, "somebody else"):
			self.give()

	def test_the_workflows_button_does_not_go_past_the_action(self) -> None:
		with self.as_user(self.lead), self.refused("Worker"):
			apply_workflow(frappe.get_doc("Seconded Worker Request", self.request.name), "Give a Worker")
		with self.as_user(self.lead), self.refused(self.request.name):
			self.request.reload()
			self.request.update({"status": "Given", "user": self.seconded, "to_date": "2099-01-01"}).save()
		self.assertEqual(self.stored(self.request, "status"), "Requested")

	def test_what_was_asked_for_stays_once_it_is_answered(self) -> None:
		self.give()
		with self.as_user(self.worker), self.refused(self.request.name, "stays as it was asked"):
			frappe.get_doc(self.request.doctype, self.request.name).update({"wanted": "Nobody"}).save()

	def test_a_closed_case_gets_no_request_and_no_worker(self) -> None:
		self.case.db_set({"status": "Closed", "closed_on": today()})
		with self.refused("closed"):
			self.give()
		with self.as_user(self.lead), self.refused("closed"):
			self.ask()
		self.assertEqual(self.do("withdraw", reason="The case is closed"), {"status": "Withdrawn"})


class TestTheOneCase(SecondmentTestCase):
	def test_c44_a_seconded_worker_does_not_see_the_household(self) -> None:
		child = make_case(make_client("Small Person"), head_case=self.case.name)
		with self.as_user(self.worker):
			self.assertTrue(frappe.get_list("Client", {"name": child.client}))
		self.give()
		self.assertTrue(self.sees())
		self.assertFalse(self.sees(child.client))

	def test_c44_a_seconded_worker_is_on_a_team_in_no_other_role(self) -> None:
		with self.as_user(self.lead):
			case = frappe.get_doc("Client Case", self.case.name)
			for act in ("add_team_member", "change_case_manager"):
				with self.subTest(act=act), self.refused("another agency", "Seconded Case Manager"):
					getattr(case, act)(user=self.seconded)

	def test_a7_their_agency_takes_on_steps_towards_the_clients_goal(self) -> None:
		self.give()
		step = {"step": "Visit the land council", "responsible": "Agency", "responsible_agency": self.agency}
		with self.as_user(self.seconded):
			goal = make_goal(self.case)
			goal.append("steps", {**step, "responsible_user": self.seconded})
			goal.save()
		with self.as_user(self.worker):
			row = frappe.get_doc("Support Goal", goal.name).steps[-1]
		self.assertEqual((row.responsible_agency, row.responsible_user), (self.agency, self.seconded))

	def test_c46_they_write_where_they_work_and_nowhere_else(self) -> None:
		other = make_case(make_client("Other Person"))
		self.give()
		for case, may in ((self.case, True), (other, False)):
			note = {"doctype": "Case Note", "client": case.client, "client_case": case.name, "note": "Met"}
			with self.as_user(self.seconded):
				if may:
					frappe.get_doc(note).insert()
				else:
					with self.assertRaises(frappe.PermissionError):
						frappe.get_doc(note).insert()


class TestEnding(SecondmentTestCase):
	def test_c44_it_ends_now_and_access_with_it(self) -> None:
		self.give()
		answer = self.do("end", note="Went back")
		self.assertEqual(answer["status"], "Ended")
		self.assertEqual(self.do("end"), answer)
		self.assertFalse(self.sees())

	def test_it_ends_with_today_but_not_on_a_day_ahead(self) -> None:
		self.give(from_date=add_days(today(), -3))
		with self.refused(self.request.name, "Change the Last Day"):
			self.do("end", on=add_days(today(), 3))
		self.assertEqual(self.do("end", on=today())["to_date"], getdate())
		self.assertTrue(self.sees())

	def test_the_workflows_button_ends_access_too(self) -> None:
		self.give(from_date=add_days(today(), -3))
		with self.as_user(self.lead):
			apply_workflow(frappe.get_doc("Seconded Worker Request", self.request.name), "End")
		self.assertFalse(self.sees())

	def test_its_last_day_moves(self) -> None:
		self.give(days=3)
		later = getdate(add_days(today(), 20))
		self.assertEqual(self.do("extend", to_date=later), {"status": "Given", "to_date": later})
		self.assertEqual(frappe.get_doc("Client Case", self.case.name).team[-1].to_date, later)
		for values, words in (({}, "last day"), ({"to_date": add_days(today(), -1)}, "is over")):
			with self.subTest(values=values), self.refused(self.request.name, words):
				self.do("extend", **values)

	def test_what_was_not_given_neither_ends_nor_moves(self) -> None:
		for act in ("end", "extend"):
			with self.subTest(act=act), self.refused(self.request.name):
				self.do(act, **({"to_date": today()} if act == "extend" else {}))

	def test_the_job_ends_what_is_over_once_and_leaves_the_rest(self) -> None:
		self.give(days=3)
		self.assertEqual(end_secondments(), [])
		self.request.db_set("to_date", add_days(today(), -1))
		self.assertEqual(end_secondments(), [self.request.name])
		self.assertEqual(end_secondments(), [])
		self.assertEqual(self.stored(self.request, "status"), "Ended")

	def test_a_warning_goes_out_once_before_the_last_day_by_code(self) -> None:
		frappe.db.set_single_value("Case Management Settings", "secondment_warning_days", 7)
		self.give(days=8)
		self.assertEqual(warn_of_secondment_end(), [])
		self.do("extend", to_date=add_days(today(), 7))
		self.assertEqual(warn_of_secondment_end(), [self.request.name])
		self.assertEqual(warn_of_secondment_end(), [])
		logs = frappe.get_all(
			"Notification Log", {"document_name": self.request.name}, ["for_user", "email_content"]
		)
		self.assertEqual({log.for_user for log in logs}, {self.worker, self.seconded})
		self.assertNotIn("Asking Person", str(logs))
		self.do("extend", to_date=add_days(today(), 6))
		self.assertEqual(warn_of_secondment_end(), [self.request.name])


class TestNotMet(SecondmentTestCase):
	REASON = "Reason Service Not Provided-4"

	def test_c44_a_request_that_is_not_met_leaves_an_unmet_need_once(self) -> None:
		answer = self.do("not_met", self.worker, reason=self.REASON, note="Nobody is free")
		self.assertEqual(self.do("not_met", self.worker), answer)
		need = frappe.get_doc("Unmet Need", answer["unmet_need"])
		self.assertEqual((need.client, need.client_case), (self.case.client, self.case.name))
		self.assertEqual((need.description, need.reason), ("An Aboriginal case manager", self.REASON))
		self.assertEqual(frappe.db.count("Unmet Need", {"client": self.case.client}), 1)

	def test_each_end_has_what_it_needs(self) -> None:
		for act, values, words in (
			("not_met", {}, "Reason It Could Not Be Met"),
			("not_met", {"reason": "Service Requested-1"}, "Reason Service Not Provided"),
			("not_met", {"reason": self.REASON, "on": add_days(today(), -1)}, "before it was requested"),
			("withdraw", {"reason": "  "}, "Reason Withdrawn"),
		):
			with self.subTest(act=act, values=values), self.refused(self.request.name, words):
				self.do(act, **values)
		self.assertEqual(self.stored(self.request, "status"), "Requested")

	def test_it_is_withdrawn_and_then_not_given(self) -> None:
		self.assertEqual(self.do("withdraw", reason="Not wanted any more"), {"status": "Withdrawn"})
		with self.refused(self.request.name, "cannot become Given"):
			self.give()

	def test_somebody_else_does_not_see_or_answer_it(self) -> None:
		with self.as_user(make_worker("other")):
			self.assertEqual(frappe.get_list("Seconded Worker Request", {"name": self.request.name}), [])
		with self.refused(exception=frappe.PermissionError):
			self.do("withdraw", make_worker("other"), reason="No")
