"""How clients took part at each stage, and in whose words it was written (A1, A3): counts only, no names."""

from collections import Counter

from frappe import _

from case_management.case_management.record.counting import (
	count_by,
	get_count_column,
	get_period,
	get_program_column,
	get_programs,
	get_share_column,
)
from case_management.case_management.record.filters import get_filters
from case_management.case_management.record.small_counts import Whole, get_legend, get_share, get_shown

# Stage → DocType, its date, the field of the client's part, the field of whose words.
STAGES = {
	"Assessment": ("Client Assessment", "agreed_on", "participation", "set_by"),
	"Plan": ("Support Plan", "agreed_on", "participation", "set_by"),
	"Goal": ("Support Goal", "start_on", None, "set_by"),
	"Meeting": ("Case Meeting", "held_on", "participation", None),
	"Exit Plan": ("Exit Plan", "agreed_on", "participation", "set_by"),
}
PART = {
	"fully": "Fully",
	"in_part": "In Part",
	"declined": "Was Offered and Declined",
	"not_able": "Not Able to",
	"not_said": "",
}
WORDS = {"client": "Client", "together": "Together", "worker": "Worker", "words_not_said": ""}
SUMS = (Whole("total", tuple(PART)), Whole("total", tuple(WORDS)))
SHARES = {"part_share": ("total", "fully", "in_part"), "words_share": ("total", "client")}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Return columns, a row for each program and stage of which there is something, and the legend of small counts.

	:param filters: `from_date` and `to_date` (this month until today by default), `program`
	:raises frappe.ValidationError: the period ends before it begins
	"""
	filters = get_filters(filters)
	period, programs = get_period(filters), get_programs(filters.program)
	rows = [row for stage in STAGES for row in get_rows(stage, period, programs)]
	order = list(STAGES)
	rows.sort(key=lambda row: (row["program"], order.index(row["stage"])))
	rows = [{**row, "stage": _(row["stage"])} for row in rows]
	return get_columns(), get_shown(rows, SUMS, shares=SHARES), get_legend()


def get_columns() -> list[dict]:
	return [
		get_program_column(),
		{"fieldname": "stage", "label": _("Stage"), "fieldtype": "Data", "width": 110},
		get_count_column("total", _("Records"), 90),
		get_count_column("fully", _("Took Part Fully"), 120),
		get_count_column("in_part", _("In Part"), 90),
		get_count_column("declined", _("Offered and Declined"), 130),
		get_count_column("not_able", _("Not Able to"), 100),
		get_count_column("not_said", _("Not Recorded"), 110),
		get_share_column("part_share", _("Took Part (Percent)")),
		get_count_column("client", _("The Client's Words"), 120),
		get_count_column("together", _("Written Together"), 120),
		get_count_column("worker", _("The Worker's Words"), 120),
		get_count_column("words_not_said", _("Whose Words Not Said"), 150),
		get_share_column("words_share", _("Client's Words (Percent)")),
	]


def get_rows(stage: str, period: tuple, programs: list[str]) -> list[dict]:
	"""Return the counts of one stage by program."""
	doctype, day, part, words = STAGES[stage]
	total, by_part, by_words = Counter(), Counter(), Counter()
	fields = tuple(field for field in (part, words) if field)
	for program, count, *values in count_by(doctype, fields, day, period, programs):
		said = dict(zip(fields, values, strict=True))
		total[program] += count
		by_part[program, said.get(part) or ""] += count
		by_words[program, said.get(words) or ""] += count
	return [
		{
			"program": program,
			"stage": stage,
			"total": total[program],
			**(get_part(program, total[program], by_part) if part else {}),
			**(get_words(program, total[program], by_words) if words else {}),
		}
		for program in total
	]


def get_part(program: str, total: int, counts: Counter) -> dict:
	row = {field: counts[program, value] for field, value in PART.items()}
	return {**row, "part_share": get_share(row["fully"] + row["in_part"], total)}


def get_words(program: str, total: int, counts: Counter) -> dict:
	row = {field: counts[program, value] for field, value in WORDS.items()}
	return {**row, "words_share": get_share(row["client"], total)}
