"""Case notes: what they say, when they are locked, and how they are added to."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, add_to_date, now_datetime

from case_management.tests.factories import make_active_case, make_agency, make_client, make_lead, make_worker
from case_management.tests.plan_base import WORKER, SupportTestCase
from case_management.tests.plan_factories import (
	make_active_goal,
	make_child_case,
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

	def test_b15_c3_options_are_talked_over_and_the_choice_is_the_clients(self) -> None:
		told = {"information_topic": "Where to live", "information_format": "Spoken, in Arabic"}
		chosen = {"options_discussed": "The hostel, or her sister's", "client_choice": "Her sister's"}
		note = self.write(kind="Information Given", **told, **chosen)
		for field, words in {**told, **chosen}.items():
			self.assertEqual(self.stored(note, field), words)


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
			self.assertFalse(self.sees_record(frappe.session.user, "Case Note", note.name))

	def test_a_confidential_note_is_read_by_the_lead(self) -> None:
		note = self.write(confidential=1)
		with self.as_user(make_lead()):
			self.assertTrue(frappe.has_permission("Case Note", "read", note.name))


SECONDED = "seconded@staff.example.org"


class TestSeconded(NoteTestCase):
	"""C46: workers of two agencies work on one case; the notes they share are shared one by one."""

	def setUp(self) -> None:
		super().setUp()
		until = add_days(now_datetime().date(), 30)
		member = {"user": SECONDED, "team_role": "Seconded Case Manager", "agency": make_agency().name}
		self.case.add_team_member(**member, to_date=until)

	def reads(self, note: Document) -> bool:
		with self.as_user(SECONDED):
			listed = bool(frappe.get_list("Case Note", {"name": note.name}))
			self.assertEqual(self.sees_record(SECONDED, "Case Note", note.name), listed)
		return listed

	def test_c46_a_note_is_shared_with_a_seconded_worker_unless_said_otherwise(self) -> None:
		self.assertTrue(self.reads(self.write()))
		self.assertFalse(self.reads(self.write(shared_with_seconded=0)))

	def test_c46_what_a_seconded_worker_writes_they_read_and_the_team_does_too(self) -> None:
		about = {"client": self.case.client, "client_case": self.case.name, "note": "We went along."}
		with self.as_user(SECONDED):
			note = frappe.get_doc({"doctype": "Case Note", **about, "shared_with_seconded": 0}).insert()
		self.assertTrue(self.reads(note))
		with self.as_user(WORKER):
			self.assertTrue(frappe.has_permission("Case Note", "read", note.name))

	def test_c46_a_confidential_note_is_not_shared_by_being_shared(self) -> None:
		self.assertFalse(self.reads(self.write(confidential=1, shared_with_seconded=1)))

	def test_c46_a_seconded_worker_does_not_share_a_note_with_themselves(self) -> None:
		note = self.write(shared_with_seconded=0)
		with self.as_user(SECONDED), self.refused(exception=frappe.PermissionError):
			frappe.get_doc("Case Note", note.name).update({"shared_with_seconded": 1}).save()
		self.assertEqual(self.stored(note, "shared_with_seconded"), 0)


class TestHouseholdNote(NoteTestCase):
	"""One note for a household, in a file each; nobody learns from one file whose else there is."""

	def setUp(self) -> None:
		super().setUp()
		self.child = make_child_case(self.case)

	def write_household(self, members: object = None, case: Document | None = None, **given) -> dict:
		case = frappe.get_doc("Client Case", (case or self.case).name)
		members = [self.child.name] if members is None else members
		with self.as_user(WORKER):
			return case.write_household_note(members=members, **{"note": "We all ate together.", **given})

	def test_each_member_gets_a_note_of_their_own_that_names_no_other(self) -> None:
		answer = self.write_household(kind="Direct Service", minutes=30, confidential=1)
		first, second = (frappe.get_doc("Case Note", name) for name in answer["notes"])
		self.assertEqual((first.client, second.client), (self.case.client, self.child.client))
		self.assertEqual((second.kind, second.minutes, second.confidential), ("Direct Service", 30, 1))
		self.assertEqual(first.household_note, second.household_note)
		for own, other, code in ((first, self.child, second.name), (second, self.case, first.name)):
			for word in (other.name, other.client, other.client_name, code):
				self.assertNotIn(word, frappe.as_json(own.as_dict()))

	def test_a_child_may_be_where_it_is_written(self) -> None:
		notes = self.write_household(members=self.case.name, case=self.child)["notes"]
		cases = {frappe.db.get_value("Case Note", name, "client_case") for name in notes}
		self.assertEqual(cases, {self.case.name, self.child.name})

	def test_pressed_twice_they_are_the_same_notes(self) -> None:
		first = self.write_household()
		self.assertEqual(self.write_household(members=f'["{self.child.name}"]'), first)
		self.assertNotEqual(self.write_household(note="And then we sang."), first)

	def test_one_more_member_later_gets_the_same_mark(self) -> None:
		first = self.write_household()["notes"]
		sibling = make_support_case(make_client("Sibling"), head_case=self.case.name)
		later = self.write_household(members=[self.child.name, sibling.name])["notes"]
		self.assertEqual(later[:2], first)
		marks = {frappe.db.get_value("Case Note", name, "household_note") for name in later}
		self.assertEqual(len(marks), 1)

	def test_who_is_not_of_the_household_or_not_seen_is_refused_alike(self) -> None:
		stranger = make_active_case(make_client("Stranger"))
		hidden = make_child_case(self.case)
		frappe.db.set_value("Client", hidden.client, "restricted", 1)
		for name in (stranger.name, hidden.name, "CASE-2000-00001", {"a": 1}):
			with self.subTest(name=name), self.refused(self.case.name, "of its household that you see"):
				self.write_household(members=[name])
		self.assertEqual(frappe.db.count("Case Note", {"client_case": self.case.name}), 0)

	def test_a_closed_case_gets_none(self) -> None:
		self.child.db_set("status", "Closed")
		with self.refused(self.child.name):
			self.write_household()

	def test_without_members_or_words_it_is_refused(self) -> None:
		for given, words in (
			({"members": []}, "several members"),
			({"members": [self.case.name]}, "several members"),
			({"note": None}, "words"),
			({"note": "<p>&nbsp;</p>"}, "words"),
			({"noted_on": "at noon"}, "at noon"),
			({"noted_on": add_to_date(now_datetime(), hours=1)}, "future"),
			({"kind": "Gossip"}, "Gossip"),
			({"minutes": -5}, "Minutes"),
		):
			with self.subTest(given=given), self.refused(words):
				self.write_household(**given)

	def test_words_that_name_a_member_are_refused(self) -> None:
		for word in ("Test Child", "Test Person", self.child.client, self.child.name):
			with self.subTest(word=word), self.refused(self.case.name, word):
				self.write_household(note=f"<p>We spoke of <b>{word}</b>.</p>")

	def test_the_mark_is_not_set_by_hand_and_shows_visible_notes_only(self) -> None:
		notes = self.write_household()["notes"]
		mark = frappe.db.get_value("Case Note", notes[0], "household_note")
		self.assertFalse(self.stored(self.write(household_note=mark), "household_note"))
		self.child.add_team_member(user="childs-own@staff.example.org")
		with self.as_user("childs-own@staff.example.org"):
			seen = frappe.get_list("Case Note", {"household_note": mark}, pluck="name")
		self.assertEqual(seen, [notes[1]])

	def test_somebody_elses_worker_writes_none(self) -> None:
		with self.as_user(make_worker("other")), self.refused(exception=frappe.PermissionError):
			self.case.write_household_note(members=[self.child.name], note="Hello")
