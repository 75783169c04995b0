"""The public feedback form: what everybody who opens it reads are the questions, and the programs listed for it."""

import frappe

from case_management.case_management.voice.feedback_answers import ASKED_IN, get_questions


def get_context(context: frappe._dict) -> None:
	"""Give the page the programs to choose from and the questions of each kind of feedback."""
	form = context.web_form_doc
	for field in form.web_form_fields:
		if field.fieldname == "program":
			field.options = "\n".join(["", *get_listed_programs()])
	form.questions = {kind: list(get_questions(kind).values()) for kind in ASKED_IN}


def get_listed_programs() -> list[str]:
	filters = {"enabled": 1, "public_feedback": 1}
	return frappe.get_all("Support Program", filters=filters, pluck="name", order_by="name")
