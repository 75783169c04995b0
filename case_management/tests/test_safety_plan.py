"""Safety plans (B12): one is current, it is looked at again, and what the client holds is never changed behind them."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from case_management.case_management.reminders.kinds import DAILY
from case_management.case_management.reminders.reviews import get_safety_plans_due
from case_management.case_management.reminders.sending import remind
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_case, make_client, make_worker
from case_management.tests.plan_factories import set_setting

WORKER = "worker@staff.example.org"
COLLEAGUE = "colleague@staff.example.org"
WORDS = {"warning_signs": "Loud steps", "safe_places": "The library", "what_to_do": "Leave, then call"}


class SafetyPlanTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.worker = make_worker()
		self.case = make_case(make_client("Sam Secretname"))

	def tearDown(self) -> None:
		super().tearDown()
		frappe.db.value_cache.clear()
		frappe.clear_document_cache("Case Management Settings", "Case Management Settings")

	def make(self, **values) -> Document:
		plan = {"client": self.case.client, "client_case": self.case.name, **WORDS, **values}
		with self.as_user(self.worker):
			return frappe.get_doc({"doctype": "Safety Plan", **plan}).insert()

	def make_as(self, worker: str) -> Document:
		self.worker = worker
		return self.make()

	def do(self, plan: Document, action: str, **arguments) -> dict:
		with self.as_user(self.worker):
			return getattr(frappe.get_doc("Safety Plan", plan.name), action)(**arguments)

	def save(self, plan: Document, **values) -> None:
		with self.as_user(self.worker):
			frappe.get_doc("Safety Plan", plan.name).update(values).save()

	def get_current(self) -> list[str]:
		return frappe.get_all("Safety Plan", {"client": self.case.client, "is_current": 1}, pluck="name")


class TestMaking(SafetyPlanTestCase):
	def test_b12_it_is_current_and_its_review_due_after_the_days_of_settings(self) -> None:
		plan = self.make()
		self.assertEqual((plan.is_current, plan.version, plan.made_on), (1, 1, getdate()))
		self.assertEqual(plan.review_due, getdate(add_days(today(), 30)))
		set_setting("safety_plan_review_days", 7)
		self.assertEqual(self.make().review_due, getdate(add_days(today(), 7)))

	def test_b12_a_newer_one_takes_its_place(self) -> None:
		first = self.make()
		second = self.make(is_current=0, version=9)
		self.assertEqual(self.get_current(), [second.name])
		self.assertEqual(self.stored(first, "superseded_by"), second.name)
		self.assertEqual((self.stored(second, "revises"), self.stored(second, "version")), (first.name, 2))

	def test_b12_an_incident_whose_risk_goes_on_follows_the_newer_one(self) -> None:
		self.make()
		told = {
			"what_happened": "Threats",
			"actions_taken": "Police",
			"incident_type": "Incident Type-violence",
		}
		incident = {"doctype": "Critical Incident", "client": self.case.client, "client_case": self.case.name}
		with self.as_user(self.worker):
			incident = frappe.get_doc({**incident, **told, "ongoing_risk": 1}).insert()
		newer = self.make()
		self.assertEqual(self.stored(incident, "safety_plan"), newer.name)

	def test_b12_another_clients_plan_stays_current(self) -> None:
		first = self.make()
		self.case = make_case(make_client("Another"))
		self.make()
		self.assertEqual(self.stored(first, "is_current"), 1)

	def test_b12_a_plan_says_signs_places_and_what_to_do(self) -> None:
		for field in WORDS:
			with self.subTest(field=field), self.refused(field, exception=frappe.MandatoryError):
				self.make(**{field: ""})

	def test_days_that_cannot_be_are_refused(self) -> None:
		for values, words in (
			({"made_on": add_days(today(), 1)}, "future"),
			({"made_on": add_days(today(), -40)}, "before the case opened"),
			({"review_due": add_days(today(), -1)}, "before the plan was made"),
			({"review_due": "soon"}, "soon"),
			({"set_by": "The lawyer"}, "The lawyer"),
			({"people": "Aunt"}, "takes rows"),
		):
			with self.subTest(values=values), self.refused("Safety Plan", words):
				self.make(**values)
		with self.refused(exception=frappe.MandatoryError):
			self.make(client_case=None)

	def test_b12_a_plan_is_made_after_the_case_closed_too(self) -> None:
		values = {"status": "Closed", "team_access_until": add_days(today(), 5)}
		frappe.db.set_value("Client Case", self.case.name, values)
		self.assertTrue(self.make().is_current)

	def test_somebody_elses_worker_neither_makes_nor_reads_one(self) -> None:
		plan = self.make()
		self.worker = make_worker("other")
		with self.as_user(self.worker):
			self.assertFalse(frappe.get_list("Safety Plan", {"name": plan.name}))
		with self.refused(exception=frappe.PermissionError):
			self.make()


class TestReview(SafetyPlanTestCase):
	def test_b12_a_review_says_what_was_found_and_when_the_next_is(self) -> None:
		plan = self.make()
		answer = self.do(plan, "review", note="Still right")
		due = getdate(add_days(today(), 30))
		self.assertEqual(answer, {"last_reviewed_on": getdate(), "review_due": due})
		answer = self.do(plan, "review", note="Still right", next_review_on=add_days(today(), 3))
		self.assertEqual(answer["review_due"], getdate(add_days(today(), 3)))
		self.assertEqual(self.stored(plan, "review_note"), "Still right")

	def test_b12_a_review_without_words_or_on_a_wrong_day_is_refused(self) -> None:
		plan = self.make()
		for given, words in (
			({}, "what was found"),
			({"note": "x", "on": add_days(today(), 1)}, "future"),
			({"note": "x", "on": add_days(today(), -1)}, "before the plan was made"),
			({"note": "x", "next_review_on": add_days(today(), -1)}, "Review Due"),
			({"note": "x", "next_review_on": "soon"}, "soon"),
		):
			with self.subTest(given=given), self.refused(plan.name, words):
				self.do(plan, "review", **given)
		self.assertIsNone(self.stored(plan, "last_reviewed_on"))

	def test_b12_the_review_is_announced_to_the_case_manager_of_today_by_code(self) -> None:
		plan = self.make()
		self.assertNotIn(plan.name, [due.name for due in get_safety_plans_due()])
		plan.db_set("review_due", add_days(today(), -1))
		self.case.change_case_manager(user=make_worker("colleague"))
		for _time in range(2):
			list(remind(next(kind for kind in DAILY if kind.method == "remind_safety_plan_due")))
		[log] = frappe.get_all(
			"Notification Log", {"document_name": plan.name}, ["for_user", "subject", "email_content"]
		)
		self.assertEqual(log.for_user, COLLEAGUE)
		self.assertNotIn("Secretname", f"{log.subject} {log.email_content}")
		newer = self.make_as(COLLEAGUE)
		self.assertNotIn(plan.name, [due.name for due in get_safety_plans_due()])
		self.assertTrue(newer.is_current)


class TestRevision(SafetyPlanTestCase):
	def test_b12_a_revision_is_a_new_current_version_and_the_old_one_is_kept(self) -> None:
		people = [{"person_name": "Aunt", "contact": "by bus"}]
		plan = self.make(people=people, copy_is_safe=1)
		self.do(plan, "give_to_client")
		answer = self.do(plan, "revise", reason="They moved")
		version = frappe.get_doc("Safety Plan", answer["plan"])
		self.assertEqual(self.get_current(), [version.name])
		self.assertEqual(
			(version.revises, version.version, version.revision_reason), (plan.name, 2, "They moved")
		)
		self.assertEqual((version.safe_places, version.people[0].contact), ("The library", "by bus"))
		self.assertEqual((version.given_on, version.copy_is_safe), (None, 0))
		self.assertEqual(self.stored(plan, "given_on"), getdate())
		self.assertEqual(self.do(plan, "revise", reason="Again"), answer)
		self.save(version, safe_places="The station")

	def test_b12_a_revision_has_a_reason(self) -> None:
		plan = self.make()
		for reason in (None, "  "):
			with self.refused(plan.name, "reason"):
				self.do(plan, "revise", reason=reason)
		self.assertEqual(self.get_current(), [plan.name])

	def test_b12_a_revision_that_is_recorded_later_has_its_day(self) -> None:
		plan = self.make(made_on=add_days(today(), -9))
		for day, why in ((-10, "before this version"), (1, "future")):
			with self.subTest(day), self.refused(why):
				self.do(plan, "revise", reason="They moved", on=add_days(today(), day))
		self.assertEqual(self.get_current(), [plan.name])
		answer = self.do(plan, "revise", reason="They moved", on=add_days(today(), -2))
		made_on = frappe.db.get_value("Safety Plan", answer["plan"], "made_on")
		self.assertEqual(made_on, getdate(add_days(today(), -2)))

	def test_b12_a_plan_that_was_replaced_is_not_changed_reviewed_or_given(self) -> None:
		plan = self.make(copy_is_safe=1)
		newer = self.make()
		for field in ("safe_places", "review_due", "copy_is_safe"):
			value = {"safe_places": "Elsewhere", "review_due": add_days(today(), 9), "copy_is_safe": 0}[field]
			with self.subTest(field=field), self.refused(plan.name, newer.name):
				self.save(plan, **{field: value})
		for action, given in (("review", {"note": "x"}), ("give_to_client", {})):
			with self.subTest(action=action), self.refused(plan.name, "not the client's current"):
				self.do(plan, action, **given)

	def test_b12_a_form_that_was_open_meanwhile_changes_nothing(self) -> None:
		stale = frappe.get_doc("Safety Plan", self.make().name)
		newer = self.make()
		with self.as_user(self.worker), self.refused(stale.name, newer.name):
			stale.update({"safe_places": "Elsewhere"}).save()
		self.assertEqual(self.get_current(), [newer.name])


class TestCopy(SafetyPlanTestCase):
	def print(self, plan: Document) -> str:
		with self.as_user(self.worker):
			page = frappe.get_print("Safety Plan", plan.name, "Safety Plan for the Client")
		return page[page.index('class="for-client') :]

	def test_b12_a_copy_is_given_only_where_it_is_safe(self) -> None:
		plan = self.make()
		with self.refused(plan.name, "keep a copy safely"):
			self.do(plan, "give_to_client")
		self.save(plan, copy_is_safe=1)
		first = self.do(plan, "give_to_client")
		self.assertEqual(first, {"given_on": getdate()})
		self.assertEqual(self.do(plan, "give_to_client", on=add_days(today(), -9)), first)

	def test_a_copy_is_not_given_on_a_wrong_day(self) -> None:
		plan = self.make(copy_is_safe=1)
		for on, words in ((add_days(today(), 1), "future"), (add_days(today(), -1), "before"), ("x", "“x”")):
			with self.subTest(on=on), self.refused(plan.name, words):
				self.do(plan, "give_to_client", on=on)

	def test_b12_what_the_client_has_is_not_changed_in_place(self) -> None:
		plan = self.make(copy_is_safe=1)
		self.save(plan, safe_places="The station")
		self.do(plan, "give_to_client")
		with self.refused(plan.name, "Safe Places", "Revise"):
			self.save(plan, safe_places="Elsewhere")
		with self.refused(plan.name, "People to Call"):
			self.save(plan, people=[{"person_name": "Uncle"}])
		self.do(plan, "review", note="Still right")
		self.save(plan, copy_is_safe=0)
		self.assertEqual(self.stored(plan, "safe_places"), "The station")

	def test_b12_the_paper_names_neither_client_nor_service_nor_what_it_is(self) -> None:
		people = [{"person_name": "<b>Aunt</b>", "contact": "by bus"}]
		plan = self.make(copy_is_safe=1, people=people, children_safety="Next door")
		paper = frappe.utils.strip_html(self.print(plan))
		for word in ("The library", "Loud steps", "by bus", "Next door"):
			self.assertIn(word, paper)
		for word in (
			"Secretname",
			"afety",
			"iolence",
			"Case",
			self.case.program,
			plan.name,
			self.case.client,
		):
			self.assertNotIn(word, paper)
		self.assertNotIn("<b>Aunt", self.print(plan))

	def test_b12_no_paper_is_printed_that_is_not_safe_to_keep(self) -> None:
		paper = self.print(self.make())
		self.assertNotIn("The library", paper)
		self.assertIn("Ask", paper)
