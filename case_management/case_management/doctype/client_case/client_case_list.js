{% include "case_management/public/js/emergency_access.js" %}
{% include "case_management/public/js/caseload.js" %}

frappe.listview_settings["Client Case"] = {
	onload: (listview) => {
		emergency_access.add_button(listview);
		caseload.add_button(listview);
	},
};
