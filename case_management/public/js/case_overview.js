// Where a case is now and what comes next, at the head of a case and of a plan; and ratings drawn over the meetings.
// The server sends what is shown, the drawings too (`overview.get_overview`). No backslash may stand in this file (see case_actions.js).

const case_overview = {
	show(frm) {
		frm.layout.wrapper.find(".case-overview").remove();
		const overview = (frm.doc.__onload || {}).overview;
		if (frm.is_new() || !overview || !overview.goals || frm.doc.status === "Closed") return;
		const panel = $(`<div class="case-overview form-section px-4 py-3 border-bottom">
			<div class="row">
				<div class="col-md-6">${this.get_goals(overview)}</div>
				<div class="col-md-6">${this.get_next(overview)}${this.get_missing(overview)}</div>
			</div>
		</div>`);
		const banner = frm.layout.wrapper.find(".case-banner");
		banner.length ? panel.insertAfter(banner) : panel.prependTo(frm.layout.wrapper);
	},

	heading: (text) => `<div class="control-label mb-1">${text}</div>`,

	get_goals(overview) {
		const rows = overview.goals.map(
			(goal) => `<div class="mb-2">
				${this.goal_link(goal.name, goal.goal)}
				${case_actions.pill(__(goal.status), goal.status === "Active" ? "blue" : "gray")}
				<span class="text-muted">${this.get_ratings(goal)}</span>
				${goal.drawing || ""}
			</div>`
		);
		const none = `<p class="text-muted">${__("No goals yet: add the first one to the plan.")}</p>`;
		return this.heading(__("Where We Are")) + (rows.join("") || none);
	},

	// Both ratings, the client's own first.
	get_ratings(goal) {
		const said = [
			[__("Client"), goal.client_rating],
			[__("Worker"), goal.worker_rating],
		].filter(([, rating]) => rating);
		return said.map(([who, rating]) => `${who}: ${case_actions.text(rating)}`).join(", ");
	},

	get_next(overview) {
		const days = [
			[__("Next meeting"), overview.next_meeting],
			[__("Review of the plan"), overview.review_due],
			[__("Next assessment"), overview.reassessment_due],
		]
			.filter(([, day]) => day)
			.map(([label, day]) => `<div>${label}: ${this.get_day(day)}</div>`);
		const steps = overview.steps.map(
			(step) => `<li>${case_actions.text(step.step)}
				<span class="text-muted">(${case_actions.text(step.who || __(step.responsible))}${
				step.due_on ? `, ${this.get_day(step.due_on)}` : ""
			})</span></li>`
		);
		const list = steps.length ? `<ul class="pl-3 mb-2">${steps.join("")}</ul>` : "";
		return this.heading(__("Next Steps")) + list + days.join("");
	},

	get_day(day) {
		const text = frappe.datetime.str_to_user(day).split(":").slice(0, 2).join(":"); // no seconds
		const past = day < frappe.datetime.system_datetime().slice(0, 10);
		return past ? `<span class="text-danger font-weight-bold">${text}</span>` : text;
	},

	get_missing(overview) {
		const needs = overview.needs_without_goal.map((row) =>
			__("No goal answers this need: {0}", [
				case_actions.text(row.need ? `${__(row.domain)}: ${row.need}` : __(row.domain)),
			])
		);
		const goals = overview.goals_without_step.map((row) =>
			__("No step is open for {0}", [this.goal_link(row.name, row.goal)])
		);
		const strengths = overview.unused_strengths.map((strength) =>
			__("No goal builds on this strength yet: {0}", [case_actions.text(strength)])
		);
		const rows = [...needs, ...goals, ...strengths].map((text) => `<li>${text}</li>`);
		if (!rows.length) return "";
		return `<div class="mt-3">${this.heading(__("What Is Missing"))}
			<ul class="pl-3 mb-0">${rows.join("")}</ul></div>`;
	},

	goal_link(name, text) {
		return frappe.utils.get_form_link("Support Goal", name, true, case_actions.text(text));
	},

	// What was said of a goal at each meeting: the ratings, the level, and who does it by now.
	get_table(history) {
		const rows = history.map((row) => {
			const said = [row.client_rating, row.worker_rating, row.level, __(row.responsibility || "")];
			const cells = said.map((value) => `<td>${case_actions.text(value)}</td>`).join("");
			return `<tr><td>${frappe.datetime.str_to_user(row.on)}</td>${cells}</tr>`;
		});
		const heads = [__("Meeting"), __("Client"), __("Worker"), __("Level"), __("Who Does It")];
		return `<table class="table table-sm"><thead><tr>${heads
			.map((head) => `<th>${head}</th>`)
			.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
	},
};
