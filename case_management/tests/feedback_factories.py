"""Makers of questions, invitations and feedback for tests."""

import frappe
from frappe.model.document import Document
from frappe.utils import today

from case_management.case_management.record.actions import store


def make_question(question: str = "Test: are you safe?", answer_kind: str = "Rating 1 to 5", **values) -> str:
	"""Return the code of a question asked in feedback of each kind."""
	kinds = {"during_support": 1, "at_exit": 1, "after_exit": 1}
	doc = {
		"doctype": "Feedback Question",
		"question": question,
		"answer_kind": answer_kind,
		**kinds,
		**values,
	}
	return frappe.get_doc(doc).insert(ignore_permissions=True).name


def make_invitation(case: Document, **values) -> Document:
	"""Return an invitation of today that the client did not respond to yet."""
	invitation = {
		"doctype": "Client Feedback",
		"client": case.client,
		"client_case": case.name,
		"invited_on": today(),
		**values,
	}
	return store(frappe.get_doc(invitation))


def make_feedback(case: Document, **values) -> Document:
	"""Return feedback that a client gave under their name."""
	return make_invitation(case, **{"comments": "You listen to me.", "channel": "In Person", **values})


def make_anonymous(program: str, **values) -> Document:
	"""Return feedback without a name."""
	given = {"anonymous": 1, "program": program, "comments": "It is loud at night."}
	return store(frappe.get_doc({"doctype": "Client Feedback", **given, **values}))


def disable_questions() -> None:
	"""Ask nothing but what the test itself asks."""
	frappe.db.set_value("Feedback Question", {"enabled": 1}, "enabled", 0)
