{% include "case_management/public/js/emergency_access.js" %}

frappe.listview_settings["Client"] = {
	onload: (listview) => emergency_access.add_button(listview),
};
