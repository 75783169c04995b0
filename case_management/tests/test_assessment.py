"""Assessments: what they hold, what is asked before the client's agreement, and what happens to an agreed one."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.assessment.assessing import start_assessment
from case_management.tests.factories import make_agency, make_client, make_lead, make_program, make_worker
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import (
	make_agreed_assessment,
	make_assessment,
	make_child_case,
	make_consent,
	make_domain,
	make_support_case,
	make_template,
	set_setting,
)


class TestDomains(SupportTestCase):
	def test_a_new_assessment_has_the_domains_of_the_programs_template(self) -> None:
		with self.as_user(WORKER):
			name = self.case.start_assessment(kind="Initial")["assessment"]
		assessment = frappe.get_doc("Client Assessment", name)
		self.assertEqual([row.domain for row in assessment.domains], ["Test Housing", "Test Leisure"])
		self.assertEqual([row.required for row in assessment.domains], [1, 0])

	def test_b7_a_child_is_assessed_by_the_childrens_template(self) -> None:
		child = make_child_case(self.case)
		self.assertEqual(make_assessment(child).template, "Test Child")

	def test_a_template_that_is_named_wins_over_the_programs(self) -> None:
		other = make_template("Test Short", "Adult", {make_domain("Test Money"): 1})
		assessment = start_assessment(self.case, "Initial", other)
		self.assertEqual([row.domain for row in assessment.domains], ["Test Money"])

	def test_a_program_without_a_template_uses_one_for_the_clients_age(self) -> None:
		case = make_support_case(program=make_program("Test Plain Program"))
		template = make_assessment(case).template
		self.assertEqual(frappe.db.get_value("Assessment Template", template, "for_whom"), "Adult")

	def test_a_disabled_domain_is_not_asked(self) -> None:
		frappe.db.set_value("Assessment Domain", "Test Leisure", "enabled", 0)
		frappe.clear_document_cache("Assessment Domain", "Test Leisure")
		self.assertEqual([row.domain for row in make_assessment(self.case).domains], ["Test Housing"])
		frappe.clear_document_cache("Assessment Domain", "Test Leisure")

	def test_a_required_domain_that_was_taken_off_comes_back(self) -> None:
		assessment = make_assessment(self.case)
		with self.as_user(WORKER):
			assessment.domains = []
			assessment.save()
		self.assertEqual([row.domain for row in assessment.domains], ["Test Housing"])

	def test_required_is_the_templates_word_and_not_the_callers(self) -> None:
		assessment = make_assessment(self.case)
		with self.as_user(WORKER):
			assessment = self.reload(assessment)
			assessment.domains[0].required = 0
			assessment.save()
		self.assertEqual(self.reload(assessment).domains[0].required, 1)

	def test_a_domain_is_refused_twice(self) -> None:
		assessment = make_assessment(self.case)
		with self.refused_to(WORKER, "Test Housing", "twice"):
			assessment.append("domains", {"domain": "Test Housing", "discussed": "Discussed"})
			assessment.save()

	def test_starting_twice_gives_the_same_draft(self) -> None:
		with self.as_user(WORKER):
			first = self.case.start_assessment(kind="Initial")
			self.assertEqual(self.case.start_assessment(kind="Initial"), first)

	def test_after_an_agreed_one_the_next_is_a_reassessment(self) -> None:
		make_agreed_assessment(self.case)
		with self.as_user(WORKER):
			name = self.case.start_assessment()["assessment"]
		self.assertEqual(frappe.db.get_value("Client Assessment", name, "kind"), "Reassessment")

	def test_an_unknown_kind_is_refused(self) -> None:
		with self.refused_to(WORKER, "Sideways", "Reassessment"):
			start_assessment(self.case, "Sideways")

	def test_an_unknown_template_is_refused(self) -> None:
		with self.refused_to(WORKER, "No Such Template"):
			start_assessment(self.case, "Initial", "No Such Template")

	def test_an_assessment_without_a_case_is_refused(self) -> None:
		with self.refused_to(
			WORKER,
		):
			frappe.get_doc({"doctype": "Client Assessment", "client": self.case.client}).insert()


class TestRatings(SupportTestCase):
	def rate(self, value: int | str, domain: int = 0) -> str | None:
		assessment = make_assessment(self.case, rated=False)
		with self.as_user(WORKER):
			assessment.domains[domain].client_rating = value
			assessment.save()
		return self.reload(assessment).domains[domain].client_rating

	def test_a_rating_may_be_a_number(self) -> None:
		self.assertEqual(self.rate(7), "7")

	def test_a_rating_of_zero_is_a_rating(self) -> None:
		self.assertEqual(self.rate(0), "0")

	def test_a_whole_number_with_a_point_is_taken(self) -> None:
		self.assertEqual(self.rate(3.0), "3")

	def test_no_rating_stays_empty(self) -> None:
		self.assertFalse(self.rate(""))

	def test_numbers_outside_the_scale_and_other_values_are_refused(self) -> None:
		for value in (11, -1, 2.5, "high", True):
			with self.subTest(value=value), self.refused("scale", "0", "10"):
				self.rate(value)

	def test_a_rating_outside_the_domains_levels_is_refused_with_the_levels(self) -> None:
		domain = make_domain("Test Scaled", scores=(1, 2, 3))
		assessment = make_assessment(self.case)
		with self.refused_to(WORKER, "5", "Test Scaled", "1, 2, 3"):
			assessment.append("domains", {"domain": domain, "worker_rating": 5})
			assessment.save()

	def test_a_rating_of_the_domains_levels_is_taken(self) -> None:
		domain = make_domain("Test Scaled", scores=(1, 2, 3))
		assessment = make_assessment(self.case)
		with self.as_user(WORKER):
			assessment.append("domains", {"domain": domain, "worker_rating": 3})
			assessment.save()
		self.assertEqual(self.reload(assessment).domains[-1].worker_rating, "3")

	def test_b18_a_reassessment_shows_what_was_rated_the_last_time(self) -> None:
		make_agreed_assessment(self.case)
		row = make_assessment(self.case, rated=False, kind="Reassessment").domains[0]
		self.assertEqual((row.previous_client_rating, row.client_rating or ""), ("4", ""))

	def test_b18_a_draft_is_not_the_last_time(self) -> None:
		make_assessment(self.case)
		row = make_assessment(self.case, rated=False, kind="Reassessment").domains[0]
		self.assertFalse(row.previous_client_rating)

	def test_the_previous_rating_is_not_the_callers_word(self) -> None:
		assessment = make_assessment(self.case)
		with self.as_user(WORKER):
			assessment = self.reload(assessment)
			assessment.domains[0].previous_client_rating = "9"
			assessment.save()
		self.assertFalse(self.reload(assessment).domains[0].previous_client_rating)


class TestAgreement(SupportTestCase):
	def test_the_clients_agreement_is_kept_with_day_way_and_part(self) -> None:
		assessment = make_assessment(self.case)
		with self.as_user(WORKER):
			answer = assessment.agree(how="Read it together", participation="Fully")
		self.assertEqual(answer["status"], "Agreed")
		stored = self.reload(assessment)
		self.assertEqual((stored.agreed_on, stored.agreed_how), (getdate(), "Read it together"))
		self.assertEqual(stored.participation, "Fully")

	def test_agreeing_twice_changes_nothing(self) -> None:
		assessment = make_assessment(self.case)
		with self.as_user(WORKER):
			assessment.agree(how="Spoken")
			again = assessment.agree(how="Something else")
		self.assertEqual(again["status"], "Agreed")
		self.assertEqual(self.stored(assessment, "agreed_how"), "Spoken")

	def test_a2_not_agreed_while_a_required_domain_is_unrated(self) -> None:
		assessment = make_assessment(self.case, rated=False)
		with self.refused_to(WORKER, assessment.name, "Test Housing", "Not Discussed"):
			assessment.agree()
		self.assertEqual(self.stored(assessment, "status"), "Draft")

	def test_a2_a_domain_that_is_not_required_may_stay_unrated(self) -> None:
		assessment = make_assessment(self.case, rated=False)
		assessment.domains[0].worker_rating = "0"
		assessment.save()
		with self.as_user(WORKER):
			self.assertEqual(assessment.agree()["status"], "Agreed")

	def test_a2_not_discussed_and_declined_are_answers(self) -> None:
		for answer in ("Not Discussed", "Client Declined"):
			with self.subTest(answer=answer):
				assessment = make_assessment(self.case, rated=False)
				assessment.domains[0].discussed = answer
				assessment.save()
				with self.as_user(WORKER):
					self.assertEqual(assessment.agree()["status"], "Agreed")

	def test_a2_an_assessment_of_nothing_is_not_agreed(self) -> None:
		case = make_support_case(program=make_program("Test Plain Program"))
		assessment = make_assessment(case)
		frappe.db.set_value("Client Assessment", assessment.name, "template", None)
		assessment = self.reload(assessment)
		assessment.domains = []
		assessment.save()
		with self.refused_to(WORKER, "no life domain"):
			assessment.agree()

	def test_agreement_on_a_day_to_come_is_refused(self) -> None:
		assessment = make_assessment(self.case)
		with self.refused_to(WORKER, "future"):
			assessment.agree(on=add_days(today(), 1))

	def test_agreement_before_the_case_opened_is_refused(self) -> None:
		assessment = make_assessment(self.case)
		with self.refused_to(WORKER, "before the case opened"):
			assessment.agree(on=add_days(today(), -31))

	def test_agreement_on_no_date_is_refused(self) -> None:
		assessment = make_assessment(self.case)
		with self.refused_to(WORKER, "last Tuesday"):
			assessment.agree(on="last Tuesday")

	def test_an_unknown_participation_is_refused(self) -> None:
		assessment = make_assessment(self.case)
		with self.refused_to(WORKER, "Somehow"):
			assessment.agree(participation="Somehow")
		self.assertEqual(self.stored(assessment, "status"), "Draft")

	def test_the_workflows_own_button_dates_the_agreement(self) -> None:
		assessment = make_assessment(self.case)
		with self.as_user(WORKER):
			frappe.model.workflow.apply_workflow(self.reload(assessment), "Record Agreement")
		self.assertEqual(self.stored(assessment, "agreed_on"), getdate())

	def test_the_workflows_own_button_meets_the_same_rule(self) -> None:
		assessment = make_assessment(self.case, rated=False)
		with self.refused_to(WORKER, "Test Housing"):
			frappe.model.workflow.apply_workflow(self.reload(assessment), "Record Agreement")

	def test_somebody_elses_worker_cannot_agree_it(self) -> None:
		assessment = make_assessment(self.case)
		with self.as_user(make_worker("other")), self.refused(exception=frappe.PermissionError):
			assessment.agree()
		self.assertEqual(self.stored(assessment, "status"), "Draft")


class TestChildren(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = make_child_case(self.case)
		self.assessment = make_assessment(self.case)

	def test_b7_not_agreed_while_a_child_has_no_assessment(self) -> None:
		with self.refused_to(WORKER, self.assessment.name, self.child.name, "child"):
			self.assessment.agree()

	def test_b7_a_childs_draft_is_not_enough(self) -> None:
		make_assessment(self.child)
		with self.refused_to(WORKER, self.child.name):
			self.assessment.agree()

	def test_b7_agreed_when_each_child_has_its_own(self) -> None:
		make_agreed_assessment(self.child)
		with self.as_user(WORKER):
			self.assertEqual(self.assessment.agree()["status"], "Agreed")

	def test_b7_a_reason_is_enough(self) -> None:
		with self.as_user(WORKER):
			self.assessment.children_not_assessed_reason = "Stays with the grandmother this month"
			self.assessment.save()
			self.assertEqual(self.assessment.agree()["status"], "Agreed")

	def test_b7_a_service_may_switch_the_rule_off(self) -> None:
		set_setting("child_assessment_required", 0)
		with self.as_user(WORKER):
			self.assertEqual(self.assessment.agree()["status"], "Agreed")

	def test_b7_a_grown_up_member_of_the_household_is_no_child(self) -> None:
		frappe.db.set_value("Client", self.child.client, "birth_date", "1980-01-01")
		with self.as_user(WORKER):
			self.assertEqual(self.assessment.agree()["status"], "Agreed")


class TestContributors(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.agency = make_agency().name
		self.assessment = make_assessment(self.case)

	def contribute(self, consent: str | None, agency: str | None = None) -> None:
		row = {"agency": agency or self.agency, "consent": consent, "contribution": "A letter"}
		self.assessment.append("contributors", row)
		self.assessment.save()

	def test_b8_an_agency_contributes_with_a_live_consent(self) -> None:
		consent = make_consent(self.case, self.agency)
		with self.as_user(WORKER):
			self.contribute(consent.name)
		row = self.reload(self.assessment).contributors[0]
		self.assertEqual((row.consent, row.contributed_on), (consent.name, getdate()))

	def test_b8_consent_to_coordination_is_enough(self) -> None:
		consent = make_consent(self.case, purpose="coordination")
		with self.as_user(WORKER):
			self.contribute(consent.name)
		self.assertEqual(len(self.reload(self.assessment).contributors), 1)

	def test_b8_no_contribution_without_consent(self) -> None:
		with self.refused_to(WORKER, "consent"):
			self.contribute(None)

	def test_b8_consent_to_something_else_is_not_enough(self) -> None:
		consent = make_consent(self.case, self.agency, "evaluation")
		with self.refused_to(WORKER, consent.name, "purpose"):
			self.contribute(consent.name)

	def test_b8_consent_for_another_agency_is_not_enough(self) -> None:
		consent = make_consent(self.case, make_agency("Test Clinic").name)
		with self.refused_to(WORKER, consent.name, "Test Clinic"):
			self.contribute(consent.name)

	def test_b8_another_clients_consent_is_refused(self) -> None:
		consent = make_consent(make_support_case(make_client("Somebody Else")), self.agency)
		with self.refused_to(WORKER, consent.name):
			self.contribute(consent.name)

	def test_b8_a_withdrawn_consent_does_not_do_for_a_new_contribution(self) -> None:
		consent = make_consent(self.case, self.agency)
		consent.db_set("withdrawn_on", today())
		with self.refused_to(WORKER, consent.name):
			self.contribute(consent.name)

	def test_b8_a_contribution_stays_when_its_consent_is_withdrawn_later(self) -> None:
		consent = make_consent(self.case, self.agency)
		with self.as_user(WORKER):
			self.contribute(consent.name)
			consent.db_set("withdrawn_on", today())
			assessment = self.reload(self.assessment)
			assessment.summary = "In plain words"
			assessment.save()
		self.assertEqual(self.stored(self.assessment, "summary"), "In plain words")


class TestVersions(SupportTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.agreed = make_agreed_assessment(self.case)

	def test_rule_4_an_agreed_assessment_is_not_changed_in_place(self) -> None:
		with self.as_user(make_lead()), self.refused(self.agreed.name, "Agreed", "Revise"):
			self.agreed.summary = "Something else"
			self.agreed.save()

	def test_rule_4_nor_by_a_number_in_the_place_of_words(self) -> None:
		with self.refused_to(WORKER, self.agreed.name, "Agreed"):
			self.agreed.summary = 1
			self.agreed.save()

	def test_rule_4_its_domains_are_not_changed_either(self) -> None:
		with self.refused_to(WORKER, self.agreed.name, "Life Domains"):
			self.agreed.domains[0].client_rating = "9"
			self.agreed.save()

	def test_a_revision_is_a_new_version_with_its_reason(self) -> None:
		with self.as_user(WORKER):
			name = self.agreed.revise(reason="A job was found")["assessment"]
		version = frappe.get_doc("Client Assessment", name)
		self.assertEqual((version.revises, version.version, version.status), (self.agreed.name, 2, "Draft"))
		self.assertEqual(version.revision_reason, "A job was found")
		self.assertFalse(version.agreed_on)

	def test_revising_twice_gives_the_same_draft(self) -> None:
		with self.as_user(WORKER):
			first = self.agreed.revise(reason="A job was found")
			self.assertEqual(self.agreed.revise(reason="Again"), first)

	def test_a_revision_without_a_reason_is_refused(self) -> None:
		with self.refused_to(WORKER, self.agreed.name, "reason"):
			self.agreed.revise()

	def test_a_draft_is_not_revised(self) -> None:
		draft = make_assessment(self.case, kind="Exit")
		with self.refused_to(WORKER, draft.name, "Draft"):
			draft.revise(reason="No need")

	def test_the_old_version_is_superseded_when_the_new_one_is_agreed(self) -> None:
		with self.as_user(WORKER):
			name = self.agreed.revise(reason="A job was found")["assessment"]
			self.assertEqual(self.stored(self.agreed, "status"), "Agreed")
			frappe.get_doc("Client Assessment", name).agree()
		old = self.reload(self.agreed)
		self.assertEqual((old.status, old.superseded_by), ("Superseded", name))
		self.assertEqual(old.domains[0].client_rating, "4")

	def test_a_plan_of_the_needs_is_made_once(self) -> None:
		agreed = self.make_assessment_with_need()
		with self.as_user(WORKER):
			name = agreed.make_plan()["plan"]
			self.assertEqual(agreed.make_plan()["plan"], name)
		plan = frappe.get_doc("Support Plan", name)
		self.assertEqual([(row.domain, row.need) for row in plan.needs], [("Test Housing", "A home")])
		self.assertEqual([row.limitation for row in plan.limitations], ["Stairs"])
		self.assertEqual((plan.assessment, plan.status), (agreed.name, "Draft"))

	def make_assessment_with_need(self) -> Document:
		assessment = make_assessment(self.case, kind="Reassessment")
		assessment.domains[0].update(
			{"in_need": 1, "present_need": "A home", "strength": "Knows many people"}
		)
		assessment.append("limitations", {"kind": "Physical", "limitation": "Stairs"})
		assessment.save()
		assessment.agree()
		return self.reload(assessment)

	def test_no_plan_is_made_of_a_draft(self) -> None:
		draft = make_assessment(self.case, kind="Exit")
		with self.refused_to(WORKER, draft.name, "agree"):
			draft.make_plan()
