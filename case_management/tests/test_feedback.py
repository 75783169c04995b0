"""Feedback and evaluation (B20, B24, C8, C10): the client is asked, says it with or without a name, and hears what changed."""

import json

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, add_months, get_datetime, get_first_day, getdate, today
from frappe.website.doctype.web_form.web_form import accept

from case_management.case_management.voice.feedback import invite_for_feedback
from case_management.case_management.voice.feedback_without_name import PERSON_FIELDS
from case_management.tests.base import UNSEEN, CaseTestCase
from case_management.tests.factories import (
	make_case,
	make_client,
	make_lead,
	make_program,
	make_user,
	make_worker,
)
from case_management.tests.feedback_factories import (
	disable_questions,
	make_anonymous,
	make_feedback,
	make_invitation,
	make_question,
)

INTERPRETER = "Support Used-interpreter"


class FeedbackTestCase(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.worker, self.lead = make_worker(), make_lead()
		disable_questions()
		self.rating = make_question(sort_order=1)
		self.yes_no = make_question("Test: were you told your rights?", "Yes or No", sort_order=2)
		self.text = make_question("Test: what should change?", "Text", sort_order=3, at_exit=0)
		self.case = make_case()

	def do(self, doc: Document, action: str, user: str | None = None, **arguments) -> dict:
		with self.as_user(user or self.worker):
			return getattr(frappe.get_doc(doc.doctype, doc.name), action)(**arguments)

	def save(self, doc: Document, user: str | None = None, **values) -> None:
		with self.as_user(user or self.worker):
			frappe.get_doc(doc.doctype, doc.name).update(values).save()

	def insert(self, user: str | None = None, **values) -> Document:
		with self.as_user(user or self.worker):
			return frappe.get_doc({"doctype": "Client Feedback", **values}).insert()


class TestGiven(FeedbackTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.invitation = make_invitation(self.case)

	def record(self, **arguments) -> dict:
		return self.do(self.invitation, "record", **{"comments": "You listen.", **arguments})

	def test_b20_what_the_client_says_is_recorded(self) -> None:
		answers = [
			{"question": self.rating, "rating": 4, "answer": "Most nights"},
			{"question": self.yes_no, "yes_no": "Yes"},
			{"question": self.text, "answer": "More light"},
		]
		given = {
			"given_on": today(),
			"channel": "In Person",
			"nature": "Praise",
			"support_used": [INTERPRETER],
		}
		self.assertEqual(self.record(answers=answers, **given), {"response": "Given"})
		doc = frappe.get_doc("Client Feedback", self.invitation.name)
		said = [(row.question, row.rating or row.yes_no or row.answer) for row in doc.answers]
		self.assertEqual(said, [(self.rating, "4"), (self.yes_no, "Yes"), (self.text, "More light")])
		self.assertEqual((doc.given_on, doc.channel, doc.nature), (getdate(), "In Person", "Praise"))
		self.assertEqual([row.support for row in doc.support_used], [INTERPRETER])

	def test_the_program_is_the_cases_whatever_is_sent(self) -> None:
		other = make_program("Other Feedback Program").name
		doc = self.insert(client=self.case.client, client_case=self.case.name, program=other, nature="Praise")
		self.assertEqual(doc.program, self.case.program)

	def test_b24_each_enabled_question_of_its_kind_is_asked_in_order(self) -> None:
		make_question("Test: no longer asked", enabled=0)
		asked = [row.question for row in make_invitation(self.case).answers]
		self.assertEqual(asked, [self.rating, self.yes_no, self.text])
		at_exit = make_invitation(self.case, kind="At Exit")
		self.assertEqual([row.question for row in at_exit.answers], [self.rating, self.yes_no])

	def test_c8_clients_are_asked_whether_they_decide_with_the_service_by_questions_that_ship(self) -> None:
		shipped = frappe.get_doc("Feedback Question", {"question": ("like", "Do you decide with us%")})
		frappe.db.set_value("Feedback Question", shipped.name, "enabled", 1)
		answers = [{"question": shipped.name, "rating": "2"}]
		doc = self.insert(client=self.case.client, client_case=self.case.name, answers=answers)
		self.assertEqual((doc.answers[0].question_text, doc.answers[0].rating), (shipped.question, "2"))

	def test_a_question_worded_anew_changes_nothing_asked_before(self) -> None:
		frappe.get_doc("Feedback Question", self.rating).update({"question": "Test: new words"}).save()
		self.record(answers=[{"question": self.rating, "rating": "5"}])
		row = frappe.get_doc("Client Feedback", self.invitation.name).answers[0]
		self.assertEqual((row.question_text, row.answer_kind), ("Test: are you safe?", "Rating 1 to 5"))

	def test_what_was_asked_is_not_set_from_outside(self) -> None:
		answers = [{"question": self.rating, "rating": "5", "question_text": "Test: forged"}]
		doc = self.insert(client=self.case.client, client_case=self.case.name, answers=answers)
		self.assertEqual(doc.answers[0].question_text, "Test: are you safe?")

	def test_an_answer_fits_its_question(self) -> None:
		for answer, words in (
			({"question": self.rating, "yes_no": "Yes"}, "Rating 1 to 5"),
			({"question": self.yes_no, "rating": 3}, "Yes or No"),
			({"question": self.text, "rating": 3}, "Text"),
			({"question": self.rating, "rating": 6}, "Rating"),
			({"question": self.rating, "rating": 0}, "Rating"),
			({"question": self.yes_no, "yes_no": "Perhaps"}, "Yes or No"),
		):
			with self.subTest(answer), self.refused(words):
				self.record(answers=[answer])
		self.assertFalse(self.stored(self.invitation, "response"))

	def test_a_question_is_one_that_is_asked_and_asked_once(self) -> None:
		off = make_question("Test: no longer asked", enabled=0)
		for answers, words in (
			([{"question": off, "rating": 3}], "No longer in use"),
			([{"rating": 3}], "is not a question that is asked"),
			([{"question": "FQ-0"}], "FQ-0"),
			([{"question": self.rating, "grade": 3}], "no row of"),
			("good", "no row of"),
		):
			with self.subTest(answers), self.refused(self.invitation.name, words):
				self.record(answers=answers)
		twice = [{"question": self.rating, "rating": "3"}, {"question": self.rating, "rating": "4"}]
		with self.refused("stands there twice"):
			self.insert(client=self.case.client, client_case=self.case.name, answers=twice)

	def test_feedback_says_something(self) -> None:
		with self.refused(self.invitation.name, "says something"):
			self.do(self.invitation, "record")

	def test_dates_and_choices_that_are_none_are_refused(self) -> None:
		for arguments, words in (
			({"given_on": add_days(today(), 1)}, "future"),
			({"given_on": add_days(self.case.opened_on, -1)}, "before the case"),
			({"given_on": "soon"}, "no date"),
			({"nature": "Rant"}, "Nature"),
			({"channel": "Pigeon"}, "By"),
			({"support_used": ["Support Used-nobody"]}, "Support Used"),
		):
			with self.subTest(arguments), self.refused(self.invitation.name, words):
				self.record(**arguments)

	def test_recorded_twice_is_once(self) -> None:
		self.record()
		self.assertEqual(self.record(comments="Something else"), {"response": "Given"})
		self.assertEqual(self.stored(self.invitation, "comments"), "You listen.")

	def test_what_is_typed_into_the_form_counts_as_given_today(self) -> None:
		self.save(self.invitation, comments="You listen.")
		self.assertEqual(self.stored(self.invitation, "response"), "Given")
		self.assertEqual(self.stored(self.invitation, "given_on"), getdate())

	def test_b20_declined_and_no_answer_are_kept_apart_and_may_still_become_given(self) -> None:
		self.assertEqual(self.do(self.invitation, "no_answer", note="Rang twice"), {"response": "No Answer"})
		self.assertEqual(self.do(self.invitation, "decline"), {"response": "Declined"})
		self.assertEqual(self.stored(self.invitation, "response_on"), getdate())
		self.record()
		self.assertIsNone(self.stored(self.invitation, "response_on"))
		with self.refused(self.invitation.name, "given already"):
			self.do(self.invitation, "decline")

	def test_what_was_declined_says_nothing(self) -> None:
		with self.refused(self.invitation.name, "recorded as given", "Declined"):
			self.save(self.invitation, response="Declined", comments="Bad")

	def test_feedback_with_a_name_has_client_and_case(self) -> None:
		for values in ({"program": self.case.program}, {"client": self.case.client}):
			with self.refused("of a client and their case", "Anonymous"):
				self.insert(comments="Good", **values)

	def test_a_case_of_another_client_is_refused(self) -> None:
		other = make_case(make_client("Kim"))
		with self.refused(other.name):
			self.insert(client=self.case.client, client_case=other.name, comments="Good")

	def test_after_exit_it_is_still_given(self) -> None:
		self.case.db_set({"status": "Closed", "team_access_until": add_days(today(), 5)})
		self.assertEqual(self.record(), {"response": "Given"})


class TestWithoutAName(FeedbackTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.invitation = make_invitation(self.case)

	def give(self, **arguments) -> Document:
		given = {"comments": "It is loud.", "support_used": [INTERPRETER], **arguments}
		answer = self.do(self.invitation, "give_without_name", **given)
		self.assertEqual(answer, {"response": "Given Without a Name"})
		return frappe.get_last_doc("Client Feedback", self.get_unnamed())

	def get_unnamed(self) -> dict:
		return {"anonymous": 1, "program": self.case.program}

	def test_b20_feedback_without_a_name_holds_the_program_and_what_was_said(self) -> None:
		doc = self.give(nature="Concern", answers=[{"question": self.rating, "rating": 2}])
		self.assertEqual(
			(doc.program, doc.kind, doc.nature), (self.case.program, "During Support", "Concern")
		)
		self.assertEqual((doc.comments, doc.answers[0].rating), ("It is loud.", "2"))
		self.assertEqual([doc.get(field) for field in PERSON_FIELDS if doc.get(field)], [])

	def test_b20_nothing_leads_from_it_to_the_invitation_or_back(self) -> None:
		doc = self.give()
		invitation = frappe.get_doc("Client Feedback", self.invitation.name)
		about = json.dumps([doc.as_dict(), *[row.as_dict() for row in doc.answers]], default=str)
		for told in (self.case.name, self.case.client, invitation.name):
			self.assertNotIn(told, about)
		self.assertNotIn(doc.name, json.dumps(invitation.as_dict(), default=str))
		self.assertIsNone(invitation.given_on)
		self.assertFalse(invitation.comments)
		versions = frappe.get_all("Version", {"docname": invitation.name}, pluck="data")
		self.assertNotIn(doc.name, "".join(versions))

	def test_b20_neither_its_times_nor_its_codes_tell_when_it_came(self) -> None:
		doc = self.give(given_on=today())
		month = get_first_day(today())
		self.assertEqual(doc.given_on, month)
		for row in (doc, *doc.answers):
			self.assertEqual((row.creation, row.modified), (get_datetime(month), get_datetime(month)))
		for row in doc.answers:
			self.assertRegex(row.name, "^[0-9a-f]{10}$")
		self.assertNotRegex(doc.name, r"^FB-\d{4}-\d{5}$")
		self.assertRegex(make_invitation(self.case).name, r"^FB-\d{4}-\d{5}$")

	def test_b24_the_support_they_used_stays_with_the_invitation(self) -> None:
		self.give()
		doc = frappe.get_doc("Client Feedback", self.invitation.name)
		self.assertEqual([row.support for row in doc.support_used], [INTERPRETER])

	def test_given_twice_is_once(self) -> None:
		self.give()
		self.give(comments="Again")
		self.assertEqual(frappe.db.count("Client Feedback", self.get_unnamed()), 1)

	def test_what_was_given_with_a_name_is_not_given_without_one(self) -> None:
		self.do(self.invitation, "record", comments="Good")
		with self.refused(self.invitation.name, "says whose it is"):
			self.do(self.invitation, "give_without_name", comments="Bad")
		self.assertEqual(frappe.db.count("Client Feedback", self.get_unnamed()), 0)

	def test_what_was_given_without_a_name_is_not_recorded_with_one(self) -> None:
		self.give()
		with self.refused(self.invitation.name, "without a name"):
			self.do(self.invitation, "record", comments="Good")

	def test_bad_feedback_leaves_the_invitation_open(self) -> None:
		for arguments in ({}, {"comments": "Bad", "given_on": add_months(today(), 2)}, {"nature": "Rant"}):
			with self.subTest(arguments), self.refused("Client Feedback"):
				self.do(self.invitation, "give_without_name", **arguments)
		self.assertFalse(self.stored(self.invitation, "response"))

	def test_b20_no_person_is_named_in_it(self) -> None:
		named = {
			"client": self.case.client,
			"client_name": "Kim",
			"client_case": self.case.name,
			"invited_on": today(),
			"invited_by": self.worker,
			"response_note": "Kim told me",
			"support_used": [{"support": INTERPRETER}],
		}
		for field, value in named.items():
			with self.subTest(field), self.refused():
				self.insert(anonymous=1, program=self.case.program, comments="Bad", **{field: value})

	def test_b20_no_person_is_named_in_it_later(self) -> None:
		doc = make_anonymous(self.case.program)
		for values in (
			{"client": self.case.client, "client_case": self.case.name},
			{"invited_by": self.worker},
			{"anonymous": 0, "client": self.case.client, "client_case": self.case.name},
		):
			with self.subTest(values), self.refused():
				self.save(doc, self.lead, **values)
		self.assertIsNone(self.stored(doc, "client"))

	def test_it_says_something(self) -> None:
		with self.refused("says something"):
			self.insert(anonymous=1, program=self.case.program)


class TestAnswered(FeedbackTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.feedback = make_feedback(self.case, nature="Complaint")

	def reply(self, **arguments) -> dict:
		given = {"answer": "You are right.", "what_changed": "Quiet hours from ten.", **arguments}
		return self.do(self.feedback, "reply", self.lead, **given)

	def test_c10_the_service_says_what_changed_and_the_client_hears_it(self) -> None:
		self.assertEqual(self.reply(), {"status": "Answered"})
		self.assertEqual(self.do(self.feedback, "tell_client"), {"client_told_on": getdate()})
		doc = frappe.get_doc("Client Feedback", self.feedback.name)
		self.assertEqual((doc.answered_on, doc.answered_by), (getdate(), self.lead))
		self.assertEqual(doc.what_changed, "Quiet hours from ten.")

	def test_b20_an_answer_says_what_changed(self) -> None:
		for arguments in ({"answer": None}, {"what_changed": None}):
			with self.refused(self.feedback.name, "what changed", "Record Request"):
				self.reply(**arguments)

	def test_the_workflows_button_says_what_changed_too(self) -> None:
		with self.as_user(self.lead), self.refused(self.feedback.name, "what changed"):
			apply_workflow(frappe.get_doc("Client Feedback", self.feedback.name), "Answer")

	def test_an_invitation_is_not_answered(self) -> None:
		self.feedback = make_invitation(self.case)
		with self.refused(self.feedback.name, "no feedback to answer"):
			self.reply()

	def test_a_worker_does_not_answer(self) -> None:
		with self.refused(self.feedback.name, "Case Manager Lead", exception=frappe.PermissionError):
			self.do(self.feedback, "reply", answer="Yes", what_changed="Nothing")

	def test_the_answer_is_not_set_by_a_plain_save(self) -> None:
		self.save(self.feedback, self.lead, answer="Forged", what_changed="Forged", answered_on=today())
		self.assertIsNone(self.stored(self.feedback, "answer"))
		with self.refused(self.feedback.name):
			self.save(self.feedback, self.lead, status="Answered")

	def test_what_the_client_said_stays_as_it_was_answered(self) -> None:
		self.save(self.feedback, comments="You listen to me, mostly.")
		self.reply()
		rows = [{"question": self.rating, "rating": "5"}]
		for values in ({"comments": "All is well"}, {"nature": "Praise"}, {"answers": rows}):
			with self.subTest(values), self.refused(self.feedback.name, "stays as they said it"):
				self.save(self.feedback, self.lead, **values)

	def test_answers_and_news_come_in_their_order(self) -> None:
		with self.refused(self.feedback.name, "Given on"):
			self.reply(on=add_days(today(), -1))
		with self.refused(self.feedback.name, "not answered yet"):
			self.do(self.feedback, "tell_client")
		self.reply()
		with self.refused(self.feedback.name, "Answered on"):
			self.do(self.feedback, "tell_client", on=add_days(today(), -1))

	def test_feedback_without_a_name_is_answered_and_nobody_is_told(self) -> None:
		self.feedback = make_anonymous(self.case.program)
		self.reply()
		with self.refused(self.feedback.name, "names nobody"):
			self.do(self.feedback, "tell_client", self.lead)


class TestWhoReadsIt(FeedbackTestCase):
	def read_by(self, user: str) -> set[str]:
		with self.as_user(user):
			return set(frappe.get_list("Client Feedback", pluck="name"))

	def test_b20_feedback_is_read_by_the_team_and_the_programs_leader(self) -> None:
		named = make_feedback(self.case).name
		self.assertIn(named, self.read_by(self.worker))
		self.assertIn(named, self.read_by(self.lead))
		for user in (make_worker("other"), make_lead("other-lead")):
			self.assertNotIn(named, self.read_by(user))

	def test_b20_feedback_without_a_name_is_read_by_the_programs_leader_and_who_wrote_it_down(self) -> None:
		with self.as_user(make_worker("colleague")):
			doc = make_anonymous(self.case.program)
		self.assertIn(doc.name, self.read_by(self.lead))
		self.assertIn(doc.name, self.read_by("colleague@staff.example.org"))
		for user in (self.worker, make_lead("other-lead")):
			self.assertNotIn(doc.name, self.read_by(user))
			with self.as_user(user):
				self.assertFalse(doc.has_permission("read"))

	def test_an_auditor_and_an_administrator_read_no_feedback(self) -> None:
		for role in ("Case Auditor", "Case Management Admin"):
			with self.as_user(make_user(role)), self.assertRaises(frappe.PermissionError):
				frappe.get_list("Client Feedback")

	def test_somebody_elses_invitation_is_not_recorded(self) -> None:
		with self.assertRaises(UNSEEN):
			self.do(make_invitation(self.case), "record", make_worker("other"), comments="Forged")

	def test_feedback_of_somebody_elses_client_is_not_made(self) -> None:
		with self.assertRaises(frappe.PermissionError):
			self.insert(
				make_worker("other"), client=self.case.client, client_case=self.case.name, comments="Forged"
			)


class TestInvitations(FeedbackTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.db.set_value(
			"Support Program", {"feedback_interval_weeks": (">", 0)}, "feedback_interval_weeks", 0
		)
		self.program = make_program("Feedback Program", feedback_interval_weeks=4)
		self.case = self.make_case("Ari")

	def make_case(self, name: str, **values) -> Document:
		case = make_case(make_client(name), self.program, **{"opened_on": add_days(today(), -90), **values})
		case.db_set("status", "Active")
		return case

	def get_invitations(self) -> list[dict]:
		fields = ["client_case", "invited_on", "invited_by", "kind", "status"]
		return frappe.get_all("Client Feedback", {"program": self.program.name}, fields)

	def test_b20_an_active_case_is_invited_once(self) -> None:
		self.assertEqual((invite_for_feedback(), invite_for_feedback()), (1, 0))
		invited = {"client_case": self.case.name, "invited_on": getdate(), "invited_by": self.worker}
		self.assertEqual(self.get_invitations(), [{**invited, "kind": "During Support", "status": "New"}])

	def test_b20_the_case_manager_hears_of_it_without_a_name(self) -> None:
		before = frappe.db.count("Notification Log", {"for_user": self.worker})
		invite_for_feedback()
		log = frappe.get_last_doc("Notification Log", {"for_user": self.worker})
		self.assertEqual(frappe.db.count("Notification Log", {"for_user": self.worker}), before + 1)
		self.assertIn(self.case.client, log.subject)
		self.assertNotIn("Ari", log.subject + (log.email_content or ""))

	def test_b20_it_is_the_programs_weeks_since_the_last_invitation_or_the_opening(self) -> None:
		self.make_case("Ben", opened_on=add_days(today(), -27))
		on_the_day = self.make_case("Cai", opened_on=add_days(today(), -28))
		for days, invited in ((-27, [on_the_day.name]), (-28, [self.case.name])):
			make_invitation(self.case, invited_on=add_days(today(), days), response="Declined")
			invite_for_feedback()
			today_invited = [row.client_case for row in self.get_invitations() if row.invited_on == getdate()]
			self.assertEqual(today_invited, invited)
			frappe.db.delete("Client Feedback", {"program": self.program.name})
			on_the_day.db_set("status", "Closed")

	def test_nobody_has_two_open_invitations(self) -> None:
		make_invitation(self.case, invited_on=add_days(today(), -60))
		self.assertEqual(invite_for_feedback(), 0)

	def test_a_program_without_weeks_and_a_case_that_is_not_active_invite_nobody(self) -> None:
		for status in ("Pending", "Exit Planning", "Closed"):
			self.case.db_set("status", status)
			self.assertEqual(invite_for_feedback(), 0)
		self.case.db_set("status", "Active")
		self.program.db_set("feedback_interval_weeks", 0)
		self.assertEqual(invite_for_feedback(), 0)

	def test_feedback_without_a_name_ends_no_invitation(self) -> None:
		make_anonymous(self.program.name)
		self.assertEqual(invite_for_feedback(), 1)


class TestEvaluation(FeedbackTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case.db_set("status", "Active")

	def offer(self, **arguments) -> Document:
		name = self.do(self.case, "offer_evaluation", **arguments)["feedback"]
		return frappe.get_doc("Client Feedback", name)

	def test_b24_the_offer_at_exit_is_an_invitation_in_which_it_is_recorded(self) -> None:
		doc = self.offer(answer="Took Part", support="Read aloud by the interpreter")
		self.assertEqual((doc.kind, doc.client_case, doc.invited_on), ("At Exit", self.case.name, getdate()))
		self.assertEqual(doc.response_note, "Read aloud by the interpreter")
		answers = [{"question": self.yes_no, "yes_no": "Yes"}]
		self.assertEqual(
			self.do(doc, "record", answers=answers, support_used=[INTERPRETER]), {"response": "Given"}
		)

	def test_b24_an_offer_that_was_declined_or_not_heard_is_kept(self) -> None:
		for answer, response in ((None, None), ("Declined", "Declined"), ("Not Reached", "No Answer")):
			self.assertEqual(self.offer(answer=answer).response or None, response)
		self.assertEqual(frappe.db.count("Client Feedback", {"client_case": self.case.name}), 1)

	def test_b24_offered_again_keeps_what_was_given(self) -> None:
		doc = self.offer(answer="Took Part")
		self.do(doc, "record", comments="Thank you")
		self.assertEqual(self.offer(answer="Declined").response, "Given")


class TestFromOutside(FeedbackTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.program = make_program("Feedback Program", public_feedback=1)
		self.publish(1)

	def publish(self, published: int) -> None:
		frappe.db.set_value("Web Form", "client-feedback", "published", published)

	def send(self, **values) -> Document:
		data = {"program": self.program.name, "kind": "During Support", "answers": [], "comments": "Loud"}
		with self.as_user("Guest"):
			return accept("client-feedback", json.dumps({**data, **values}))

	def test_the_public_form_ships_unpublished(self) -> None:
		path = frappe.get_app_path(
			"case_management", "case_management", "web_form", "client_feedback", "client_feedback.json"
		)
		self.assertEqual(frappe.get_file_json(path)["published"], 0)

	def test_b20_what_is_sent_from_outside_names_nobody(self) -> None:
		doc = self.send(answers=[{"question": self.rating, "rating": "1"}], nature="Concern")
		doc.reload()
		self.assertEqual((doc.anonymous, doc.status, doc.response), (1, "New", "Given"))
		self.assertEqual((doc.channel, doc.given_on), ("Online Form", get_first_day(today())))
		self.assertEqual((doc.answers[0].rating, doc.owner), ("1", "Guest"))

	def test_b20_nothing_else_can_be_set_from_outside(self) -> None:
		forged = {"client": self.case.client, "client_case": self.case.name, "invited_by": self.worker}
		doc = self.send(anonymous=0, status="Answered", answer="Forged", response="Declined", **forged)
		doc.reload()
		self.assertEqual((doc.anonymous, doc.status, doc.response, doc.answer), (1, "New", "Given", None))
		self.assertEqual([doc.get(field) for field in PERSON_FIELDS if doc.get(field)], [])

	def test_not_even_by_fields_that_an_administrator_added_to_the_form(self) -> None:
		forged = {"client": self.case.client, "status": "Answered", "invited_by": self.worker}
		for field, value in forged.items():
			with self.subTest(field), self.as_user("Guest"), self.refused():
				doc = {"program": self.program.name, "comments": "Loud", field: value}
				frappe.get_doc({"doctype": "Client Feedback", **doc}).insert(ignore_permissions=True)

	def test_a_form_that_is_not_published_takes_nothing(self) -> None:
		self.publish(0)
		with self.refused("takes no feedback", exception=frappe.PermissionError):
			self.send()

	def test_a_program_that_is_not_listed_takes_nothing(self) -> None:
		for program in (self.case.program, "No Such Program"):
			with self.refused(exception=Exception):
				self.send(program=program)

	def test_nothing_is_changed_from_outside(self) -> None:
		doc = self.send()
		with self.refused("not allowed"):
			self.send(name=doc.name, comments="Quiet")
		with self.as_user("Guest"), self.assertRaises(UNSEEN):
			frappe.get_doc("Client Feedback", doc.name).update({"comments": "Quiet"}).save(
				ignore_permissions=True
			)

	def test_what_was_written_outside_is_changed_by_nobody(self) -> None:
		doc = self.send()
		with self.refused(doc.name, "stays as they said it"):
			self.save(doc, self.lead, comments="Quiet")
		given = {"answer": "Sorry", "what_changed": "Quiet hours"}
		self.assertEqual(self.do(doc, "reply", self.lead, **given), {"status": "Answered"})

	def test_the_page_names_the_listed_programs_and_the_questions_only(self) -> None:
		from case_management.case_management.web_form.client_feedback.client_feedback import get_context

		form = frappe.get_doc("Web Form", "client-feedback").as_dict()
		with self.as_user("Guest"):
			get_context(frappe._dict(web_form_doc=form))
		programs = next(field.options for field in form.web_form_fields if field.fieldname == "program")
		self.assertIn(self.program.name, programs.split("\n"))
		self.assertNotIn(self.case.program, programs.split("\n"))
		asked = [question.name for question in form.questions["At Exit"]]
		self.assertEqual(asked, [self.rating, self.yes_no])
