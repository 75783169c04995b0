// The button by which a worker gives themselves access to a client whom they do not find in their list.

const emergency_access = {
	roles: ["Case Worker", "Case Intake Worker", "Case Manager Lead"],

	add_button(listview) {
		if (!this.roles.some((role) => frappe.user.has_role(role))) return;
		listview.page.add_inner_button(__("Emergency Access"), () => this.ask());
	},

	ask() {
		const dialog = new frappe.ui.Dialog({
			title: __("Emergency Access"),
			fields: [
				{
					fieldname: "client",
					label: __("Client"),
					fieldtype: "Data",
					reqd: 1,
					description: __("The code, for example CL-00012."),
				},
				{
					fieldname: "reason",
					label: __("Reason"),
					fieldtype: "Small Text",
					reqd: 1,
					description: __("What the emergency is. The team leader is told at once."),
				},
			],
			primary_action_label: __("Give Me Access"),
			primary_action: (values) => {
				dialog.disable_primary_action();
				this.give(values)
					.then(() => dialog.hide())
					.catch(() => dialog.enable_primary_action());
			},
		});
		dialog.show();
	},

	give(values) {
		return frappe
			.xcall("case_management.case_management.access.emergency.give_access", values)
			.then((answer) => {
				const until = answer.expires_on && frappe.datetime.str_to_user(answer.expires_on);
				frappe.show_alert(
					until
						? { message: __("You see {0} until {1}.", [answer.client, until]), indicator: "orange" }
						: { message: __("You see {0} anyway.", [answer.client]), indicator: "blue" },
					10
				);
				frappe.set_route("Form", "Client", answer.client);
			});
	},
};
