"""Small drawings for forms and paper: how a client and the worker rated a goal from meeting to meeting (C7, C26, C31).

One drawing is about one goal of one client; nothing compares clients. Plain SVG, so that it prints with no script.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import escape_html, formatdate

from case_management.case_management.plan.progress import get_history

WIDTH, HEIGHT, MARGIN, TOP = 420, 120, 22, 22
HIGHEST = 10
# Told apart without colour as well: a full line with dots, a broken one with squares.
CLIENT_COLOUR, WORKER_COLOUR = "#1f5fa8", "#a8531f"


def get_rating_drawings(goals: list[str], until: date | None = None) -> dict[str, str]:
	"""Return a drawing of the ratings of each goal that the reader sees, rated at two meetings or more: goal → SVG.

	:param until: the day of the last meeting that is drawn
	"""
	seen = frappe.get_list("Support Goal", filters={"name": ("in", goals)}, pluck="name") if goals else []
	history = get_history(seen, until)
	return {goal: get_rating_drawing(rows) for goal, rows in history.items() if is_drawn(rows)}


def is_drawn(rows: list[frappe._dict]) -> bool:
	return len([row for row in rows if row.client_rating or row.worker_rating]) > 1


def get_rating_drawing(rows: list[frappe._dict]) -> str:
	"""Return the client's and the worker's ratings as two lines, from 0 to 10, over the meetings.

	:param rows: as `get_history` returns them
	"""
	label = _("Ratings from 0 to 10, from {0} to {1}").format(formatdate(rows[0].on), formatdate(rows[-1].on))
	parts = [
		f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" style="max-width: 100%"'
		f' role="img" aria-label="{escape_html(label)}" viewBox="0 0 {WIDTH} {HEIGHT}">',
		*get_frame(),
		get_line(rows, "worker_rating", WORKER_COLOUR, broken=True),
		get_line(rows, "client_rating", CLIENT_COLOUR),
		*get_legend(),
		get_text(MARGIN, HEIGHT - 4, formatdate(rows[0].on)),
		get_text(WIDTH - MARGIN, HEIGHT - 4, formatdate(rows[-1].on), "end"),
		"</svg>",
	]
	return "".join(parts)


def get_frame() -> list[str]:
	lines = []
	for rating in (0, HIGHEST // 2, HIGHEST):
		y = get_y(rating)
		lines.append(f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{y}" y2="{y}" stroke="#ccc"/>')
		lines.append(get_text(MARGIN - 5, y + 4, str(rating), "end"))
	return lines


def get_legend() -> list[str]:
	return [
		get_mark(MARGIN + 4, 6, CLIENT_COLOUR, square=False),
		get_text(MARGIN + 12, 10, _("As I see it")),
		get_mark(WIDTH / 2, 6, WORKER_COLOUR, square=True),
		get_text(WIDTH / 2 + 8, 10, _("As my worker sees it")),
	]


def get_line(rows: list[frappe._dict], field: str, colour: str, broken: bool = False) -> str:
	"""Return one person's ratings as a line with a mark at each; a meeting without a rating has none."""
	points = [
		(get_x(place, len(rows)), get_y(int(row[field]))) for place, row in enumerate(rows) if row[field]
	]
	dashes = ' stroke-dasharray="5 3"' if broken else ""
	path = " ".join(f"{x},{y}" for x, y in points)
	marks = "".join(get_mark(x, y, colour, square=broken) for x, y in points)
	return f'<polyline fill="none" stroke="{colour}" stroke-width="2"{dashes} points="{path}"/>{marks}'


def get_mark(x: float, y: float, colour: str, square: bool) -> str:
	if square:
		return f'<rect x="{x - 3}" y="{y - 3}" width="6" height="6" fill="{colour}"/>'
	return f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>'


def get_x(place: int, count: int) -> float:
	return round(MARGIN + 6 + place * (WIDTH - 2 * MARGIN - 12) / max(count - 1, 1), 1)


def get_y(rating: int) -> float:
	return round(HEIGHT - MARGIN - rating * (HEIGHT - MARGIN - TOP) / HIGHEST, 1)


def get_text(x: float, y: float, text: str, anchor: str = "start") -> str:
	return (
		f'<text x="{x}" y="{y}" font-size="10" fill="#555" text-anchor="{anchor}">{escape_html(text)}</text>'
	)
