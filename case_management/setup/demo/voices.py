"""What the made-up clients say of the service, with and without their names (B20, B24)."""

from datetime import date

import frappe
from frappe.model.document import Document

from case_management.setup.demo.registry import note
from case_management.setup.demo.story import Story

DOCTYPE = "Client Feedback"
# Which words of the fixtures answer which kind of question, and in which field.
ANSWERS = {"Rating 1 to 5": ("rates", "rating"), "Yes or No": ("yes", "yes_no"), "Text": ("words", "answer")}


def ask(
	story: Story,
	number: int,
	says: dict | None = None,
	unnamed: dict | None = None,
	declined: str | None = None,
	silent: str | None = None,
	after_exit: int = 0,
) -> None:
	"""Tell an invitation and what came of it.

	:param says: what the client says under their name, `answer`, `changed` and `told` if the service replied
	:param unnamed: what they say without it
	:param declined: what they said about it
	:param silent: what was tried
	"""
	day = story.act(number, story.lead if after_exit else None)
	kind = "After Exit" if after_exit else "During Support"
	doc = story.new(DOCTYPE, kind=kind, invited_on=day).insert()
	if says:
		give(story, doc, day, number, says)
	elif unnamed:
		give_unnamed(doc, day, unnamed)
	elif declined:
		doc.decline(on=day, note=declined)
	elif silent:
		doc.no_answer(on=day, note=silent)


def give(story: Story, doc: Document, day: date, number: int, says: dict) -> None:
	"""Record what is said under a name, and the reply of the team leader as far as there is one."""
	doc.record(given_on=day, **get_said(doc, says))
	if "answer" not in says:
		return
	days, answer, changed = says["answer"]
	doc.reply(answer=answer, what_changed=changed, on=story.act(number + days, story.lead))
	if "told" in says:
		doc.tell_client(on=story.act(number + days + says["told"], story.lead))


def give_unnamed(doc: Document, day: date, says: dict) -> None:
	"""Record what is said without a name: nothing leads from there to the client, so its code is noted for removal."""
	before = get_unnamed(doc.program)
	doc.give_without_name(given_on=day, **get_said(doc, says))
	for name in get_unnamed(doc.program) - before:
		note(DOCTYPE, name, name)


def get_unnamed(program: str) -> set[str]:
	return set(frappe.get_all(DOCTYPE, {"anonymous": 1, "program": program}, pluck="name"))


def get_said(doc: Document, says: dict) -> dict:
	"""Return what is said as the actions take it, an answer for each question as long as there are words for one."""
	left = {key: list(says.get(key, [])) for key, _field in ANSWERS.values()}
	answers = []
	for row in doc.answers:
		key, field = ANSWERS[row.answer_kind]
		if left[key]:
			answers.append({"question": row.question, field: left[key].pop(0)})
	said = {field: says.get(field) for field in ("nature", "comments")}
	return {**said, "channel": says.get("channel", "In Person"), "answers": answers}
