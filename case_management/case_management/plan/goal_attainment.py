"""Goal attainment scaling: how far the goals of a plan were reached, as one number (C9, C22, C33).

Each goal has a scale of its own, from −2 to +2, in the client's words. The T score makes the levels of several goals
comparable over time for one client: 50 means that, together, the goals came out as hoped. It is no league table.
"""

import math
from collections.abc import Iterable

import frappe
from frappe.model.document import Document
from frappe.utils import cint

from case_management.case_management.record.settings import get_setting

# The correlation between goals that Kiresuk and Sherman (1968) assume.
RHO = 0.30
# Of goals that were only proposed, or were given up, no level counts.
NOT_SCORED = ("Proposed", "Stopped")


def get_t_score(goals: Iterable[frappe._dict | Document]) -> float | None:
	"""Return 50 + 10·Σ(w·x) / √((1−ρ)Σw² + ρ(Σw)²), rounded to one place (Kiresuk and Sherman 1968).

	:param goals: with `current_level` x, from −2 to +2, and `weight` w, from 1 to 4; 1 where there is none
	:return: None as long as no goal has a level
	"""
	scored = [
		(cint(goal.weight) or 1, cint(goal.current_level))
		for goal in goals
		if goal.current_level not in (None, "")
	]
	if not scored:
		return None
	weights = [weight for weight, _level in scored]
	spread = (1 - RHO) * sum(weight**2 for weight in weights) + RHO * sum(weights) ** 2
	return round(50 + 10 * sum(weight * level for weight, level in scored) / math.sqrt(spread), 1)


def get_plan_score(plan: Document) -> float | None:
	"""Return the T score of a plan's goals, None without levels, or where the service does not show it."""
	shown = get_setting("show_t_score")
	if not shown or not plan.name:
		return None
	agreed = [row.goal for row in plan.agreed_goals]
	return get_t_score(
		frappe.get_all(
			"Support Goal",
			filters={"client_case": plan.client_case, "status": ("not in", NOT_SCORED)},
			or_filters={"plan": plan.name, "name": ("in", agreed or [""])},
			fields=["current_level", "weight"],
		)
	)
