"""The client's own record: names, age, alerts, and who may decide who sees it."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, add_years, getdate, today

from case_management.case_management.doctype.client.client import get_name_fields
from case_management.permissions import CLIENT_RECORDS
from case_management.tests.base import UNSEEN, CaseTestCase
from case_management.tests.factories import (
	make_case,
	make_client,
	make_consent,
	make_intake_worker,
	make_lead,
	make_program,
	make_referral,
	make_worker,
)


class ClientTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.worker, self.lead = make_worker(), make_lead()
		self.client = make_client("Sasha")
		self.case = make_case(self.client)

	def save_as(self, user: str, **values) -> Document:
		with self.as_user(user):
			client = frappe.get_doc("Client", self.client.name)
			client.update(values)
			return client.save()


class TestClient(ClientTestCase):
	def test_age_is_in_whole_years(self) -> None:
		self.assertEqual(self.save_as(self.worker, birth_date=add_years(getdate(), -30)).age, 30)
		self.assertEqual(self.save_as(self.worker, birth_date=add_days(add_years(getdate(), -30), 1)).age, 29)

	def test_without_a_birth_date_there_is_no_age_and_no_child(self) -> None:
		client = self.save_as(self.worker, birth_date=None)
		self.assertIsNone(client.age)
		self.assertFalse(client.is_child)

	def test_a_child_is_under_the_age_in_settings(self) -> None:
		self.assertTrue(self.save_as(self.worker, birth_date=add_years(getdate(), -17)).is_child)
		self.assertFalse(self.save_as(self.worker, birth_date=add_years(getdate(), -18)).is_child)

	def test_nobody_is_born_in_the_future(self) -> None:
		with self.refused(self.client.name, "Date of Birth", "lies in the future"):
			self.save_as(self.worker, birth_date=add_days(today(), 1))

	def test_text_that_is_no_date_is_refused(self) -> None:
		for text in ("not-a-date", "31/31/2020", "2020-13-01", 7):
			with self.refused("Date of Birth", str(text)):
				self.save_as(self.worker, birth_date=text)

	def test_a_client_has_a_preferred_name(self) -> None:
		with self.refused("preferred name"):
			self.save_as(self.worker, preferred_name="  ")

	def test_c4_gender_and_pronouns_are_never_asked_for(self) -> None:
		client = make_client("Kim")
		self.assertFalse(client.gender or client.pronouns or client.birth_date)

	def test_alerts_are_those_in_force_today(self) -> None:
		alerts = [
			{"alert": "Ended", "from_date": add_days(today(), -9), "to_date": add_days(today(), -1)},
			{"alert": "Last day", "from_date": add_days(today(), -9), "to_date": today()},
			{"alert": "Open", "from_date": today()},
			{"alert": "Ahead", "from_date": add_days(today(), 1)},
		]
		client = self.save_as(self.worker, alerts=[{"kind": "Safety", **alert} for alert in alerts])
		self.assertEqual([alert.alert for alert in client.get_alerts()], ["Last day", "Open"])

	def test_an_alert_does_not_end_before_it_begins(self) -> None:
		alert = {"alert": "Dog", "kind": "Safety", "from_date": today(), "to_date": add_days(today(), -1)}
		with self.refused("Alert 1 ends before it begins"):
			self.save_as(self.worker, alerts=[alert])

	def test_a_relationship_names_somebody_else(self) -> None:
		relationship = "Relationship to Head of Household-2"
		with self.refused("names nobody"):
			self.save_as(self.worker, relationships=[{"relationship": relationship}])
		with self.refused("names the client themselves"):
			row = {"relationship": relationship, "related_client": self.client.name}
			self.save_as(self.worker, relationships=[row])

	def test_a_relationship_to_a_code_that_does_not_exist_is_refused(self) -> None:
		row = {"relationship": "Relationship to Head of Household-2", "related_client": "CL-00000"}
		with self.refused("CL-00000"):
			self.save_as(self.worker, relationships=[row])

	def test_staff_do_not_delete_clients(self) -> None:
		for user in (self.worker, self.lead, make_intake_worker()):
			with self.as_user(user), self.assertRaises(UNSEEN):
				frappe.delete_doc("Client", self.client.name)
		self.assertTrue(frappe.db.exists("Client", self.client.name))

	def test_an_intake_worker_records_a_client_and_finds_them_again(self) -> None:
		with self.as_user(make_intake_worker()):
			client = frappe.get_doc({"doctype": "Client", "preferred_name": "Kim"}).insert()
			self.assertEqual(frappe.get_list("Client", pluck="name"), [client.name])


class TestClientName(ClientTestCase):
	def test_c4_a_changed_name_reaches_every_record_that_shows_it(self) -> None:
		consent, referral = make_consent(self.client.name), make_referral(self.case)
		self.save_as(self.worker, preferred_name="Alexis")
		for record in (self.case, consent, referral):
			self.assertEqual(self.stored(record, "client_name"), "Alexis", record.doctype)

	def test_other_clients_records_keep_their_name(self) -> None:
		other = make_case(make_client("Kim"))
		self.save_as(self.worker, preferred_name="Alexis")
		self.assertEqual(self.stored(other, "client_name"), "Kim")

	def test_the_records_do_not_count_as_changed(self) -> None:
		consent = make_consent(self.client.name)
		before = self.stored(consent, "modified")
		self.save_as(self.worker, preferred_name="Alexis")
		self.assertEqual(self.stored(consent, "modified"), before)
		consent.given_by = "Alexis"
		consent.save()

	def test_a_record_in_the_cache_shows_the_new_name(self) -> None:
		frappe.get_cached_doc("Client Case", self.case.name)
		self.save_as(self.worker, preferred_name="Alexis")
		self.assertEqual(frappe.get_cached_doc("Client Case", self.case.name).client_name, "Alexis")

	def test_every_client_record_that_fetches_the_name_is_covered(self) -> None:
		shown = get_name_fields()
		for doctype in CLIENT_RECORDS:
			if frappe.get_meta(doctype).has_field("client_name"):
				self.assertEqual(shown.get(doctype), ["client_name"], doctype)
		self.assertGreater(len(shown), 10)


class TestRestriction(ClientTestCase):
	def test_a_worker_does_not_restrict_a_client(self) -> None:
		for values in ({"restricted": 1}, {"access_list": [{"user": self.worker}]}, {"legal_hold": 1}):
			with self.refused(self.client.name, "team leader", exception=frappe.PermissionError):
				self.save_as(self.worker, **values)
		self.assertFalse(self.stored(self.client, "restricted"))

	def test_an_intake_worker_does_not_record_a_restricted_client(self) -> None:
		with self.as_user(make_intake_worker()), self.assertRaises(frappe.PermissionError):
			frappe.get_doc({"doctype": "Client", "preferred_name": "Kim", "restricted": 1}).insert()

	def test_a_worker_does_not_lift_a_restriction(self) -> None:
		self.save_as(self.lead, restricted=1)
		with self.refused("team leader", exception=frappe.PermissionError):
			self.save_as(self.worker, restricted=0)

	def test_a_worker_changes_what_else_there_is_of_a_restricted_client(self) -> None:
		self.save_as(self.lead, restricted=1)
		self.save_as(self.worker, pronouns="they")
		self.assertEqual(self.stored(self.client, "pronouns"), "they")

	def test_a_restricted_client_stays_in_sight_of_team_and_leads(self) -> None:
		client = self.save_as(self.lead, restricted=1)
		self.assertEqual({row.user for row in client.access_list}, {self.lead, self.worker})

	def test_the_programs_deputy_is_put_on_the_list_too(self) -> None:
		program = make_program("Program With Deputy", deputy_lead=make_lead("other-lead"))
		make_case(self.client, program)
		client = self.save_as(self.lead, restricted=1)
		self.assertIn(make_lead("other-lead"), [row.user for row in client.access_list])

	def test_a_list_that_is_given_is_kept_as_given(self) -> None:
		client = self.save_as(self.lead, restricted=1, access_list=[{"user": make_worker("other")}])
		self.assertEqual([row.user for row in client.access_list], [make_worker("other")])

	def test_emptying_the_list_fills_it_again(self) -> None:
		self.save_as(self.lead, restricted=1)
		client = self.save_as(self.lead, access_list=[])
		self.assertIn(self.lead, [row.user for row in client.access_list])

	def test_who_is_not_on_the_list_does_not_see_the_client(self) -> None:
		self.save_as(self.lead, restricted=1, access_list=[{"user": self.lead}])
		with self.as_user(self.worker):
			self.assertFalse(self.sees_record(frappe.session.user, "Client", self.client.name))
			self.assertEqual(frappe.get_list("Client Case"), [])
