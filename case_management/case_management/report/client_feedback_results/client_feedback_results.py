"""What clients say of the service, as counts and averages: nobody's words, nobody's name (B20, B24, C10).

A team leader counts the programs they lead; an administrator and an auditor all of them. An auditor does not see small
counts, nor what is computed from them. Answers given without a name are left out, for everybody, where so few gave
them in the program and the period that somebody could be singled out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import cint, cstr, flt, getdate
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.record.counting import (
	get_period,
	get_program_column,
	get_programs,
	get_share_column,
	is_countable,
	is_within,
)
from case_management.case_management.record.filters import get_filters
from case_management.case_management.record.small_counts import (
	Equation,
	Told,
	counts_exactly,
	get_legend,
	get_share,
	get_small_count,
)

ANSWER_DAYS = 14
# What rows of a program are parts of.
INVITED, NAMED, ANSWERED, REVIEWS = "invited", "named", "answered", "reviews"
# What rows say of themselves for that.
NOT_SHOWN = ("whole", "part_of", "for_nobody")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Return columns, rows, a message where answers are left out, and a chart where it shows no small counts.

	:param filters: `from_date` and `to_date` (this month until today by default), `program`, `kind`, and
	        `answer_days`: within how many days feedback is counted as answered in time (14)
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	filters.period = get_period(filters)
	programs = get_programs(filters.program)
	feedback, answers = get_feedback(programs, filters), get_answers(programs, filters)
	too_few = get_too_few(feedback)
	reviews = get_reviews(programs, filters.period)
	rows: list[dict] = []
	for program in programs:
		rows += get_participation(program, feedback, filters)
		rows += get_review_rows(program, reviews)
		rows += get_results(program, [row for row in answers if not row.anonymous or program not in too_few])
	message = "<br>".join(filter(None, [get_legend(), get_message(too_few)])) or None
	return get_columns(), get_shown_rows(rows), message, get_chart_data(rows)


def get_columns() -> list[dict]:
	"""Return the columns; a count is text, since a small one is shown as less than a number."""
	return [
		get_program_column(),
		{"fieldname": "part", "label": _("Part"), "fieldtype": "Data", "width": 130},
		{"fieldname": "item", "label": _("What"), "fieldtype": "Data", "width": 420},
		{"fieldname": "count", "label": _("Number"), "fieldtype": "Data", "align": "right", "width": 90},
		get_share_column("share", _("Share"), 90),
		{"fieldname": "average", "label": _("Average (1 to 5)"), "fieldtype": "Float", "precision": 1},
	]


def get_feedback(programs: list[str], filters: frappe._dict) -> list[frappe._dict]:
	"""Return what the counts need of the feedback invited or given in the period."""
	feedback = DocType("Client Feedback")
	columns = ("program", "anonymous", "invited_on", "given_on", "response", "status", "answered_on")
	in_period = is_within(feedback.invited_on, filters.period) | is_within(feedback.given_on, filters.period)
	query = frappe.qb.from_(feedback).select(*[feedback[column] for column in columns])
	query = query.where(in_period & is_of(feedback, programs, filters))
	return query.run(as_dict=True) if programs else []


def get_answers(programs: list[str], filters: frappe._dict) -> list[frappe._dict]:
	"""Return the answers given in the period, in the order of the questions."""
	feedback, answer = DocType("Client Feedback"), DocType("Client Feedback Answer")
	question = DocType("Feedback Question")
	query = (
		frappe.qb.from_(answer)
		.join(feedback)
		.on(feedback.name == answer.parent)
		.left_join(question)
		.on(question.name == answer.question)
		.select(feedback.program, feedback.anonymous, answer.question_text, answer.answer_kind)
		.select(answer.rating, answer.yes_no, answer.answer)
		.where((feedback.response == "Given") & is_within(feedback.given_on, filters.period))
		.where(is_of(feedback, programs, filters))
		.orderby(question.sort_order, answer.question_text)
	)
	return query.run(as_dict=True) if programs else []


def is_of(feedback: Table, programs: list[str], filters: frappe._dict) -> Criterion:
	condition = feedback.program.isin(programs) & is_countable(feedback.client)
	return condition & (feedback.kind == cstr(filters.kind)) if filters.kind else condition


def get_too_few(feedback: Iterable[frappe._dict]) -> list[str]:
	"""Return the programs in which so few gave feedback without a name that it could point to somebody."""
	programs = [row.program for row in feedback if row.anonymous]
	return sorted({program for program in programs if programs.count(program) < get_small_count()})


def get_participation(program: str, feedback: list[frappe._dict], filters: frappe._dict) -> list[dict]:
	"""Return who was invited in the period and how they responded, and what the service made of what it was given."""
	of_program = [row for row in feedback if row.program == program]
	invited = [row for row in of_program if is_in(row.invited_on, filters.period)]
	given = [row for row in of_program if row.given_on and is_in(row.given_on, filters.period)]
	named = [row for row in given if not row.anonymous]
	return [
		{**get_row(program, _("Invited"), _("Invited"), len(invited)), "whole": INVITED},
		*[get_response_row(program, response, invited) for response in get_responses()],
		{**get_row(program, _("Given"), _("With a Name"), len(named)), "whole": NAMED},
		{**get_row(program, _("Given"), _("Without a Name"), len(given) - len(named)), "for_nobody": True},
		*get_answered_rows(program, named, cint(filters.answer_days) or ANSWER_DAYS),
	]


def get_answered_rows(program: str, named: list[frappe._dict], days: int) -> list[dict]:
	"""Return how many of those who gave feedback with their name were answered, and how many of these in time."""
	in_time = _("With a Name, and Answered Within {0} Days").format(days)
	rows = [
		get_share_row(program, _("Given"), _("With a Name, and Answered"), named, is_answered),
		get_share_row(
			program,
			_("Given"),
			in_time,
			named,
			lambda row: is_answered(row) and (row.answered_on - row.given_on).days <= days,
		),
	]
	return [
		{**rows[0], "whole": ANSWERED, "part_of": (NAMED,)},
		{**rows[1], "part_of": (ANSWERED, NAMED)},
	]


def get_responses() -> dict[str, str]:
	return {
		"Given": _("Gave Feedback"),
		"Given Without a Name": _("Gave Feedback Without Their Name"),
		"Declined": _("Declined"),
		"No Answer": _("Did Not Answer"),
		"": _("No Response Yet"),
	}


def get_response_row(program: str, response: str, invited: list[frappe._dict]) -> dict:
	label = get_responses()[response]
	row = get_share_row(program, _("Invited"), label, invited, lambda row: (row.response or "") == response)
	return {**row, "part_of": (INVITED,)}


def get_reviews(programs: list[str], period: tuple[date, date]) -> list[frappe._dict]:
	"""Return the reviews held in the period, and whether feedback was asked for in them (B20)."""
	meeting, case = DocType("Case Meeting"), DocType("Client Case")
	query = (
		frappe.qb.from_(meeting)
		.join(case)
		.on(case.name == meeting.client_case)
		.select(case.program, meeting.feedback_asked)
		.where((meeting.kind == "Review") & (meeting.status == "Held") & is_within(meeting.held_on, period))
		.where(case.program.isin(programs) & is_countable(case.client))
	)
	return query.run(as_dict=True) if programs else []


def get_review_rows(program: str, reviews: list[frappe._dict]) -> list[dict]:
	held = [row for row in reviews if row.program == program]
	asked = _("Reviews in Which Feedback Was Asked for")
	return [
		{**get_row(program, _("Reviews"), _("Reviews Held"), len(held)), "whole": REVIEWS},
		{
			**get_share_row(program, _("Reviews"), asked, held, lambda row: row.feedback_asked),
			"part_of": (REVIEWS,),
		},
	]


def get_results(program: str, answers: list[frappe._dict]) -> list[dict]:
	"""Return each question, as it was asked, with its answers: how many, the average, the share of yes."""
	questions: dict[tuple[str, str], list[frappe._dict]] = {}
	for row in answers:
		if row.program == program and (row.rating or row.yes_no or row.answer):
			questions.setdefault((row.question_text, row.answer_kind), []).append(row)
	return [get_result(program, *question, rows) for question, rows in questions.items()]


def get_result(program: str, question: str, kind: str, rows: list[frappe._dict]) -> dict:
	"""Return a question's row: answers, average rating and share of yes, as the user may see them."""
	if kind == "Rating 1 to 5":
		ratings = [cint(row.rating) for row in rows if row.rating]
		average = flt(sum(ratings) / len(ratings), 2) if ratings else None
		return {**get_row(program, _("Answers"), question, len(ratings)), "average": average}
	if kind == "Yes or No":
		said = [row for row in rows if row.yes_no]
		row = get_share_row(program, _("Answers"), question, said, lambda row: row.yes_no == "Yes")
		return {**row, "count": len(said), "item": _("{0} (Share of Yes)").format(question)}
	return get_row(program, _("Answers"), question, len(rows))


def get_row(program: str, part: str, item: str, count: int) -> dict:
	return {"program": program, "part": part, "item": item, "count": count, "share": None, "average": None}


def get_share_row(program: str, part: str, item: str, base: list, is_meant: Callable[[dict], bool]) -> dict:
	"""Return how many of `base` are meant, and their share of it, as far as the user may see it."""
	count = sum(1 for row in base if is_meant(row))
	return {**get_row(program, part, item, count), "share": get_share(count, len(base))}


def get_shown_rows(rows: list[dict]) -> list[dict]:
	"""Return rows as the user may see them: a small count, and what is computed from it, is told to leaders only.

	How many gave feedback without a name is told to nobody where they are few.
	"""
	told = Told({(number, "count"): row["count"] for number, row in enumerate(rows)}, get_small_count())
	told.protect(list(get_equations(rows)))
	exact = counts_exactly()
	return [
		get_shown_row(told, number, row, exact and not row.get("for_nobody"))
		for number, row in enumerate(rows)
	]


def get_equations(rows: list[dict]) -> Iterator[Equation]:
	"""Return what of the rows of a program adds up: the responses to invitations, and who is of a whole or not."""
	wholes = {(row["program"], row["whole"]): number for number, row in enumerate(rows) if row.get("whole")}
	responses = defaultdict(list)
	for number, row in enumerate(rows):
		for whole in row.get("part_of", ()):
			cell, of = (number, "count"), (wholes[row["program"], whole], "count")
			if whole == INVITED:
				responses[of].append(cell)
			yield Equation(of, (cell,), rest=True)
	yield from (Equation(of, tuple(cells)) for of, cells in responses.items())


def get_shown_row(told: Told, number: int, row: dict, exact: bool) -> dict:
	shown = {key: value for key, value in row.items() if key not in NOT_SHOWN}
	if exact:
		return shown
	shown["count"] = told.get_text((number, "count"))
	shown["average"] = row["average"] if row["count"] >= told.small else None
	return shown if told.is_exact((number, "count")) else {**shown, "share": None}


def get_message(too_few: list[str]) -> str | None:
	if not too_few:
		return None
	return _(
		"Fewer than {0} gave feedback without a name in: {1}. Their answers are left out here, for everybody, so that nobody is singled out."
	).format(get_small_count(), frappe.utils.escape_html(", ".join(too_few)))


def get_chart_data(rows: list[dict]) -> dict | None:
	"""Return bars of the average answers of one program, for who sees counts as they are."""
	rated = [row for row in rows if row["average"] is not None]
	if not counts_exactly() or len({row["program"] for row in rated}) != 1:
		return None
	averages = {"name": _("Average (1 to 5)"), "values": [row["average"] for row in rated]}
	return {"data": {"labels": [row["item"] for row in rated], "datasets": [averages]}, "type": "bar"}


def is_in(day: date | None, period: tuple[date, date]) -> bool:
	return bool(day) and period[0] <= getdate(day) <= period[1]


def is_answered(row: dict) -> bool:
	return row.status == "Answered"
