{% include "case_management/public/js/case_actions.js" %}

case_actions.setup("Client Assessment", {
	locked: ["Agreed", "Superseded"],
	actions: [
		...case_actions.share_and_agree("Agreed"),
		{
			label: __("Make Plan"),
			method: "make_plan",
			from: ["Agreed"],
			primary: true,
			done: (answer) => case_actions.made("Support Plan", answer.plan),
		},
		case_actions.revise("Client Assessment", "assessment"),
		{
			label: __("Record Apart"),
			from: ["Draft", "With Client"],
			show: (frm) => frappe.model.can_create("Sensitive Rating") && get_sensitive(frm).length > 0,
			only_shown: true,
			fields: (frm) => [{ fieldname: "domains", fieldtype: "HTML", options: list_sensitive(frm) }],
		},
	],
});

frappe.ui.form.on("Client Assessment", {
	setup(frm) {
		frm.set_query("template", () => ({ filters: { enabled: 1 } }));
		frm.set_query("domain", "domains", () => ({ filters: { enabled: 1 } }));
	},
	refresh: (frm) => show_compared(frm),
});

const get_onload = (frm, key) => (frm.doc.__onload || {})[key] || [];
const get_sensitive = (frm) => {
	const names = get_onload(frm, "sensitive_domains");
	return (frm.doc.domains || []).filter((row) => names.includes(row.domain)).map((row) => row.domain);
};

// A link for each sensitive domain: to what is kept apart of it, or to write it.
function list_sensitive(frm) {
	const kept = Object.fromEntries(get_onload(frm, "kept_apart").map((row) => [row.domain, row.name]));
	const links = get_sensitive(frm).map((domain) => {
		const values = { assessment: frm.docname, client: frm.doc.client, client_case: frm.doc.client_case };
		const query = new URLSearchParams({ ...values, domain });
		const href = `/app/sensitive-rating/${kept[domain] || `new?${query}`}`;
		return `<li><a href="${case_actions.text(href)}">${case_actions.text(__(domain))}</a></li>`;
	});
	const hint = __("What is written of these domains in the table is moved to a record of its own when you save.");
	return `<p class="text-muted">${hint}</p><ul>${links.join("")}</ul>`;
}

// Each domain's ratings beside those of the last time, what is kept apart included for who may read it (B18).
function show_compared(frm) {
	frm.layout.wrapper.find(".case-compared").remove();
	if (frm.is_new()) return;
	const apart = Object.fromEntries(get_onload(frm, "kept_apart").map((row) => [row.domain, row]));
	const rows = (frm.doc.domains || []).map((row) => ({ ...row, ...apart[row.domain] }));
	const rated = rows.filter((row) => row.client_rating || row.worker_rating);
	if (!rated.length) return;
	const body = rated.map(
		(row) => `<tr><td>${case_actions.text(__(row.domain))}</td>
			<td>${compare(row.client_rating, row.previous_client_rating)}</td>
			<td>${compare(row.worker_rating, row.previous_worker_rating)}</td></tr>`
	);
	$(`<div class="case-compared w-100 px-3 mb-4"><table class="table table-sm mb-0">
		<thead><tr><th>${__("Life Domain")}</th><th>${__("Client")}</th><th>${__("Worker")}</th></tr></thead>
		<tbody>${body.join("")}</tbody></table></div>`).appendTo(
		frm.fields_dict.domains.$wrapper.closest(".form-section")
	);
}

function compare(now, before) {
	if (!now) return "";
	if (!before) return case_actions.text(now);
	const change = Number(now) - Number(before);
	const sign = change > 0 ? "↑" : change < 0 ? "↓" : "=";
	return `${case_actions.text(now)} <span class="text-muted">${sign} (${case_actions.text(before)})</span>`;
}
