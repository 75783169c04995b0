"""The questions of client feedback and their answers: asked as they stood on the day (B20, B24)."""

import frappe
from frappe import _
from frappe.model.document import Document

from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import get_rows

ASKED_IN = {"During Support": "during_support", "At Exit": "at_exit", "After Exit": "after_exit"}
ANSWER_FIELDS = ("question", "rating", "yes_no", "answer")
# The field that answers a question of each kind; words may be added to any of them.
FIELD_OF_KIND = {"Rating 1 to 5": "rating", "Yes or No": "yes_no", "Text": "answer"}


def get_questions(kind: str) -> dict[str, frappe._dict]:
	"""Return the enabled questions asked in feedback of a kind, by code and in their order."""
	if kind not in ASKED_IN:
		return {}
	questions = frappe.get_all(
		"Feedback Question",
		filters={"enabled": 1, ASKED_IN[kind]: 1},
		fields=["name", "question", "answer_kind"],
		order_by="sort_order, name",
	)
	return {question.name: question for question in questions}


def set_questions(doc: Document) -> None:
	"""Give new feedback a row for each question of its kind, unless it came with rows."""
	if not doc.answers:
		doc.set("answers", [{"question": question} for question in get_questions(doc.kind)])


def set_answers(doc: Document, given: list | str | None) -> None:
	"""Write answers into the rows of their questions; one that has no row yet gets it.

	:param given: rows with `question` (a code of Feedback Question) and `rating`, `yes_no` or `answer`
	:raises frappe.ValidationError: a row is no object, or has another field
	"""
	rows = {row.question: row for row in doc.answers}
	for values in get_rows(doc, _("Answers"), given, ANSWER_FIELDS):
		question = values.get("question")
		if question not in rows:
			rows[question] = doc.append("answers", {"question": question})
		rows[question].update(values)


def set_asked(doc: Document) -> None:
	"""Copy each new row's question as it is asked now: a question worded anew changes no answer given before.

	:raises frappe.ValidationError: the question is not in use in feedback of this kind, or stands there twice
	"""
	before = doc.get_doc_before_save()
	stored = {row.name: row.question for row in before.answers} if before else {}
	questions = get_questions(doc.kind)
	for row in doc.answers:
		row.rating = str(row.rating) if row.rating is not None else None
		if stored.get(row.name) == row.question and row.question_text:
			continue
		question = questions.get(row.question)
		if not question:
			refuse_question(doc, row.question, questions)
		row.question_text, row.answer_kind = question.question, question.answer_kind


def refuse_question(doc: Document, question: str | None, questions: dict) -> None:
	refuse(
		doc,
		_("“{0}” is not a question that is asked {1}.").format(question or "", _(doc.kind)),
		_("Choose one of: {0}.").format(", ".join(questions) or _("none yet")),
	)


def validate_answers(doc: Document) -> None:
	"""Refuse a question asked twice, and an answer that does not fit its question.

	:raises frappe.ValidationError: naming the question
	"""
	asked = [row.question for row in doc.answers]
	for row in doc.answers:
		if asked.count(row.question) > 1:
			refuse(
				doc, _("“{0}” stands there twice.").format(row.question_text), _("Keep one of the two rows.")
			)
		wrong = {"rating", "yes_no"} - {FIELD_OF_KIND.get(row.answer_kind)}
		if any(row.get(field) for field in wrong):
			refuse(
				doc,
				_("“{0}” is answered by: {1}.").format(row.question_text, _(row.answer_kind)),
				_("Empty the other field, or add it in their words."),
			)


def is_answered(row: Document) -> bool:
	return bool(row.rating or row.yes_no or row.answer)
