"""Arguments that people, programs and attackers give to actions: some right, some wrong, some of the wrong type."""

import inspect
from datetime import date
from types import UnionType
from typing import Any, get_args

import frappe
from frappe.utils import add_days, today
from hypothesis import strategies as st

DAYS = (-400, -40, -3, -1, 0, 0, 0, 1, 14, 60)
WORDS = (
	"",
	"Spoken",
	"It is time.",
	"Client",
	"Together",
	"Took Part",
	"Fully",
	"Phone",
	"nonsense",
	"<script>alert(1)</script>",
	"0",
	"2024-02-30",
)
USERS = ("worker@staff.example.org", "colleague@staff.example.org", "seconded@staff.example.org")
ROWS = (
	[],
	[{}],
	[{"step": "Ring", "responsible": "Client"}],
	[{"strategy": "Ask a friend"}],
	[{"alternative": "A list of services", "kind": "Information"}],
	[{"goal": "nothing", "client_rating": 11}],
	["text"],
	"[",
)


def get_days() -> st.SearchStrategy:
	return st.sampled_from(DAYS).map(lambda days: add_days(today(), days))


def get_texts(codes: list[str]) -> st.SearchStrategy:
	return st.one_of(st.sampled_from(WORDS), st.sampled_from(codes), st.sampled_from(USERS))


def draw_arguments(data: Any, function: Any, codes: list[str]) -> dict[str, Any]:
	"""Draw arguments for an action: each is left out half the time, and otherwise of its kind, or of none."""
	given = {}
	for name, parameter in inspect.signature(function).parameters.items():
		if name == "self" or data.draw(st.booleans(), label=f"without {name}"):
			continue
		given[name] = data.draw(get_strategy(parameter.annotation, codes), label=name)
	return given


def get_strategy(annotation: Any, codes: list[str]) -> st.SearchStrategy:
	kinds = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
	choices = []
	if date in kinds or any(getattr(kind, "__name__", "") == "datetime" for kind in kinds):
		choices += [get_days(), get_days(), st.sampled_from(WORDS)]
	elif list in kinds:
		choices.append(st.sampled_from(ROWS))
	elif bool in kinds or int in kinds or float in kinds:
		choices.append(st.sampled_from((True, False, 0, 1, 7, -1, 10**9, "x")))
	else:
		choices.append(get_texts(codes))
	return st.one_of(*choices, st.sampled_from((None, 3, [], "")))


def get_codes() -> list[str]:
	"""Return one code of each list, which an argument may be."""
	rows = frappe.get_all("Case Code", {"enabled": 1}, ["name", "code_list"], order_by="name")
	return sorted({row.code_list: row.name for row in rows}.values())
