"""Functions of Frappe that tell of clients' records past the permission hooks, and what stands in for each here."""

GUARDED = {
	"frappe.client.get_count": "counts.get_count",
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": "counts.get_chart",
	"frappe.desk.listview.get_group_by_count": "counts.get_group_by_count",
	"frappe.desk.notifications.get_open_count": "counts.get_open_count",
	"frappe.utils.global_search.search": "searching.search",
	"frappe.utils.goal.get_monthly_goal_graph_data": "counts.get_monthly_goal_graph_data",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": "counts.get_workflow_state_count",
}
