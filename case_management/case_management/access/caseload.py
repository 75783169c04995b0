"""A whole caseload goes to somebody else in one step: handed over for good, or covered during leave (C12, C20).

What moves is shown first, with the same choice of cases. Each case is then changed by its own action, which asks the
rule, moves what is open and leaves a line in the case's history; all of them together, or none.
"""

from datetime import date

import frappe
from frappe import _

from case_management.case_management.access.hand_over import get_tasks
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import read_json

FIELDS = ["name", "client", "program", "status", "head_case", "has_own_team"]


@frappe.whitelist(methods=["GET", "POST"])
def preview_caseload(worker: str | None = None, cases: str | list | None = None) -> list[dict]:
	"""Return what would move with the cases of a case manager, of those that the user sees.

	:param worker: the case manager's e-mail address
	:param cases: the codes of the cases; all that are open, or have a follow-up due, if none are given
	:return: for each case `name`, `client`, `program`, `status`, and how many `meetings` ahead, `follow_ups`, `steps`,
	        `tasks` and open `referrals` it has, and `members`, the household's cases that go with it
	:raises frappe.ValidationError: one of the cases is not the worker's, or not open, or the user does not see it
	"""
	return [{**case, **count_open(case, worker)} for case in get_cases(worker, cases)]


@frappe.whitelist(methods=["POST"])
def hand_over_caseload(
	worker: str | None = None,
	to_user: str | None = None,
	on: str | date | None = None,
	until: str | date | None = None,
	cases: str | list | None = None,
) -> dict:
	"""Hand the cases of a case manager to another, or let somebody cover them during leave.

	:param worker: the case manager's e-mail address
	:param to_user: the e-mail address of who takes over
	:param on: from when on, YYYY-MM-DD; today if none is given; a day ahead is planned
	:param until: the last day of leave, YYYY-MM-DD: the case manager stays, and `to_user` covers until then
	:param cases: the codes of the cases; all that are open, or have a follow-up due, if none are given
	:return: `cases`: the codes of those that were changed
	:raises frappe.ValidationError: one of the cases is not the worker's, there is no such user, they are disabled or have
	        no role of a worker, or the days are no dates or in the wrong order; no case is changed
	:raises frappe.PermissionError: the user is neither a team leader nor, where Settings allow it, the case manager
	"""
	names = [case["name"] for case in get_cases(worker, cases)]
	for name in names:
		case = frappe.get_doc("Client Case", name)
		if until:
			case.cover_case_manager(user=to_user, on=on, until=until)
		else:
			case.change_case_manager(user=to_user, on=on)
	return {"cases": names}


def get_cases(worker: str | None, cases: str | list | None) -> list[dict]:
	"""Return the cases that are meant, heads of households first; members who rely on a head's team go with the head."""
	found = get_open_cases(worker)
	if chosen := get_chosen(cases):
		if unknown := sorted(chosen - {case.name for case in found}):
			refuse_cases(unknown, worker)
		found = [case for case in found if case.name in chosen]
	names = {case.name for case in found}
	return [dict(case) for case in found if case.has_own_team or case.head_case not in names]


def get_open_cases(worker: str | None) -> list[frappe._dict]:
	"""Return a case manager's cases that are open or have a follow-up due, of those that the user sees."""
	follow_ups = frappe.get_list("Case Follow Up", {"status": "Due"}, pluck="client_case", limit=0)
	cases = frappe.get_list(
		"Client Case",
		filters={"case_manager": worker or ""},
		or_filters=[["status", "!=", "Closed"], ["name", "in", follow_ups or [""]]],
		fields=FIELDS,
		order_by="name asc",
		limit=0,
	)
	return sorted(cases, key=lambda case: bool(case.head_case))


def get_chosen(cases: str | list | None) -> set[str]:
	"""Return the codes that were given: a list, one as JSON, or one code."""
	given = read_json(cases) if isinstance(cases, str) and cases.lstrip().startswith("[") else cases or []
	return {str(name) for name in (given if isinstance(given, list) else [given])}


def refuse_cases(names: list[str], worker: str | None) -> None:
	refuse(
		frappe.new_doc("Client Case"),
		_("{0} does not manage these cases, or they are closed, or you do not see them: {1}.").format(
			worker or "", ", ".join(names)
		),
		_("Choose among the cases of the preview."),
	)


def count_open(case: dict, worker: str | None) -> dict[str, int]:
	"""Return how much is open of a case that goes with it."""
	of_case = {"client_case": case["name"]}
	steps = [["client_case", "=", case["name"]], ["Goal Step", "status", "=", "Open"]]
	steps.append(["Goal Step", "responsible_user", "=", worker])
	return {
		"meetings": count("Case Meeting", {**of_case, "status": "Scheduled"}),
		"follow_ups": count("Case Follow Up", {**of_case, "status": "Due"}),
		"steps": count("Support Goal", steps),
		"referrals": count("Case Referral", {**of_case, "status": ("in", ("Draft", "Sent", "Accepted"))}),
		"members": count(
			"Client Case", {"head_case": case["name"], "has_own_team": 0, "status": ("!=", "Closed")}
		),
		"tasks": len(get_tasks(frappe._dict(case), worker)),
	}


def count(doctype: str, filters: dict | list) -> int:
	return len(frappe.get_list(doctype, filters=filters, pluck="name", limit=0))
