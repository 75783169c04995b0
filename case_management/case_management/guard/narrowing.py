"""Functions of Frappe that show more than the user's own view of what is asked: the request is made to ask for no more.

What Frappe then answers is its own answer: the user's own events, the record that is not there, the one that is found.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_safe_filters

from case_management.case_management.guard.referencing import MODULE, tells_of_clients
from case_management.case_management.guard.unseen import refuse_unseen
from case_management.case_management.record.refusal import deny
from case_management.permissions import CLIENT_RECORDS, get_rule, is_visible


def narrow(function: str, given: dict[str, Any]) -> None:
	"""Make the request ask for no more than the user's own view of what it asks for.

	:param function: the dotted path of the function that it calls
	:param given: its arguments, as `get_arguments` returns them
	:raises frappe.PermissionError: the function is not for this user, or nothing that the user sees matches
	"""
	if narrow_function := NARROWED.get(function):
		narrow_function(given)
	# Fields with “Ignore User Permissions” ask for a search past all permissions.
	if "ignore_user_permissions" in given and tells(given):
		frappe.form_dict.pop("ignore_user_permissions")


def tells(given: dict[str, Any]) -> bool:
	doctype = given.get("doctype")
	return isinstance(doctype, str) and tells_of_clients(doctype)


def show_own(given: dict[str, Any]) -> None:
	"""Show what is the user's own; Frappe shows anybody's to whoever asks."""
	if "user" in given:
		frappe.form_dict.user = frappe.session.user


def hide_name(argument: str, given: dict[str, Any]) -> None:
	"""Ask for what nobody has in the place of a hidden record, where Frappe has an answer of its own for what is not there."""
	if tells(given) and not (
		isinstance(given.get(argument), str) and is_visible(given["doctype"], given[argument])
	):
		frappe.form_dict[argument] = frappe.generate_hash(length=20)


def find_seen(given: dict[str, Any]) -> None:
	"""Find by filters among what the user sees; Frappe tells whether there is another record that matches."""
	if tells(given) and given.get("filters") and not given.get("name"):
		filters = get_safe_filters(given["filters"])
		found = frappe.get_list(
			given["doctype"], filters, pluck="name", limit=1, parent_doctype=given.get("parent")
		)
		frappe.form_dict.name = found[0] if found else refuse_unseen()


def count_seen(given: dict[str, Any]) -> None:
	"""Count whom what is not hidden is assigned to; by other fields Frappe counts rightly itself.

	Frappe counts so for whoever asks. Of clients' records it is told to who may list them.
	"""
	if not tells(given) or given.get("field") != "assigned_to":
		return
	doctype, filters = given["doctype"], frappe.parse_json(given.get("current_filters"))
	if doctype in CLIENT_RECORDS:
		seen = frappe.get_list(doctype, filters, pluck="name")
	elif rule := get_rule(doctype, frappe.session.user):
		seen = frappe.qb.get_query(doctype, fields=["name"], filters=filters).where(rule).run(pluck=True)
	else:
		return
	frappe.form_dict.current_filters = frappe.as_json({"name": ("in", seen or [""])})


def move_no_cards(given: dict[str, Any]) -> None:
	"""Move no cards by their order on a board of clients' records, which keeps none (outgoing.py): it tells where each stands."""
	board = frappe.db.get_value("Kanban Board", given.get("board_name") or "", "reference_doctype")
	if board in CLIENT_RECORDS:
		frappe.form_dict.order = "{}"


def compute_afresh(given: dict[str, Any]) -> None:
	"""Compute a chart for who looks at it; Frappe keeps what the first may see, and its heatmaps count everything."""
	name = given.get("chart_name")
	chart = frappe.get_doc("Dashboard Chart", name) if name else frappe._dict(given.get("chart") or {})
	named = chart.get("report_name")
	report = (named and frappe.db.get_value("Report", named, ("module", "ref_doctype"))) or ()
	if MODULE not in report and not any(map(tells_of_clients, (chart.get("document_type") or "", *report))):
		return
	if chart.get("type") == "Heatmap":
		deny(_("A heatmap counts records that you may not see."))
	frappe.form_dict.refresh = 1


def allow_managers(_given: dict[str, Any]) -> None:
	"""Run a template that is sent for who may store some; Frappe 15 runs anybody's."""
	if "System Manager" not in frappe.get_roles():
		deny(_("Not permitted"))


def allow_impersonators(_given: dict[str, Any]) -> None:
	"""Let nobody become somebody else whose role does not allow it; a Frappe 16 asks for that and goes on regardless."""
	if not frappe.has_permission("User", "impersonate"):
		deny(_("Not permitted"))


NARROWED: dict[str, Callable[[dict[str, Any]], None]] = {
	"frappe.automation.doctype.auto_repeat.auto_repeat.generate_message_preview": allow_managers,
	"frappe.client.get": find_seen,
	"frappe.client.validate_link": partial(hide_name, "docname"),
	"frappe.client.validate_link_and_fetch": partial(hide_name, "docname"),
	"frappe.core.doctype.user.user.impersonate": allow_impersonators,
	"frappe.core.doctype.user_permission.user_permission.get_user_permissions": show_own,
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": compute_afresh,
	"frappe.desk.doctype.event.event.get_events": show_own,
	"frappe.desk.doctype.kanban_board.kanban_board.update_order": move_no_cards,
	"frappe.desk.form.load.getdoc": partial(hide_name, "name"),
	"frappe.desk.listview.get_group_by_count": count_seen,
	# Frappe 15 only.
	"frappe.desk.page.user_profile.user_profile.get_energy_points_percentage_chart_data": show_own,
	"frappe.desk.query_report.run": show_own,
}
