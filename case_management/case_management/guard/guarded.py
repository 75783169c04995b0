"""Functions of Frappe that tell of clients' records past the permission hooks, and what stands in for each here."""

GUARDED = {
	"frappe.client.get_count": "counts.get_count",
	"frappe.desk.notifications.get_open_count": "counts.get_open_count",
	"frappe.utils.global_search.search": "searching.search",
}
