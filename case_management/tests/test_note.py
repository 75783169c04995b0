"""Case notes: what they say, when they are locked, and how they are added to."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, add_to_date, now_datetime

from case_management.tests.factories import make_client, make_lead, make_worker
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import (
	make_active_goal,
	make_note,
	make_support_case,
	set_setting,
)


class NoteTestCase(SupportTestCase):
	def write(self, **values) -> Document:
		doc = {"doctype": "Case Note", "client": self.case.client, "client_case": self.case.name}
		with self.as_user(WORKER):
			return frappe.get_doc({**doc, "note": "We spoke.", **values}).insert()

	def age(self, note: Document, days: int) -> Document:
		"""Let a note be this many days old."""
		frappe.db.set_value("Case Note", note.name, "creation", add_days(now_datetime(), -days))
		return frappe.get_doc("Case Note", note.name)


class TestContent(NoteTestCase):
	def test_a_note_is_dated_now_if_no_time_is_given(self) -> None:
		note = self.write()
		self.assertLess((now_datetime() - note.noted_on).total_seconds(), 60)

	def test_a_note_about_the_future_is_refused(self) -> None:
		with self.refused("When", "future"):
			self.write(noted_on=add_to_date(now_datetime(), hours=1))

	def test_a_note_from_before_the_case_opened_is_refused(self) -> None:
		with self.refused("before the case opened"):
			self.write(noted_on=add_days(now_datetime(), -31))

	def test_a_note_on_no_date_is_refused(self) -> None:
		with self.refused("yesterday evening"):
			self.write(noted_on="yesterday evening")

	def test_a_note_without_words_is_refused(self) -> None:
		for text in ("", "   ", "<div><br></div>", "<p>&nbsp;</p>"):
			with self.subTest(text=text), self.refused("words"):
				self.write(note=text)

	def test_minutes_below_zero_are_refused(self) -> None:
		with self.refused("Minutes"):
			self.write(minutes=-1)

	def test_minutes_of_a_service_below_zero_are_refused(self) -> None:
		service = frappe.get_all("Case Code", filters={"code_list": "Service Activity"}, pluck="name")[0]
		with self.refused("Minutes"):
			self.write(services=[{"service": service, "minutes": -5}])

	def test_values_of_the_wrong_kind_are_refused(self) -> None:
		for values in ({"note": {"a": 1}}, {"intrusiveness": 5}, {"kind": 7}, {"minutes": 10**14}):
			with self.subTest(values=values), self.refused():
				self.write(**values)

	def test_another_clients_goal_is_refused(self) -> None:
		goal = make_active_goal(make_support_case(make_client("Somebody Else")))
		with self.refused(goal.name, "another client"):
			self.write(goal=goal.name)

	def test_b15_information_that_was_given_has_a_topic(self) -> None:
		with self.refused("topic"):
			self.write(kind="Information Given")
		self.assertEqual(self.write(kind="Information Given", information_topic="Rent help").docstatus, 0)


class TestIntrusiveness(NoteTestCase):
	def test_a8_doing_it_for_the_client_has_a_reason(self) -> None:
		with self.refused("4 Doing It for the Client", "less intrusive"):
			self.write(
				intrusiveness="4 Doing It for the Client", less_intrusive_considered="Calling together"
			)

	def test_a8_a_less_intrusive_option_was_considered(self) -> None:
		with self.refused("less intrusive"):
			self.write(intrusiveness="3 Doing It Together", intrusiveness_reason="First time")

	def test_b13_with_both_it_is_taken(self) -> None:
		note = self.write(
			intrusiveness="5 Against the Client's Wish",
			intrusiveness_reason="Danger to a child",
			less_intrusive_considered="Talking it over, twice",
		)
		self.assertEqual(self.stored(note, "intrusiveness"), "5 Against the Client's Wish")

	def test_a8_the_lower_levels_need_no_reason(self) -> None:
		self.assertTrue(self.write(intrusiveness="2 Guidance").name)

	def test_an_unknown_level_is_refused(self) -> None:
		with self.refused("9 Everything"):
			self.write(intrusiveness="9 Everything", intrusiveness_reason="x", less_intrusive_considered="y")


class TestLock(NoteTestCase):
	def test_a_note_is_changed_within_the_days_of_settings(self) -> None:
		note = self.age(self.write(), 6)
		with self.as_user(WORKER):
			note.note = "We spoke for long."
			note.save()
		self.assertFalse(note.locked)
		self.assertEqual(self.stored(note, "note"), "We spoke for long.")

	def test_a_locked_note_is_not_changed(self) -> None:
		note = self.age(self.write(), 8)
		self.assertTrue(note.locked)
		with self.refused_to(WORKER, note.name, "locked", "addendum"):
			note.note = "Something else"
			note.save()
		self.assertEqual(self.stored(note, "note"), "We spoke.")

	def test_a_lead_does_not_change_a_locked_note_either(self) -> None:
		note = self.age(self.write(), 8)
		with self.as_user(make_lead()), self.refused(note.name, "locked"):
			note.confidential = 1
			note.save()

	def test_the_days_are_the_services_own(self) -> None:
		set_setting("note_lock_days", 30)
		self.assertFalse(self.age(self.write(), 8).locked)

	def test_a_new_note_is_not_locked(self) -> None:
		self.assertFalse(frappe.new_doc("Case Note").locked)


class TestAddenda(NoteTestCase):
	def test_a_locked_note_takes_an_addendum_with_time_and_author(self) -> None:
		note = self.age(self.write(), 8)
		with self.as_user(WORKER):
			answer = note.add_addendum(text="They rang back.")
		addendum = frappe.get_doc("Case Note", note.name).addenda[0]
		self.assertEqual(answer["addenda"], 1)
		self.assertEqual((addendum.text, addendum.added_by), ("They rang back.", WORKER))
		self.assertLess((now_datetime() - addendum.added_on).total_seconds(), 60)

	def test_the_same_addendum_pressed_twice_is_one(self) -> None:
		note = self.write()
		with self.as_user(WORKER):
			note.add_addendum(text="They rang back.")
			self.assertEqual(note.add_addendum(text="They rang back.")["addenda"], 1)
			self.assertEqual(note.add_addendum(text="And again.")["addenda"], 2)

	def test_an_addendum_is_never_changed(self) -> None:
		note = self.write()
		with self.as_user(WORKER):
			note.add_addendum(text="They rang back.")
			note = frappe.get_doc("Case Note", note.name)
			note.addenda[0].text = "They did not."
			note.append("addenda", {"text": "Slipped in", "added_by": "Administrator"})
			note.save()
		stored = frappe.get_doc("Case Note", note.name).addenda
		self.assertEqual([row.text for row in stored], ["They rang back."])

	def test_a_new_note_brings_no_addenda_with_it(self) -> None:
		note = self.write(addenda=[{"text": "Slipped in"}])
		self.assertEqual(frappe.get_doc("Case Note", note.name).addenda, [])

	def test_an_addendum_without_words_is_refused(self) -> None:
		note = self.write()
		for text in (None, "", "  "):
			with self.subTest(text=text), self.as_user(WORKER), self.refused(note.name, "words"):
				note.add_addendum(text=text)

	def test_b26_a_note_of_a_closed_case_takes_an_addendum_and_nothing_else(self) -> None:
		note = self.write()
		frappe.db.set_value(
			"Client Case",
			self.case.name,
			{"status": "Closed", "team_access_until": add_days(now_datetime(), 5)},
		)
		with self.as_user(WORKER):
			self.assertEqual(note.add_addendum(text="It was the Tuesday.")["addenda"], 1)
			note = frappe.get_doc("Case Note", note.name)
			with self.refused(self.case.name, "closed"):
				note.minutes = 5
				note.save()

	def test_somebody_elses_worker_adds_nothing(self) -> None:
		note = make_note(self.case)
		with self.as_user(make_worker("other")), self.refused(exception=frappe.PermissionError):
			note.add_addendum(text="Hello")


class TestConfidential(NoteTestCase):
	def test_a_confidential_note_is_not_read_by_a_colleague(self) -> None:
		note = self.write(confidential=1)
		self.case.add_team_member(user="colleague@staff.example.org")
		with self.as_user("colleague@staff.example.org"):
			self.assertFalse(frappe.has_permission("Case Note", "read", note.name))

	def test_a_confidential_note_is_read_by_the_lead(self) -> None:
		note = self.write(confidential=1)
		with self.as_user(make_lead()):
			self.assertTrue(frappe.has_permission("Case Note", "read", note.name))
