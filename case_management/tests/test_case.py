"""The case: what makes it Active, its team, its household."""

import frappe
from frappe.utils import add_days, getdate, today

from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_agency,
	make_case,
	make_client,
	make_lead,
	make_policy,
	make_program,
	make_user,
	make_worker,
)


class TestRights(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_case()
		self.voluntary = make_program("Test Voluntary", participation="Voluntary")

	def test_b4_case_is_not_active_without_rights_statement(self) -> None:
		with (
			self.as_user(make_worker()),
			self.refused(self.case.name, "rights statement", "Acknowledge Rights"),
		):
			frappe.get_doc("Client Case", self.case.name).activate()
		self.assertEqual(self.stored(self.case, "status"), "Pending")

	def test_b4_acknowledging_makes_the_case_active(self) -> None:
		policy = make_policy()
		with self.as_user(make_worker()):
			answer = self.case.acknowledge_rights(policy=policy.name, language="English", format="Easy read")
		self.assertEqual((answer["status"], answer["missing"]), ("Active", []))
		self.assertEqual(self.stored(self.case, "rights_policy"), policy.name)
		self.assertEqual(self.stored(self.case, "rights_format"), "Easy read")

	def test_b4_a_reason_overrides_and_is_kept(self) -> None:
		with self.as_user(make_worker()):
			self.case.acknowledge_rights(override_reason="In hospital; by phone next week")
		self.assertEqual(self.stored(self.case, "status"), "Active")
		self.assertIn("In hospital", self.stored(self.case, "rights_override_reason"))
		self.assertFalse(self.stored(self.case, "rights_acknowledged_on"))

	def test_b4_an_outdated_statement_is_refused(self) -> None:
		make_policy().db_set("is_current", 0)
		with self.as_user(make_worker()), self.refused(self.case.name, "not a current statement"):
			self.case.acknowledge_rights(policy=make_policy().name)

	def test_b4_a_policy_of_another_kind_is_refused(self) -> None:
		other = frappe.get_doc(
			{
				"doctype": "Service Policy",
				"title": "Test Complaints",
				"kind": "Complaints",
				"version": "1",
				"text": "Tell us.",
			}
		).insert()
		with self.as_user(make_worker()), self.refused(other.name, "not a current statement"):
			self.case.acknowledge_rights(policy=other.name)

	def test_b4_the_acknowledgement_cannot_be_typed_in(self) -> None:
		with self.as_user(make_worker()):
			case = frappe.get_doc("Client Case", self.case.name)
			case.update({"rights_acknowledged_on": today(), "rights_policy": make_policy().name}).save()
		self.assertFalse(self.stored(self.case, "rights_acknowledged_on"))

	def test_b4_a_date_before_the_case_opened_or_ahead_is_refused(self) -> None:
		for day in (add_days(self.case.opened_on, -1), add_days(today(), 1), "no date"):
			with self.as_user(make_worker()), self.refused(self.case.name, "Acknowledged on"):
				self.case.acknowledge_rights(policy=make_policy().name, on=day)

	def test_c19_voluntary_case_needs_the_clients_agreement(self) -> None:
		case = make_case(program=self.voluntary)
		with self.as_user(make_worker()):
			answer = case.acknowledge_rights(policy=make_policy().name)
			self.assertEqual(answer["status"], "Pending")
			self.assertIn("voluntary", answer["missing"][0])
			self.assertEqual(case.record_agreement(how="Spoken")["status"], "Active")

	def test_c20_compulsory_case_has_a_case_manager(self) -> None:
		with self.refused("New Client Case", "has a case manager", "Choose the case manager"):
			make_case(case_manager=None)

	def test_c19_voluntary_case_may_have_none(self) -> None:
		self.assertFalse(make_case(program=self.voluntary, case_manager=None).case_manager)

	def test_c28_a_stage_is_one_of_the_programs(self) -> None:
		program = make_program("Test Stages", stages=[{"stage": "Settling in"}, {"stage": "Moving on"}])
		case = make_case(program=program)
		with self.as_user(make_worker()):
			case.reload()
			case.update({"stage": "Moving on"}).save()
			with self.refused(case.name, "Flying", "Settling in, Moving on"):
				case.update({"stage": "Flying"}).save()
		self.assertEqual(self.stored(case, "stage"), "Moving on")

	def test_history_tells_who_opened_and_activated_it(self) -> None:
		with self.as_user(make_worker()):
			self.case.acknowledge_rights(policy=make_policy().name)
		case = frappe.get_doc("Client Case", self.case.name)
		self.assertEqual([row.event for row in case.events], ["Opened", "Activated"])
		self.assertEqual(case.events[1].by_user, make_worker())

	def test_history_cannot_be_edited(self) -> None:
		with self.as_user(make_worker()):
			case = frappe.get_doc("Client Case", self.case.name)
			case.append("events", {"event": "Closed", "on_date": today()})
			case.events[0].on_date = "2001-01-01"
			case.save()
		case.reload()
		self.assertEqual(
			[(row.event, row.on_date) for row in case.events], [("Opened", getdate(case.opened_on))]
		)


class TestTeam(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case()
		self.colleague = make_worker("colleague")

	def get_case(self) -> "frappe.model.document.Document":
		return frappe.get_doc("Client Case", self.case.name)

	def test_the_case_manager_is_on_the_team(self) -> None:
		self.assertEqual(
			[(row.user, row.team_role) for row in self.case.team], [(make_worker(), "Case Manager")]
		)

	def test_c12_the_lead_puts_a_co_worker_on_the_team_once(self) -> None:
		with self.as_user(make_lead()):
			for _again in range(2):
				answer = self.get_case().add_team_member(user=self.colleague)
		self.assertIn(self.colleague, answer["team"])
		self.assertEqual(len(self.get_case().team), 2)

	def test_a_worker_does_not_change_the_team(self) -> None:
		denied = self.refused(self.case.name, "team leader", exception=frappe.PermissionError)
		with self.as_user(make_worker()), denied:
			self.get_case().add_team_member(user=self.colleague)

	def test_a_team_row_cannot_be_written_into_the_record(self) -> None:
		with self.as_user(make_worker()):
			case = self.get_case()
			case.append("team", {"user": self.colleague, "team_role": "Co-worker", "from_date": today()})
			case.save()
		self.assertNotIn(self.colleague, [row.user for row in self.get_case().team])

	def test_the_case_manager_cannot_be_written_into_the_record(self) -> None:
		with self.as_user(make_worker()), self.refused(self.case.name, "Change Case Manager"):
			self.get_case().update({"case_manager": self.colleague}).save()

	def test_a_new_case_manager_takes_over_and_the_one_before_leaves(self) -> None:
		with self.as_user(make_lead()):
			answer = self.get_case().change_case_manager(user=self.colleague)
		self.assertEqual(answer, {"case_manager": self.colleague, "team": [self.colleague]})
		with self.as_user(make_worker()):
			self.assertFalse(self.sees_record(frappe.session.user, "Client Case", self.case.name))

	def test_the_case_manager_is_not_just_taken_off(self) -> None:
		with self.as_user(make_lead()), self.refused(self.case.name, "Change Case Manager"):
			self.get_case().end_team_member(user=make_worker())

	def test_somebody_who_leaves_has_no_access_any_more(self) -> None:
		with self.as_user(make_lead()):
			self.get_case().add_team_member(user=self.colleague, from_date=add_days(today(), -5))
			self.get_case().end_team_member(user=self.colleague)
		with self.as_user(self.colleague):
			self.assertFalse(self.sees_record(frappe.session.user, "Client Case", self.case.name))

	def test_ending_a_place_twice_is_ending_it_once(self) -> None:
		with self.as_user(make_lead()):
			self.get_case().add_team_member(user=self.colleague, from_date=add_days(today(), -5))
			first = self.get_case().end_team_member(user=self.colleague)
			self.assertEqual(self.get_case().end_team_member(user=self.colleague), first)
			with self.refused(self.case.name, "not on its team"):
				self.get_case().end_team_member(user=make_worker("other"))

	def test_c44_a_seconded_worker_has_an_agency_and_a_last_day(self) -> None:
		seconded = make_user(name="seconded")
		with self.as_user(make_lead()):
			with self.refused(self.case.name, "agency", "last day"):
				self.get_case().add_team_member(user=seconded, team_role="Seconded Case Manager")
			self.get_case().add_team_member(
				user=seconded,
				team_role="Seconded Case Manager",
				agency=make_agency().name,
				to_date=add_days(today(), 30),
			)
		with self.as_user(seconded):
			self.assertTrue(self.get_case().has_permission("write"))

	def test_only_staff_with_a_case_role_are_on_a_team(self) -> None:
		with self.as_user(make_lead()):
			for user in (make_user(name="auditor"), "Guest"):
				with self.refused(self.case.name, user, "cannot be on a team"):
					self.get_case().add_team_member(user=user)
			with self.refused(self.case.name, "no user"):
				self.get_case().add_team_member(user="nobody@example.org")

	def test_settings_may_let_case_managers_change_teams(self) -> None:
		frappe.db.set_single_value("Case Management Settings", "case_manager_changes_team", 1)
		frappe.clear_document_cache("Case Management Settings")
		self.addCleanup(frappe.clear_document_cache, "Case Management Settings")
		with self.as_user(make_worker()):
			self.assertIn(self.colleague, self.get_case().add_team_member(user=self.colleague)["team"])


class TestHousehold(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_active_case()

	def add_child(self) -> dict:
		with self.as_user(make_worker()):
			case = frappe.get_doc("Client Case", self.case.name)
			return case.add_household_member(
				preferred_name="Small Person",
				birth_date=add_days(today(), -3000),
				relationship="Relationship to Head of Household-2",
			)

	def test_b7_a_child_has_a_record_and_a_case_of_its_own(self) -> None:
		child = self.add_child()
		case = frappe.get_doc("Client Case", child["client_case"])
		self.assertEqual(
			(case.head_case, case.program, case.status), (self.case.name, self.case.program, "Pending")
		)
		self.assertEqual(case.has_own_team, 0)
		self.assertTrue(frappe.get_doc("Client", child["client"]).is_child)

	def test_b7_the_case_of_somebody_who_joined_earlier_opens_on_that_day(self) -> None:
		joined = getdate(self.case.opened_on)
		with self.as_user(make_worker()):
			case = frappe.get_doc("Client Case", self.case.name)
			with self.refused("lies before the case opened"):
				case.add_household_member(preferred_name="Small Person", on=add_days(joined, -1))
			member = case.add_household_member(preferred_name="Small Person", on=joined)["client_case"]
		self.assertEqual(self.stored(frappe.get_doc("Client Case", member), "opened_on"), joined)

	def test_head_and_member_name_each_other(self) -> None:
		child = self.add_child()
		head = frappe.get_doc("Client", self.case.client)
		self.assertEqual(
			[(row.related_client, row.in_care) for row in head.relationships], [(child["client"], 1)]
		)
		member = frappe.get_doc("Client", child["client"])
		self.assertEqual([row.related_client for row in member.relationships], [self.case.client])

	def test_the_same_client_is_added_once(self) -> None:
		child = self.add_child()
		with self.as_user(make_worker()):
			case = frappe.get_doc("Client Case", self.case.name)
			self.assertEqual(case.add_household_member(client=child["client"]), child)

	def test_a_client_the_worker_does_not_see_is_not_added(self) -> None:
		stranger = make_client("Stranger")
		denied = self.refused(stranger.name, "do not see", exception=frappe.PermissionError)
		with self.as_user(make_worker()), denied:
			frappe.get_doc("Client Case", self.case.name).add_household_member(client=stranger.name)

	def test_members_follow_a_new_case_manager_of_the_head(self) -> None:
		child = self.add_child()
		colleague = make_worker("colleague")
		with self.as_user(make_lead()):
			frappe.get_doc("Client Case", self.case.name).change_case_manager(user=colleague)
		self.assertEqual(frappe.db.get_value("Client Case", child["client_case"], "case_manager"), colleague)

	def test_a_closed_case_takes_no_more_members(self) -> None:
		self.case.db_set("status", "Closed")
		self.case.db_set("team_access_until", today())
		with self.refused("New Client Case", f"{self.case.name} is closed", "Reopen"):
			self.add_child()

	def test_c21_a_child_has_no_meeting_cycle_of_its_own(self) -> None:
		child = frappe.get_doc("Client Case", self.add_child()["client_case"])
		with self.as_user(make_worker()):
			child.acknowledge_rights(policy=make_policy().name, by="Parent")
		self.assertEqual(self.stored(child, "status"), "Active")
		self.assertFalse(frappe.db.exists("Case Meeting", {"client_case": child.name}))

	def test_a_member_is_not_the_head_of_another(self) -> None:
		child = self.add_child()
		with self.refused("cannot be the case of its head"):
			make_case(make_client("Grandchild"), head_case=child["client_case"])
