"""Sensitive life domains: recorded where a worker writes everything else, kept where only who may reads it (C32)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, today

from case_management.case_management.assessment.assessing import start_assessment
from case_management.tests.factories import make_agency, make_client, make_lead, make_user
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import (
	make_domain,
	make_support_case,
	make_support_program,
	make_template,
)

SAID = {"client_rating": "2", "in_need": 1, "present_need": "Sleepless nights", "strength": "Paints"}


class SensitiveTestCase(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		domains = {make_domain(): 1, make_domain("Test Mind", sensitive=1): 1}
		program = make_support_program(
			"Test Careful Residence", assessment_template=make_template("Test Careful", domains=domains)
		)
		self.case = make_support_case(make_client("Careful Person"), program=program)
		self.assessment = start_assessment(self.case)

	def write(self, user: str = WORKER, **said: object) -> Document:
		"""Write into the rows of the housing and of the sensitive domain, as a form or REST does."""
		with self.as_user(user):
			doc = self.reload(self.assessment)
			doc.domains[0].client_rating = "5"
			doc.domains[1].update(said or SAID)
			return doc.save(ignore_version=False)

	def agree(self) -> Document:
		self.write()
		with self.as_user(WORKER):
			self.reload(self.assessment).agree(how="Spoken")
		return self.reload(self.assessment)

	def get_rating(self, **filters: object) -> Document:
		return frappe.get_doc("Sensitive Rating", {"assessment": self.assessment.name, **filters})

	def add_seconded(self) -> str:
		user = make_user("Seconded Case Worker")
		given = {"user": user, "team_role": "Seconded Case Manager", "agency": make_agency().name}
		with self.as_user(make_lead()):
			self.reload(self.case).add_team_member(**given, to_date=add_days(today(), 30))
		return user


class TestKeptApart(SensitiveTestCase):
	def test_c32_what_is_written_in_the_assessment_is_moved_to_a_record_of_its_own(self) -> None:
		saved = self.write()
		for row in (saved.domains[1], self.reload(self.assessment).domains[1]):
			self.assertEqual((row.recorded_apart, row.discussed), (1, "Discussed"))
			self.assertFalse([field for field in SAID if row.get(field)])
		rating = self.get_rating()
		self.assertEqual({field: rating.get(field) for field in SAID}, SAID)
		self.assertEqual((rating.client, rating.client_case), (self.case.client, self.case.name))

	def test_c32_an_open_domain_stays_where_it_is(self) -> None:
		row = self.write().domains[0]
		self.assertEqual((row.client_rating, row.recorded_apart), ("5", 0))

	def test_c32_nothing_of_it_is_left_in_the_versions_of_the_assessment(self) -> None:
		self.write()
		self.write(present_need="Sleeps better now")
		versions = frappe.get_all("Version", {"docname": self.assessment.name}, pluck="data")
		self.assertTrue(versions)
		self.assertNotIn("Sleep", "".join(versions))

	def test_c32_written_again_it_changes_and_the_rest_stays(self) -> None:
		self.write()
		self.write(client_rating="4")
		rating = self.get_rating()
		self.assertEqual((rating.client_rating, rating.present_need), ("4", "Sleepless nights"))

	def test_c32_the_form_shows_it_to_who_may_read_it(self) -> None:
		self.write()
		seconded = self.add_seconded()
		for user, seen in ((WORKER, 1), (make_lead(), 1), (seconded, 0)):
			with self.subTest(user=user), self.as_user(user):
				doc = self.reload(self.assessment)
				doc.onload()
				self.assertEqual(len(doc.get_onload().kept_apart), seen)

	def test_c32_a_seconded_worker_reads_the_assessment_and_not_what_is_apart(self) -> None:
		self.write()
		rating = self.get_rating()
		with self.as_user(self.add_seconded()):
			self.assertTrue(self.assessment.has_permission("read"))
			self.assertFalse(rating.has_permission("read"))
			self.assertRaises(frappe.PermissionError, frappe.get_list, "Sensitive Rating")
			self.assertNotIn("Sleepless", frappe.as_json(self.reload(self.assessment).as_dict()))

	def test_c32_a_seconded_worker_does_not_write_it_either(self) -> None:
		seconded = self.add_seconded()
		with self.refused("Test Mind", "sensitive", "case manager"):
			self.write(seconded)
		self.assertFalse(frappe.db.exists("Sensitive Rating", {"assessment": self.assessment.name}))

	def test_c32_a_seconded_worker_still_writes_the_rest(self) -> None:
		self.assertEqual(
			self.write(self.add_seconded(), discussed="Not Discussed").domains[0].client_rating, "5"
		)

	def test_a_level_the_domain_does_not_have_is_refused_there_too(self) -> None:
		make_domain("Test Scaled Mind", scores=(1, 2), sensitive=1)
		with self.as_user(WORKER):
			doc = self.reload(self.assessment)
			doc.append("domains", {"domain": "Test Scaled Mind", "discussed": "Discussed"})
			doc.save()
			with self.refused("9", "Test Scaled Mind", "1, 2"):
				doc.domains[2].client_rating = "9"
				doc.save()
			self.insert(domain="Test Scaled Mind", client_rating="2")

	def insert(self, **values: object) -> Document:
		key = {"client": self.case.client, "client_case": self.case.name, "assessment": self.assessment.name}
		return frappe.get_doc({"doctype": "Sensitive Rating", **key, **values}).insert()


class TestItsRules(SensitiveTestCase):
	def insert(self, **values: object) -> Document:
		key = {"client": self.case.client, "client_case": self.case.name, "assessment": self.assessment.name}
		with self.as_user(WORKER):
			return frappe.get_doc({"doctype": "Sensitive Rating", **key, **values}).insert()

	def test_c32_recorded_by_hand_the_assessment_says_so(self) -> None:
		self.insert(domain="Test Mind", worker_rating="3")
		self.assertEqual(self.reload(self.assessment).domains[1].recorded_apart, 1)

	def test_a_domain_has_one(self) -> None:
		first = self.insert(domain="Test Mind")
		with self.refused(first.name, "already"):
			self.insert(domain="Test Mind")

	def test_a_domain_that_is_not_sensitive_is_refused(self) -> None:
		with self.refused("Test Housing", "in the assessment itself"):
			self.insert(domain="Test Housing")

	def test_a_domain_that_is_not_in_the_assessment_is_refused(self) -> None:
		with self.refused("Test Secret", self.assessment.name, "Add it"):
			self.insert(domain=make_domain("Test Secret", sensitive=1))

	def test_an_assessment_of_another_case_or_client_is_refused(self) -> None:
		other = make_support_case(self.reload(frappe.get_doc("Client", self.case.client)))
		with self.refused("another case"):
			self.insert(domain="Test Mind", client_case=other.name)
		with self.refused("belongs to another client"):
			stranger = make_support_case(make_client("Stranger"))
			self.insert(domain="Test Mind", client=stranger.client, client_case=stranger.name)

	def test_a_number_off_the_scale_is_refused(self) -> None:
		with self.refused("scale"):
			self.insert(domain="Test Mind", client_rating="11")

	def test_somebody_elses_worker_neither_reads_nor_writes_it(self) -> None:
		rating = self.insert(domain="Test Mind")
		with self.as_user("other@staff.example.org"):
			self.assertEqual(frappe.get_list("Sensitive Rating"), [])
			self.assertRaises(frappe.PermissionError, rating.save)


class TestBecomesSensitive(SensitiveTestCase):
	def make_sensitive(self) -> None:
		with self.as_user(make_user("Case Management Admin")):
			frappe.get_doc("Assessment Domain", "Test Housing").update({"sensitive": 1}).save()

	def test_c32_what_was_said_before_is_kept_apart_then_of_agreed_assessments_too(self) -> None:
		agreed = self.agree()
		self.make_sensitive()
		row = self.reload(agreed).domains[0]
		self.assertEqual((row.client_rating, row.recorded_apart), (None, 1))
		self.assertEqual(self.get_rating(domain="Test Housing").client_rating, "5")

	def test_c32_of_closed_cases_too_and_only_once(self) -> None:
		self.agree()
		frappe.db.set_value("Client Case", self.case.name, "status", "Closed")
		self.make_sensitive()
		self.make_sensitive()
		filters = {"assessment": self.assessment.name, "domain": "Test Housing"}
		self.assertEqual(frappe.db.count("Sensitive Rating", filters), 1)

	def test_c32_the_history_of_the_assessment_is_moved_with_its_day_and_writer(self) -> None:
		with self.as_user(WORKER):
			for words in ("A quiet room", "A room near the shop"):
				doc = self.reload(self.assessment)
				doc.domains[0].present_need = words
				doc.save(ignore_version=False)
		self.make_sensitive()
		self.assertNotIn("room", self.get_history(self.assessment))
		rating = self.get_rating(domain="Test Housing")
		self.assertIn('["present_need","A quiet room","A room near the shop"]', self.get_history(rating))
		about = {"ref_doctype": "Sensitive Rating", "docname": rating.name}
		self.assertEqual(frappe.get_all("Version", about, pluck="owner", distinct=True), [WORKER])

	def test_c32_of_a_row_that_was_taken_off_the_history_is_moved_too(self) -> None:
		make_domain("Test Debts")
		with self.as_user(WORKER):
			doc = self.reload(self.assessment)
			doc.append("domains", {"domain": "Test Debts", "present_need": "Owes a friend"})
			doc.save(ignore_version=False)
			doc = self.reload(doc)
			doc.domains = doc.domains[:2]
			doc.save(ignore_version=False)
		self.assertIn("Owes", self.get_history(doc))
		with self.as_user(make_user("Case Management Admin")):
			frappe.get_doc("Assessment Domain", "Test Debts").update({"sensitive": 1}).save()
		self.assertNotIn("Owes", self.get_history(doc))
		self.assertIn("Owes", self.get_history(self.get_rating(domain="Test Debts")))

	def test_c32_what_a_plan_copied_is_taken_out_and_what_the_client_chose_stays(self) -> None:
		self.write()
		with self.as_user(WORKER):
			doc = self.reload(self.assessment)
			doc.domains[0].update({"in_need": 1, "present_need": "A quiet room", "strength": "Tidy"})
			doc.save()
			self.reload(doc).agree(how="Spoken")
			plan = frappe.get_doc("Support Plan", self.reload(doc).make_plan()["plan"])
			own = {"domain": "Test Housing", "need": "My own door"}
			plan.append("needs", own)
			plan.save(ignore_version=False)
		self.make_sensitive()
		plan = self.reload(plan)
		needs = [row.need for row in plan.needs if row.domain == "Test Housing"]
		self.assertEqual([need or "" for need in needs], ["", "My own door"])
		self.assertNotIn("Tidy", frappe.as_json(plan.as_dict()))

	def test_c32_what_was_written_after_it_was_not_sensitive_for_a_while_is_kept_with_what_was_before(
		self,
	) -> None:
		self.make_sensitive()
		self.write()
		frappe.db.set_value("Assessment Domain", "Test Housing", "sensitive", 0)
		frappe.clear_document_cache("Assessment Domain", "Test Housing")
		with self.as_user(WORKER):
			doc = self.reload(self.assessment)
			doc.domains[0].client_rating = "7"
			doc.save()
		self.make_sensitive()
		rating = self.get_rating(domain="Test Housing")
		self.assertEqual(rating.client_rating, "7")
		self.assertIn('["client_rating","5","7"]', self.get_history(rating))

	def get_history(self, doc: Document) -> str:
		about = {"ref_doctype": doc.doctype, "docname": doc.name}
		return "".join(frappe.get_all("Version", about, pluck="data"))


class TestItCounts(SensitiveTestCase):
	def test_a2_a_required_domain_may_be_answered_apart(self) -> None:
		self.assertEqual(self.agree().status, "Agreed")

	def test_a2_an_unanswered_one_still_holds_the_agreement_back(self) -> None:
		self.write(present_need="Words, and no rating")
		with self.refused_to(WORKER, "Test Mind"):
			self.reload(self.assessment).agree()

	def test_rule_4_it_is_kept_as_it_was_agreed(self) -> None:
		self.agree()
		with self.refused_to(WORKER, self.assessment.name, "Agreed", "Revise"):
			rating = self.get_rating()
			rating.client_rating = "9"
			rating.save()
		with self.refused_to(WORKER, "Agreed"):
			self.write(client_rating="9")
		self.assertEqual(self.get_rating().client_rating, "2")

	def test_what_is_written_and_agreed_in_one_save_is_kept(self) -> None:
		with self.as_user(WORKER):
			doc = self.reload(self.assessment)
			doc.domains[0].client_rating = "5"
			doc.domains[1].update(SAID)
			doc.workflow_state = "Agreed"
			doc.status = "Agreed"
			doc.save()
		self.assertEqual(self.get_rating().client_rating, "2")

	def test_rule_4_a_revision_has_a_copy_of_its_own(self) -> None:
		first = self.agree()
		with self.as_user(WORKER):
			self.assessment = frappe.get_doc(
				"Client Assessment", first.revise(reason="Said more")["assessment"]
			)
		self.assertEqual(self.assessment.domains[1].recorded_apart, 1)
		self.write(client_rating="7")
		self.assertEqual(self.get_rating().client_rating, "7")
		self.assertEqual(self.get_rating(assessment=first.name).client_rating, "2")

	def test_b18_the_rating_of_the_last_time_stands_beside_it(self) -> None:
		self.agree()
		self.assessment = start_assessment(self.case)
		self.write(client_rating="6")
		rating = self.get_rating()
		self.assertEqual((rating.previous_client_rating, rating.client_rating), ("2", "6"))
		self.assertFalse(self.reload(self.assessment).domains[1].previous_client_rating)

	def test_c32_the_plan_has_the_need_without_its_words(self) -> None:
		with self.as_user(WORKER):
			name = self.agree().make_plan()["plan"]
		needs = frappe.get_doc("Support Plan", name).needs
		self.assertEqual([(row.domain, row.need, row.strength) for row in needs], [("Test Mind", None, None)])
