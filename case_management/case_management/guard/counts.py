"""Functions of Frappe that count clients' records past the permission hooks, guarded: a count answers questions, too.

Each stands in for Frappe's own (hook override_whitelisted_methods); for DocTypes that tell nothing of clients it calls
that and nothing changes.
"""

from typing import Any

import frappe
import frappe.client
from frappe import _
from frappe.desk import listview, notifications
from frappe.desk.doctype.dashboard_chart import dashboard_chart
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import get_safe_filters, goal
from frappe.workflow.doctype.workflow import workflow
from pypika.queries import QueryBuilder

from case_management.case_management.guard.references import tells_of_clients
from case_management.case_management.record.refusal import deny
from case_management.permissions import get_parents, get_rule

# As many linked records as Frappe counts below a form.
MOST = 100


def is_free(doctype: str | None) -> bool:
	"""Tell whether Frappe may count what it likes: the DocType tells nothing of clients, or Administrator asks."""
	return frappe.session.user == "Administrator" or not doctype or not tells_of_clients(doctype)


def validate_reads(doctype: str) -> None:
	if not any(frappe.has_permission(owner, "read") for owner in get_parents(doctype) or [doctype]):
		deny(_("No permission for {0}").format(_(doctype)))


def select_seen(doctype: str, filters: Any, *fields: Any) -> QueryBuilder:
	"""Return the query of fields of what the user sees."""
	query = frappe.qb.get_query(
		doctype, fields=list(fields), filters=get_safe_filters(filters), validate_filters=True
	)
	return query.where(get_rule(doctype, frappe.session.user))


@frappe.whitelist()
def get_count(doctype: str, filters: Any = None, debug: bool = False, cache: bool = False) -> int:
	"""Count what the user sees; Frappe counts everything, and so answers any question about any record.

	:param doctype: of what
	:param filters: as Frappe takes them
	:return: the number of records that the user sees
	:raises frappe.PermissionError: the user's role does not read the DocType
	"""
	if is_free(doctype):
		return frappe.client.get_count(doctype, filters, debug, cache)
	validate_reads(doctype)
	return select_seen(doctype, filters, Count("*")).run()[0][0]


@frappe.whitelist()
def get_workflow_state_count(doctype: str, workflow_state_field: str, states: Any) -> list[dict]:
	"""Count by a field what the user sees and what no workflow state is given for; Frappe counts by any field of all.

	:param doctype: of what
	:param workflow_state_field: the field to count by
	:param states: values to leave out
	:return: each value with its `count`
	:raises frappe.PermissionError: the user's role does not read the DocType
	"""
	if is_free(doctype):
		return workflow.get_workflow_state_count(doctype, workflow_state_field, states)
	validate_reads(doctype)
	if workflow_state_field not in frappe.get_meta(doctype).get_valid_columns():
		return []
	field = DocType(doctype)[workflow_state_field]
	filters = {workflow_state_field: ("not in", frappe.parse_json(states))}
	counted = select_seen(doctype, filters, field, Count("*").as_("count")).groupby(field).run(as_dict=True)
	return [row for row in counted if row[workflow_state_field]]


@frappe.whitelist()
def get_group_by_count(doctype: str, current_filters: Any, field: str) -> list[dict]:
	"""Count whom records that the user sees are assigned to; by other fields Frappe counts rightly itself.

	:param doctype: of what
	:param current_filters: the list's, as Frappe takes them
	:param field: `assigned_to` or a field
	:return: `name` (a value) and `count`
	:raises frappe.PermissionError: the user's role does not read the DocType
	"""
	if field != "assigned_to" or is_free(doctype):
		return listview.get_group_by_count(doctype, current_filters, field)
	validate_reads(doctype)
	todo, user = DocType("ToDo"), DocType("User")
	query = frappe.qb.from_(todo).join(user).on(user.name == todo.allocated_to)
	query = query.where((todo.status != "Cancelled") & (user.user_type == "System User"))
	query = query.where(todo.reference_type == doctype)
	query = query.where(todo.reference_name.isin(select_seen(doctype, current_filters, "name")))
	count = Count("*").as_("count")
	return query.select(todo.allocated_to.as_("name"), count).groupby(todo.allocated_to).run(as_dict=True)


@frappe.whitelist()
def get_open_count(doctype: str, name: str, items: Any = None) -> dict:
	"""Count below a form the linked records that the user sees; Frappe counts them all.

	:param doctype: the form's
	:param name: its record
	:param items: of which DocTypes, as JSON; those of the form if none are given
	:return: `count`, with `external_links_found` and `internal_links_found` as Frappe gives them
	"""
	found = notifications.get_open_count(doctype, name, items)
	links = frappe.get_meta(doctype).get_dashboard_data()
	for row in found["count"]["external_links_found"] if "count" in found else ():
		if not is_free(row["doctype"]):
			row.update(count_links(row["doctype"], name, links))
	return found


def count_links(doctype: str, name: str, links: dict) -> dict[str, int]:
	"""Return how many records of a DocType that the user sees link to a record, and how many of them are open."""
	field = links.get("non_standard_fieldnames", {}).get(doctype, links.get("fieldname"))
	filters = {field: name, **(notifications.get_dynamic_link_filters(doctype, links, field) or {})}
	open_filters = notifications.get_filters_for(doctype)
	opened = count_seen(doctype, {**filters, **open_filters}) if isinstance(open_filters, dict) else 0
	return {"count": count_seen(doctype, filters), "open_count": opened}


def count_seen(doctype: str, filters: dict) -> int:
	if not frappe.has_permission(doctype, "read"):
		return 0
	return len(frappe.get_list(doctype, filters=filters, limit=MOST, distinct=True, order_by=None))


@frappe.whitelist()
def get_chart(**arguments: Any) -> dict | None:
	"""Compute a chart of clients' records for who looks at it; Frappe keeps what the first who looked may see.

	A heatmap counts every record, whoever looks.

	:param arguments: as Frappe takes them
	:return: `labels` and `datasets`
	:raises frappe.PermissionError: it is a heatmap
	"""
	chart = get_stored_or_sent(arguments)
	if tells_of_clients(chart.get("document_type") or "") or chart.get("report_name"):
		if chart.get("type") == "Heatmap":
			deny(_("A heatmap counts records that you may not see."))
		arguments["refresh"] = 1
	return frappe.call(dashboard_chart.get, **arguments)


def get_stored_or_sent(arguments: dict) -> dict:
	if name := arguments.get("chart_name"):
		return frappe.get_doc("Dashboard Chart", name)
	return frappe.parse_json(arguments.get("chart")) or {}


@frappe.whitelist()
def get_monthly_goal_graph_data(goal_doctype: str, **arguments: Any) -> dict:
	"""Draw no monthly sums of clients' records: Frappe sums up all that match any filter.

	:param goal_doctype: what is summed up
	:param arguments: as Frappe takes them
	:return: the graph as Frappe gives it
	:raises frappe.PermissionError: the DocType tells of clients
	"""
	if not is_free(goal_doctype):
		deny(_("{0} is not summed up here.").format(_(goal_doctype)))
	return frappe.call(goal.get_monthly_goal_graph_data, goal_doctype=goal_doctype, **arguments)
