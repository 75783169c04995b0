"""What a service sets up: the defaults it starts with, and the rules of the setup records."""

import frappe
from frappe.utils import add_days, today

from case_management.case_management.entry.response_targets import get_response_hours
from case_management.setup.defaults import get_domains, make_defaults, make_missing, make_settings, read
from case_management.setup.install import ROLES, make_roles
from case_management.setup.uninstall import get_pattern, get_series, is_used
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_case, make_lead, make_policy, make_program, make_user

SETTINGS = "Case Management Settings"


class TestDefaults(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		make_defaults()

	def test_every_role_exists_and_only_the_clients_has_no_desk(self) -> None:
		make_roles()
		without_desk = [role for role in ROLES if not frappe.db.get_value("Role", role, "desk_access")]
		self.assertEqual(without_desk, ["Case Client"])

	def test_a_code_an_administrator_relabelled_keeps_its_label(self) -> None:
		frappe.db.set_value("Case Code", "Missing Data-8", "label", "Not sure")
		make_defaults()
		self.assertEqual(frappe.db.get_value("Case Code", "Missing Data-8", "label"), "Not sure")

	def test_a_domain_an_administrator_edited_keeps_its_levels(self) -> None:
		domain = frappe.get_doc("Assessment Domain", "Money")
		domain.update({"levels": domain.levels[:2]}).save()
		make_defaults()
		self.assertEqual(len(frappe.get_doc("Assessment Domain", "Money").levels), 2)

	def test_goal_ideas_are_known_by_their_words_and_not_made_twice(self) -> None:
		count = frappe.db.count("Goal Idea")
		make_defaults()
		self.assertEqual(frappe.db.count("Goal Idea"), count)

	def test_c34_to_c37_every_idea_of_the_source_is_there(self) -> None:
		ideas = " / ".join(idea["idea"] for idea in read("goal_idea")).lower()
		for word in (
			"budget",
			"eat well",
			"exercise",
			"read and write",
			"enrol",
			"drive",
			"voluntary",
			"paid work",
		):
			self.assertIn(word, ideas)

	def test_c18_the_named_domains_are_there_and_c32_mental_wellbeing_is_sensitive(self) -> None:
		domains = {domain["domain_name"]: domain for domain in get_domains()}
		named = {"Housing", "Money", "Health", "Employment", "Education and Training"}
		self.assertLessEqual(named, set(domains))
		self.assertTrue(domains["Mental Wellbeing"]["sensitive"])

	def test_c33_every_domain_has_a_level_for_each_small_step(self) -> None:
		for domain in get_domains():
			self.assertEqual(
				[level["score"] for level in domain["levels"]], list(range(11)), domain["domain_name"]
			)

	def test_templates_and_ideas_name_domains_that_exist(self) -> None:
		domains = {domain["domain_name"] for domain in get_domains()}
		used = {row["domain"] for template in read("assessment_template") for row in template["domains"]}
		self.assertLessEqual(used | {idea["domain"] for idea in read("goal_idea")}, domains)

	def test_b7_there_is_a_template_for_adults_and_one_for_children(self) -> None:
		self.assertEqual(
			[template["for_whom"] for template in read("assessment_template")], ["Adult", "Child"]
		)

	def test_b4_the_rights_statement_says_it_is_a_starting_text(self) -> None:
		policy = frappe.get_doc("Service Policy", "Rights and Responsibilities v1")
		self.assertIn("starting text", policy.text)
		self.assertEqual(policy.kind, "Rights and Responsibilities")

	def test_a_deleted_default_comes_back_only_when_install_asks(self) -> None:
		frappe.delete_doc("Case Code", "Missing Data-8")
		frappe.get_single(SETTINGS).save()
		self.assertFalse(frappe.db.exists("Case Code", "Missing Data-8"))
		make_missing(
			[{"doctype": "Case Code", "code_list": "Missing Data", "code": "8", "label": "Doesn't know"}]
		)
		self.assertTrue(frappe.db.exists("Case Code", "Missing Data-8"))

	def test_nothing_of_the_setup_runs_at_migrate(self) -> None:
		"""But for indexes, of which no administrator makes their own, what names clients, and Frappe's cache."""
		for hook in ("after_migrate", "before_migrate", "after_sync", "fixtures"):
			made = set(frappe.get_hooks(hook, app_name="case_management"))
			self.assertFalse(made - {"case_management.setup.migrate.after_migrate"}, hook)


class TestSettings(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.admin = make_user("Case Management Admin")
		make_settings()

	def test_a_new_site_stores_every_default(self) -> None:
		frappe.db.delete("Singles", {"doctype": SETTINGS})
		frappe.clear_document_cache(SETTINGS, SETTINGS)
		make_settings()
		stored = frappe.db.get_singles_dict(SETTINGS)
		for field in frappe.get_meta(SETTINGS).fields:
			if field.default:
				self.assertEqual(stored.get(field.fieldname), field.default, field.fieldname)

	def test_a_setting_that_was_changed_is_kept(self) -> None:
		frappe.db.set_single_value(SETTINGS, "note_lock_days", 3)
		make_settings()
		self.assertEqual(frappe.db.get_single_value(SETTINGS, "note_lock_days"), 3)

	def test_a_switch_that_is_off_stays_off(self) -> None:
		frappe.db.set_single_value(SETTINGS, "exit_plan_required", 0)
		make_settings()
		self.assertEqual(frappe.db.get_single_value(SETTINGS, "exit_plan_required"), 0)

	def test_a_setting_that_came_later_gets_its_default(self) -> None:
		frappe.db.delete("Singles", {"doctype": SETTINGS, "field": "retention_years"})
		make_settings()
		self.assertEqual(frappe.db.get_singles_dict(SETTINGS).retention_years, "7")

	def test_days_below_zero_are_refused(self) -> None:
		for field in ("access_days_after_closure", "note_lock_days", "no_contact_days", "match_limit"):
			label = frappe.get_meta(SETTINGS).get_label(field)
			with self.as_user(self.admin), self.refused(label, "-1"):
				frappe.get_single(SETTINGS).update({field: -1}).save()

	def test_numbers_sent_as_text_are_numbers(self) -> None:
		with self.as_user(self.admin), self.refused("-1"):
			frappe.get_single(SETTINGS).update({"note_lock_days": "-1"}).save()
		with self.as_user(self.admin):
			frappe.get_single(SETTINGS).update({"note_lock_days": "5"}).save()
		self.assertEqual(frappe.db.get_single_value(SETTINGS, "note_lock_days"), 5)

	def test_no_days_at_all_is_a_choice(self) -> None:
		with self.as_user(self.admin):
			frappe.get_single(SETTINGS).update({"access_days_after_closure": 0}).save()
		self.assertEqual(frappe.db.get_single_value(SETTINGS, "access_days_after_closure"), 0)

	def test_a_minors_records_do_not_end_before_they_are_an_adult(self) -> None:
		with self.as_user(self.admin), self.refused("18"):
			frappe.get_single(SETTINGS).update({"minor_retention_age": 17}).save()

	def test_b1_an_urgency_has_one_target(self) -> None:
		settings = frappe.get_single(SETTINGS)
		settings.append("response_targets", {"urgency": "Urgent", "hours": 9})
		with self.as_user(self.admin), self.refused("Urgent"):
			settings.save()

	def test_a_worker_does_not_change_settings(self) -> None:
		with self.as_user(make_user("Case Worker")), self.refused(exception=frappe.PermissionError):
			frappe.get_single(SETTINGS).update({"note_lock_days": 99}).save()


class TestSupportProgram(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.admin = make_user("Case Management Admin")
		self.program = make_program("Program of This Test")

	def test_c21_a_fortnight_is_the_default_interval(self) -> None:
		self.assertEqual(self.program.meeting_interval_days, 14)

	def test_the_usual_meeting_time_is_ten_and_written_in_hours_and_minutes(self) -> None:
		self.assertEqual(make_program("Test Time").meeting_time, "10:00")
		self.assertEqual(make_program("Test Afternoon", meeting_time="14:30:00").meeting_time, "14:30")
		with self.refused("New Support Program", "teatime", "14:30"):
			make_program("Test Teatime", meeting_time="teatime")

	def test_an_interval_of_no_days_is_refused(self) -> None:
		for field in ("meeting_interval_days", "review_interval_days", "follow_up_days"):
			for days in (0, -14):
				with self.as_user(self.admin), self.refused(self.program.name, "1 day"):
					frappe.get_doc("Support Program", self.program.name).update({field: days}).save()

	def test_a_lead_has_the_leads_role(self) -> None:
		for field in ("lead", "deputy_lead"):
			with self.as_user(self.admin), self.refused("Case Manager Lead"):
				program = frappe.get_doc("Support Program", self.program.name)
				program.update({field: make_user("Case Worker")}).save()

	def test_a_program_may_be_set_up_before_it_has_a_lead(self) -> None:
		with self.as_user(self.admin):
			program = {"doctype": "Support Program", "program_name": "No Lead Yet"}
			self.assertFalse(frappe.get_doc(program).insert().lead)

	def test_a_lead_who_lost_the_role_does_not_block_other_changes(self) -> None:
		lead = make_lead("lead-who-left")
		self.program.update({"lead": lead}).save()
		frappe.get_doc("User", lead).remove_roles("Case Manager Lead")
		with self.as_user(self.admin):
			frappe.get_doc("Support Program", self.program.name).update({"capacity": 9}).save()
		self.assertEqual(self.stored(self.program, "capacity"), 9)

	def test_b7_a_childs_template_is_not_the_adults(self) -> None:
		with self.as_user(self.admin), self.refused("Child: Whole Child", "Adult"):
			self.program.update({"assessment_template": "Child: Whole Child"}).save()

	def test_c28_a_stage_is_listed_once(self) -> None:
		self.program.update({"stages": [{"stage": "Settling in"}, {"stage": "Settling in"}]})
		with self.as_user(self.admin), self.refused("Settling in"):
			self.program.save()

	def test_b1_a_target_of_no_hours_is_refused(self) -> None:
		self.program.update({"response_targets": [{"urgency": "Soon", "hours": 0}]})
		with self.as_user(self.admin), self.refused("Soon"):
			self.program.save()

	def test_b1_an_urgency_has_one_target(self) -> None:
		twice = [{"urgency": "Soon", "hours": 2}, {"urgency": "Soon", "hours": 4}]
		with self.as_user(self.admin), self.refused("Soon"):
			self.program.update({"response_targets": twice}).save()

	def test_b1_the_programs_target_comes_before_the_sites(self) -> None:
		self.program.update({"response_targets": [{"urgency": "Soon", "hours": 2}]}).save()
		self.assertEqual(self.program.get_response_hours("Soon"), 2)

	def test_b1_without_its_own_target_the_sites_holds(self) -> None:
		settings = frappe.get_single(SETTINGS)
		settings.update({"response_targets": [{"urgency": "Urgent", "hours": 5}]}).save()
		self.assertEqual(self.program.get_response_hours("Urgent"), 5)
		self.assertIsNone(get_response_hours(self.program, "Routine"))

	def test_a_worker_reads_programs_and_does_not_change_them(self) -> None:
		with self.as_user(make_user("Case Worker")):
			self.assertTrue(frappe.get_list("Support Program", {"name": self.program.name}))
			with self.refused(exception=frappe.PermissionError):
				frappe.get_doc("Support Program", self.program.name).update({"capacity": 1}).save()


class TestAssessmentDomain(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.admin = make_user("Case Management Admin")

	def make_domain(self, *scores: int) -> frappe._dict:
		levels = [{"score": score, "label": f"Level {score}"} for score in scores]
		return frappe.get_doc({"doctype": "Assessment Domain", "domain_name": "Test Life", "levels": levels})

	def test_an_administrator_makes_a_scale_of_their_own(self) -> None:
		with self.as_user(self.admin):
			domain = self.make_domain(0, 5, 10).insert()
		self.assertEqual(domain.get_label("5"), "Level 5")
		self.assertEqual(domain.get_label(10), "Level 10")

	def test_a_rating_between_levels_or_none_has_no_label(self) -> None:
		domain = self.make_domain(0, 5, 10).insert()
		self.assertEqual([domain.get_label(3), domain.get_label(""), domain.get_label(None)], ["", "", ""])

	def test_a_score_outside_0_to_10_is_refused(self) -> None:
		for score in (-1, 11):
			with self.as_user(self.admin), self.refused(f"Level {score}", "0", "10"):
				self.make_domain(score).insert()

	def test_a_score_sent_as_text_is_a_number(self) -> None:
		with self.as_user(self.admin), self.refused("4"):
			self.make_domain(4, "4").insert()

	def test_two_levels_of_one_score_are_refused(self) -> None:
		with self.as_user(self.admin), self.refused("4"):
			self.make_domain(4, 4).insert()

	def test_a_domain_without_levels_is_fine(self) -> None:
		with self.as_user(self.admin):
			self.assertTrue(self.make_domain().insert().name)

	def test_a_template_lists_a_domain_once(self) -> None:
		template = {"doctype": "Assessment Template", "template_name": "Test Template"}
		rows = [{"domain": "Money"}, {"domain": "Health"}, {"domain": "Money"}]
		with self.as_user(self.admin), self.refused("Money"):
			frappe.get_doc({**template, "domains": rows}).insert()
		with self.as_user(self.admin):
			self.assertTrue(frappe.get_doc({**template, "domains": rows[:2]}).insert().name)

	def test_a4_a_worker_reads_goal_ideas(self) -> None:
		with self.as_user(make_user("Case Worker")):
			self.assertTrue(frappe.get_list("Goal Idea"))


class TestServicePolicy(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.admin = make_user("Case Management Admin")
		self.worker = make_user("Case Worker")

	def make_version(self, version: str, **values) -> frappe._dict:
		policy = {"doctype": "Service Policy", "title": "Test Privacy", "kind": "Privacy", "version": version}
		return frappe.get_doc({**policy, "text": "<p>Words</p>", **values}).insert()

	def test_b25_a_policy_is_named_by_title_and_version(self) -> None:
		with self.as_user(self.admin):
			self.assertEqual(self.make_version("3").name, "Test Privacy v3")

	def test_a_policy_has_words_or_a_file(self) -> None:
		with self.as_user(self.admin), self.refused("text", "file"):
			self.make_version("3", text="<div><br></div>")

	def test_a_newer_current_version_retires_the_older(self) -> None:
		with self.as_user(self.admin):
			old, new = self.make_version("1"), self.make_version("2")
		self.assertEqual((self.stored(old, "is_current"), self.stored(new, "is_current")), (0, 1))

	def test_versions_in_other_languages_and_kinds_stay_current(self) -> None:
		english = self.make_version("1")
		arabic = self.make_version("1 ar", language="Arabic")
		complaints = self.make_version("1 c", kind="Complaints")
		current = [self.stored(policy, "is_current") for policy in (english, arabic, complaints)]
		self.assertEqual(current, [1, 1, 1])

	def test_a_draft_version_retires_nothing(self) -> None:
		old = self.make_version("1")
		self.make_version("2", is_current=0)
		self.assertEqual(self.stored(old, "is_current"), 1)

	def test_a_review_before_it_takes_effect_is_refused(self) -> None:
		with self.as_user(self.admin), self.refused("review"):
			self.make_version("1", review_due=add_days(today(), -1))

	def test_b25_who_reads_a_policy_acknowledges_it(self) -> None:
		policy = self.make_version("1")
		with self.as_user(self.worker):
			self.assertEqual(frappe.get_doc("Service Policy", policy.name).acknowledge()["user"], self.worker)
		rows = frappe.get_doc("Service Policy", policy.name).acknowledgements
		self.assertEqual([row.user for row in rows], [self.worker])

	def test_acknowledging_again_keeps_the_first_time(self) -> None:
		policy = self.make_version("1")
		with self.as_user(self.worker):
			first = frappe.get_doc("Service Policy", policy.name).acknowledge()
			again = frappe.get_doc("Service Policy", policy.name).acknowledge()
		self.assertEqual(str(first["acknowledged_on"]), str(again["acknowledged_on"]))
		self.assertEqual(frappe.db.count("Service Policy Acknowledgement", {"parent": policy.name}), 1)

	def test_who_may_not_read_a_policy_does_not_acknowledge_it(self) -> None:
		policy = self.make_version("1")
		with self.as_user(make_user("Case Client")), self.refused(exception=frappe.PermissionError):
			frappe.get_doc("Service Policy", policy.name).acknowledge()

	def test_nobody_acknowledges_for_somebody_else(self) -> None:
		policy = self.make_version("1")
		row = {"user": self.worker, "acknowledged_on": today()}
		with self.as_user(self.admin):
			policy.update({"acknowledgements": [row]}).save()
		self.assertFalse(frappe.get_doc("Service Policy", policy.name).acknowledgements)

	def test_words_that_a_colleague_acknowledged_do_not_change(self) -> None:
		policy = self.make_version("1")
		with self.as_user(self.worker):
			policy.acknowledge()
		with self.as_user(self.admin), self.refused(policy.name, "next version"):
			frappe.get_doc("Service Policy", policy.name).update({"text": "<p>Other words</p>"}).save()
		self.assertEqual(self.stored(policy, "text"), "<p>Words</p>")

	def test_b4_words_that_a_client_acknowledged_do_not_change(self) -> None:
		policy = make_policy()
		case = make_case()
		frappe.db.set_value("Client Case", case.name, "rights_policy", policy.name)
		with self.as_user(self.admin), self.refused(policy.name):
			frappe.get_doc("Service Policy", policy.name).update({"text": "<p>Other words</p>"}).save()

	def test_words_nobody_acknowledged_may_be_improved(self) -> None:
		policy = self.make_version("1")
		with self.as_user(self.admin):
			policy.update({"text": "<p>Better words</p>"}).save()
		self.assertEqual(self.stored(policy, "text"), "<p>Better words</p>")


class TestUninstall(CaseTestCase):
	def test_a_series_becomes_the_pattern_of_its_counters(self) -> None:
		self.assertRegex("CASE-2026-", f"^{get_pattern('CASE-.YYYY.-.#####')}$")
		self.assertRegex("CL-", f"^{get_pattern('CL-.#####')}$")
		self.assertNotRegex("CASE-X", f"^{get_pattern('CASE-.YYYY.-.#####')}$")

	def test_a_counter_that_another_doctype_uses_stays(self) -> None:
		make_case()
		self.assertIn("CL-", get_series(["Client"]))
		self.assertNotIn("CL-", get_series(["Case Meeting"]))

	def test_a_role_is_not_used_by_who_has_it(self) -> None:
		make_user("Case Client")
		self.assertFalse(is_used("Role", "Case Client"))

	def test_a_role_that_a_permission_names_is_used(self) -> None:
		self.assertTrue(is_used("Role", "Case Worker"))
