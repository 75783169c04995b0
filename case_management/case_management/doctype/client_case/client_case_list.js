{% include "case_management/public/js/emergency_access.js" %}

frappe.listview_settings["Client Case"] = {
	onload: (listview) => emergency_access.add_button(listview),
};
