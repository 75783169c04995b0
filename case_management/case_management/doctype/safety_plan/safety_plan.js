{% include "case_management/public/js/case_actions.js" %}

const is_current = (frm) => frm.doc.is_current;

case_actions.setup("Safety Plan", {
	actions: [
		{
			label: __("Record a Review"),
			method: "review",
			show: is_current,
			fields: [
				case_actions.date("on", __("Reviewed on"), { reqd: 1 }),
				case_actions.reason(__("What Was Found"), "note"),
				case_actions.date("next_review_on", __("Next Review"), {
					default: "",
					description: __("Empty: after the days in Case Management Settings."),
				}),
			],
		},
		{
			label: __("Revise"),
			method: "revise",
			show: is_current,
			fields: [
				case_actions.reason(__("What Changed")),
				case_actions.date("on", __("Made on"), { reqd: 1 }),
			],
			done: (answer) => case_actions.made("Safety Plan", answer.plan),
		},
		{
			label: __("Give to the Client"),
			method: "give_to_client",
			show: (frm) => frm.doc.is_current && frm.doc.copy_is_safe && !frm.doc.given_on,
			fields: [case_actions.date("on", __("Given to the Client on"), { reqd: 1 })],
		},
	],
});

// What is still written on a plan that the client has.
const ABOUT_THE_COPY = ["copy_is_safe", "review_due"];

frappe.ui.form.on("Safety Plan", {
	setup(frm) {
		// What is printed names nobody, unless the administrator has chosen another format.
		frm.meta.default_print_format = frm.meta.default_print_format || "Safety Plan for the Client";
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (!frm.doc.is_current) {
			frm.disable_form();
			const plan = case_actions.link("Safety Plan", frm.doc.superseded_by);
			frm.dashboard.set_headline_alert(__("{0} took the place of this plan.", [plan]), "orange");
		} else if (frm.doc.given_on) {
			case_actions.lock(frm, ABOUT_THE_COPY);
			frm.dashboard.set_headline_alert(
				__("The client has this plan; what changes goes into a revision."),
				"blue"
			);
		}
	},
});
