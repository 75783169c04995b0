// Copyright (c) 2026, Case Management for Frappe contributors and contributors
// For license information, please see license.txt

// frappe.ui.form.on("Client", {
// 	refresh(frm) {

// 	},
// });
