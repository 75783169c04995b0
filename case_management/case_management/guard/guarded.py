"""Functions of Frappe that tell of clients' records past the permission hooks, and what stands in for each here."""

GUARDED = {
	"frappe.automation.doctype.auto_repeat.auto_repeat.generate_message_preview": "paths.generate_message_preview",
	"frappe.client.get": "paths.get",
	"frappe.client.get_count": "counts.get_count",
	"frappe.client.validate_link": "paths.validate_link",
	"frappe.core.api.file.unzip_file": "paths.unzip_file",
	"frappe.core.doctype.file.file.unzip_file": "paths.unzip_file",
	"frappe.core.doctype.user_permission.user_permission.get_user_permissions": "paths.get_user_permissions",
	"frappe.core.doctype.user.user.impersonate": "paths.impersonate",
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": "counts.get_chart",
	"frappe.desk.doctype.event.event.get_events": "paths.get_events",
	"frappe.desk.doctype.tag.tag.get_tagged_docs": "paths.get_tagged_docs",
	"frappe.desk.form.load.getdoc": "paths.getdoc",
	"frappe.desk.listview.get_group_by_count": "counts.get_group_by_count",
	"frappe.desk.notifications.get_open_count": "counts.get_open_count",
	# Frappe 15 only.
	"frappe.desk.page.user_profile.user_profile.get_energy_points_percentage_chart_data": "paths.get_points_chart",
	"frappe.utils.global_search.search": "paths.search",
	"frappe.utils.goal.get_monthly_goal_graph_data": "counts.get_monthly_goal_graph_data",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": "counts.get_workflow_state_count",
}
