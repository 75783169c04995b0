// Copyright (c) 2026, Case Management for Frappe contributors and contributors
// For license information, please see license.txt

// frappe.ui.form.on("Case Management Settings", {
// 	refresh(frm) {

// 	},
// });
