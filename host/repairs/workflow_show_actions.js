	show_actions() {
		// a document with unsaved changes offers no actions
		if (this.frm.doc.__unsaved === 1) {
			return;
		}
		// the workflow is in the browser already: a user who may not read Workflow can act as well
		const { enable_action_confirmation } = frappe.workflow.workflows[this.frm.doctype] || {};
		const mine = (transition) =>
			frappe.user_roles.includes(transition.allowed) &&
			(frappe.session.user === "Administrator" ||
				transition.allow_self_approval ||
				frappe.session.user !== this.frm.doc.owner);

		frappe.workflow.get_transitions(this.frm.doc).then((transitions) => {
			this.frm.page.clear_actions_menu();
			const offered = transitions.filter(mine);
			offered.forEach((transition) => {
				const act = () => this.handle_workflow_action(transition);
				const question = __("Are you sure you want to {0}?", [transition.action]);
				this.frm.page.add_action_item(__(transition.action), () =>
					enable_action_confirmation ? frappe.confirm(question, act) : act()
				);
			});
			this.setup_btn(offered.length > 0);
		});
	}
