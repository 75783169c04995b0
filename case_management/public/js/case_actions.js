// What the forms of this app share: the client's banner, action buttons, and link fields that stay with the client.
// A form script includes this file; Frappe puts it in its place on the server. Nothing is decided here: the record's
// own actions hold the rules, and refuse in words. No backslash may stand in this file (Frappe 15 reads it as a
// replacement pattern).

const case_actions = {
	// Link fields to these DocTypes offer records of the same client only; those in by_case, of the same case.
	by_client: ["Client Case", "Client Consent", "Disclosure", "Unmet Need"],
	by_case: [
		"Client Assessment",
		"Support Plan",
		"Support Goal",
		"Case Meeting",
		"Case Referral",
		"Exit Plan",
	],

	/**
	 * Set up the form of a DocType.
	 *
	 * @param {string} doctype
	 * @param {object[]} actions   {label, method, from, to, fields, group, primary, needs, show, values, done}:
	 *   from    the statuses in which the button shows; without it, in each
	 *   to      the status it leads to: it shows only if the active Workflow lets the user go there
	 *   fields  what is asked for, or a function of the form that returns it (also as a promise)
	 *   needs   the right it takes, "write" by default
	 *   only_shown  the dialog shows something and takes no action
	 *   values  turns what was entered into the action's arguments
	 *   done    a function of the answer that returns what to say
	 * @param {string[]} locked    the statuses in which the form cannot be edited
	 * @param {string[]} written_later   the fields that are still written then
	 */
	setup(doctype, { actions = [], locked = [], written_later = [] } = {}) {
		this.hide_workflow_steps(doctype, actions);
		frappe.ui.form.on(doctype, {
			setup: (frm) => {
				this.set_link_queries(frm);
				this.keep_words(frm);
			},
			onload: (frm) => this.fill_client(frm),
			refresh: (frm) => {
				this.show_banner(frm);
				if (!frm.is_dirty()) frm.case_seen = JSON.parse(JSON.stringify(frm.doc));
				if (frm.is_new()) return;
				const may = frm.perm[0] || {};
				this.add_buttons(
					frm,
					actions.filter((action) => may[action.needs || "write"])
				);
				if (locked.includes(frm.doc.status)) this.lock(frm, written_later);
			},
			client: (frm) => this.fill_case(frm),
			client_case: (frm) => this.fill_client(frm),
		});
	},

	lock(frm, written_later) {
		if (!written_later.length) return frm.disable_form();
		for (const field of frm.meta.fields) {
			if (!written_later.includes(field.fieldname))
				frm.set_df_property(field.fieldname, "read_only", 1);
		}
	},

	// The client's banner

	show_banner(frm) {
		frm.layout.wrapper.find(".case-banner").remove();
		const banner = this.get_banner(frm);
		if (!banner || frm.is_new()) return;
		const alerts = (banner.alerts || []).map(
			(row) =>
				`<div class="mt-2" data-alert>${this.pill(__(row.kind), "red")} ${this.text(row.alert)}</div>`
		);
		$(`<div class="case-banner form-section px-4 py-3 border-bottom" role="note">
			<div>${this.get_banner_head(banner).join(" ")}</div>
			${this.get_safe_contact(banner)}
			${this.get_contact_ways(banner).join("")}
			${alerts.join("")}
			${this.get_statements(frm).join("")}
			${this.get_consents(frm)}
		</div>`).prependTo(frm.layout.wrapper);
	},

	// What the client has stated about this very record.
	get_statements(frm) {
		const statements = (frm.doc.__onload && frm.doc.__onload.client_statements) || [];
		return statements.map(
			(row) =>
				`<div class="mt-2" data-statement>${this.pill(__("The Client's Statement"), "blue")}
				${this.text(row.statement)} ${this.link("Record Request", row.request)}</div>`
		);
	},

	// What the client agreed to have shared, and what not, on the forms by which something is shared or asked.
	get_consents(frm) {
		const consents = frm.doc.__onload && frm.doc.__onload.consents;
		if (!consents) return "";
		const lines = consents.map((row) => this.get_consent(row));
		if (!lines.length) lines.push(__("None recorded for this. Ask before anything is shared."));
		return `<div class="mt-2" data-consents>${this.pill(__("Consent"), "blue")} ${lines.join("<br>")}</div>`;
	},

	get_consent(row) {
		const [purpose, agency] = [this.text(__(row.purpose)), this.text(row.agency || __("any agency"))];
		const parts = [this.link("Client Consent", row.name), __("{0}, to {1}.", [purpose, agency])];
		if (row.expires_on) parts.push(__("Until {0}.", [frappe.datetime.str_to_user(row.expires_on)]));
		if (row.what_may_be_shared) parts.push(__("May be shared: {0}", [this.text(row.what_may_be_shared)]));
		if (row.what_to_withhold)
			parts.push(
				`<strong>${__("Not to be shared: {0}", [this.text(row.what_to_withhold)])}</strong>`
			);
		return parts.join(" ");
	},

	// The client's own form has what the banner says; the others get it from the server.
	get_banner(frm) {
		if (frm.doctype !== "Client") return frm.doc.__onload && frm.doc.__onload.client_banner;
		const today = this.today();
		return {
			...frm.doc,
			client: frm.docname,
			interpreter_language: frm.doc.interpreter_required && (frm.doc.interpreter_language || __("yes")),
			alerts: [
				...((frm.doc.__onload && frm.doc.__onload.safety_alerts) || []),
				...(frm.doc.alerts || []).filter(
					(row) =>
						(!row.from_date || row.from_date <= today) && (!row.to_date || row.to_date >= today)
				),
			],
		};
	},

	get_banner_head(banner) {
		const link = `<a href="/app/client/${encodeURIComponent(banner.client)}">${this.text(
			banner.client
		)}</a>`;
		return [
			`<strong style="font-size: var(--text-lg)">${this.text(banner.preferred_name)}</strong>`,
			banner.pronouns ? `<span class="text-muted">(${this.text(banner.pronouns)})</span>` : "",
			`<span class="mx-2">${link}</span>`,
			banner.interpreter_language
				? this.pill(__("Interpreter: {0}", [banner.interpreter_language]), "orange")
				: "",
			banner.died_on
				? this.pill(__("Died on {0}", [frappe.datetime.str_to_user(banner.died_on)]), "gray")
				: "",
			banner.restricted ? this.pill(__("Restricted"), "red") : "",
		];
	},

	get_safe_contact(banner) {
		if (!banner.safe_contact_note) return "";
		const label = __("How to Reach This Person Safely");
		return `<div class="mt-2">${this.pill(label, "yellow")} ${this.text(banner.safe_contact_note)}</div>`;
	},

	// Each way to reach them, and whether it is safe: what nobody has asked is to be asked first.
	get_contact_ways(banner) {
		const safe = { Yes: [__("Safe"), "green"], No: [__("Not Safe"), "red"] };
		return (banner.contact_ways || [])
			.filter((row) => row.detail)
			.map((row) => {
				const [label, colour] = safe[row.safe_to_use] || [__("Ask First"), "yellow"];
				const words = [`${__(row.way)}: ${row.detail}`, row.note].filter((part) => part).join(", ");
				return `<div class="mt-1" data-way>${this.pill(label, colour)} ${this.text(words)}</div>`;
			});
	},

	pill(label, colour) {
		return `<span class="indicator-pill no-indicator-dot ${colour} mr-1">${this.text(label)}</span>`;
	},

	text(value) {
		return frappe.utils.escape_html(String(value === undefined || value === null ? "" : value));
	},

	// Buttons

	add_buttons(frm, actions) {
		for (const action of actions) {
			if (!this.is_shown(frm, action)) continue;
			frm.add_custom_button(action.label, () => this.open(frm, action), action.group);
			if (action.primary) frm.change_custom_button_type(action.label, action.group || null, "primary");
		}
	},

	is_shown(frm, action) {
		if (action.from && !action.from.includes(frm.doc.status)) return false;
		if (action.show && !action.show(frm)) return false;
		return !action.to || this.get_steps(frm.doc, action.to).length > 0;
	},

	// The steps of the active Workflow by which the user may bring a record to a status; without one, always one.
	get_steps(doc, status) {
		const workflow = this.get_workflow(doc.doctype);
		if (!workflow || doc.status === status) return [{}];
		const state = doc[workflow.workflow_state_field];
		const goals = workflow.states.filter((row) => this.sets(row, status)).map((row) => row.state);
		return workflow.transitions.filter(
			(step) =>
				step.state === state &&
				goals.includes(step.next_state) &&
				(frappe.user.has_role(step.allowed) || frappe.session.user === "Administrator")
		);
	},

	get_workflow(doctype) {
		frappe.workflow.setup(doctype);
		return frappe.workflow.state_fields[doctype] ? frappe.workflow.workflows[doctype] : null;
	},

	sets(state, status) {
		return state.update_field === "status" && state.update_value === status;
	},

	// Frappe's own menu of steps: those that one of our buttons takes are not offered a second time.
	hide_workflow_steps(doctype, actions) {
		if (!frappe.workflow.case_actions) {
			const get_transitions = frappe.workflow.get_transitions;
			frappe.workflow.case_actions = {};
			frappe.workflow.get_transitions = (doc) =>
				get_transitions.call(frappe.workflow, doc).then((steps) => {
					const is_covered = frappe.workflow.case_actions[doc.doctype];
					return is_covered ? (steps || []).filter((step) => !is_covered(doc, step)) : steps;
				});
		}
		frappe.workflow.case_actions[doctype] = (doc, step) => {
			const workflow = this.get_workflow(doctype);
			const state = workflow && workflow.states.find((row) => row.state === step.next_state);
			return (
				!!state &&
				actions.some(
					(action) =>
						action.to &&
						this.sets(state, action.to) &&
						doc.status !== action.to &&
						(!action.from || action.from.includes(doc.status))
				)
			);
		};
	},

	// Taking an action

	async open(frm, action) {
		if (frm.is_dirty()) await frm.save();
		// What was typed is not stored: an action would go past it.
		if (frm.is_dirty()) {
			return frappe.show_alert({
				message: __("{0} was not done: the form could not be saved.", [action.label]),
				indicator: "red",
			});
		}
		const asked = typeof action.fields === "function" ? await action.fields(frm) : action.fields;
		if (!asked || !asked.length) {
			frappe.confirm(__("{0}?", [action.label]), () => this.run(frm, action, {}));
			return;
		}
		const dialog = new frappe.ui.Dialog({
			title: action.label,
			fields: asked,
			size: asked.some((field) => ["Table", "HTML"].includes(field.fieldtype)) ? "large" : undefined,
			primary_action_label: action.only_shown ? __("Close") : action.label,
			primary_action: (values) => {
				if (action.only_shown) return dialog.hide();
				dialog.disable_primary_action();
				this.run(frm, action, values)
					.then(() => dialog.hide())
					.catch(() => dialog.enable_primary_action());
			},
		});
		dialog.show();
	},

	// A second click while an action runs waits for the same answer.
	run(frm, action, values) {
		if (!frm.case_action) {
			frm.case_action = this.take(frm, action, values).finally(() => (frm.case_action = null));
		}
		return frm.case_action;
	},

	async take(frm, action, values) {
		const given = action.values ? action.values(values, frm) : values;
		const answer = await this.call(frm, action.method, given).catch(async (error) => {
			await this.show_unsaved(frm, error || {});
			throw error;
		});
		await frm.reload_doc();
		const said = action.done && action.done(answer || {}, frm);
		frappe.show_alert(
			{ message: said || __("{0}: done", [action.label]), indicator: "green" },
			said ? 10 : 5
		);
	},

	call(frm, method, values) {
		return new Promise((resolve, reject) =>
			frappe.call({
				method: "run_doc_method",
				type: "POST",
				args: {
					dt: frm.doctype,
					dn: frm.docname,
					method,
					args: this.drop_empty({ ...values, as_of: frm.doc.modified }),
				},
				freeze: true,
				callback: (r) => resolve(r.message),
				error: reject,
			})
		);
	},

	// Somebody else was quicker: the dialog keeps what was entered, the form shows what is stored now.
	async show_unsaved(frm, error) {
		if (!error.unsaved_words) return;
		await frm.reload_doc();
		if (error.exc_type === "TimestampMismatchError" || !this.get_lines(error.unsaved_words).length) return;
		const dialog = new frappe.ui.Dialog({
			title: __("Your Words That Were Not Recorded"),
			fields: [
				{
					fieldname: "words",
					fieldtype: "Long Text",
					label: __("Copy them to where they belong"),
					default: this.get_lines(error.unsaved_words).join(String.fromCharCode(10)),
				},
			],
			primary_action_label: __("Close"),
			primary_action: () => dialog.hide(),
		});
		dialog.show();
	},

	get_lines(words) {
		return Object.values(words)
			.flat()
			.map((value) =>
				value && typeof value === "object" ? Object.values(value).join(", ") : String(value)
			)
			.filter((line) => line);
	},

	// Words that could not be saved since the record was changed meanwhile

	keep_words(frm) {
		const save = frm.save.bind(frm);
		frm.save = async (...given) => {
			const answer = await save(...given);
			if (frm.is_dirty() && !frm.is_new()) await this.offer_newer(frm);
			return answer;
		};
	},

	async offer_newer(frm) {
		const { message } = await frappe.db.get_value(frm.doctype, frm.docname, "modified");
		if (!message || !message.modified || message.modified === frm.doc.modified) return;
		frappe.hide_msgprint(true);
		frappe.confirm(
			__(
				"This record was changed after you opened it. Load it as it is now and put what you entered over it? You can look at it before you save."
			),
			() => this.lay_over(frm)
		);
	},

	async lay_over(frm) {
		const changes = this.get_changes(frm.meta, frm.case_seen || {}, frm.doc);
		await frm.reload_doc();
		for (const [fieldname, value] of Object.entries(changes)) {
			const field = frappe.meta.get_docfield(frm.doctype, fieldname);
			if (frappe.model.table_fields.includes(field.fieldtype)) this.lay_rows_over(frm, field, value);
			else await frm.set_value(fieldname, value);
		}
		frappe.show_alert({
			message: __("What you entered stands in the newer record. Look at it, then save."),
			indicator: "orange",
		});
	},

	// Rows that are gone meanwhile, and those that are new, are added at the end.
	lay_rows_over(frm, field, rows) {
		for (const { name, changed } of rows) {
			const there = (frm.doc[field.fieldname] || []).find((row) => row.name === name);
			const row = there || frm.add_child(field.fieldname);
			for (const [fieldname, value] of Object.entries(changed))
				frappe.model.set_value(row.doctype, row.name, fieldname, value);
		}
		frm.refresh_field(field.fieldname);
	},

	// What somebody typed: fieldname → value, or the rows of a table with the fields that changed.
	get_changes(meta, before, now) {
		const changes = {};
		for (const field of meta.fields) {
			const [old, value] = [before[field.fieldname], now[field.fieldname]];
			if (field.read_only || frappe.model.no_value_type.includes(field.fieldtype)) {
				if (!frappe.model.table_fields.includes(field.fieldtype)) continue;
			}
			if (frappe.model.table_fields.includes(field.fieldtype)) {
				const rows = this.get_changed_rows(frappe.get_meta(field.options), old || [], value || []);
				if (rows.length) changes[field.fieldname] = rows;
			} else if ((old || "") !== (value || "")) {
				changes[field.fieldname] = value;
			}
		}
		return changes;
	},

	get_changed_rows(meta, before, now) {
		return now
			.map((row) => ({ row, seen: before.find((other) => other.name === row.name) || {} }))
			.map(({ row, seen }) => ({
				name: row.name,
				changed: seen.name ? this.get_changes(meta, seen, row) : this.get_values(meta, row),
			}))
			.filter(({ changed }) => Object.keys(changed).length);
	},

	get_values(meta, row) {
		const values = meta.fields.map((field) => [field.fieldname, row[field.fieldname]]);
		return this.drop_empty(Object.fromEntries(values));
	},

	drop_empty(values) {
		return Object.fromEntries(
			Object.entries(values || {}).filter(
				([, value]) => value !== undefined && value !== null && value !== ""
			)
		);
	},

	link(doctype, name) {
		return frappe.utils.get_form_link(doctype, name, true, this.text(name));
	},

	made(doctype, name) {
		return name ? `${__(doctype)}: ${this.link(doctype, name)}` : "";
	},

	// A second pair of eyes, where the record's program wants one.

	approvals() {
		const state = (frm) => (frm.doc.__onload && frm.doc.__onload.approval) || {};
		const note = { fieldname: "note", label: __("Note"), fieldtype: "Small Text" };
		const group = __("Approval");
		return [
			{
				label: __("Ask for Approval"),
				method: "ask_approval",
				group,
				show: (frm) => state(frm).needed && frm.doc.approval !== "Asked",
				fields: [note],
				done: () => __("The team leader is notified."),
			},
			{
				label: __("Approve"),
				method: "approve",
				group,
				show: (frm) => state(frm).may_approve && frm.doc.approval !== "Approved",
				fields: [note],
			},
			{
				label: __("Return for Changes"),
				method: "return_for_changes",
				group,
				show: (frm) => state(frm).may_approve && frm.doc.approval === "Asked",
				fields: [{ ...note, reqd: 1 }],
			},
		];
	},

	// What a client agrees to: shared, agreed to, and revised as a new version.

	share_and_agree(agreed, options = {}) {
		return [
			{ label: __("Share With Client"), method: "share_with_client", from: ["Draft"], to: "With Client" },
			{
				label: __("Record Agreement"),
				method: "agree",
				from: ["Draft", "With Client"],
				to: agreed,
				primary: true,
				fields: (frm) => this.agreement(frm),
				...options,
			},
		];
	},

	revise(doctype, answers) {
		return {
			label: __("Revise"),
			method: "revise",
			from: ["Agreed"],
			fields: [this.reason(__("Reason of the Revision"))],
			done: (answer) => this.made(doctype, answer[answers]),
		};
	},

	// Fields for dialogs

	code(fieldname, label, code_list, options = {}) {
		return {
			fieldname,
			label,
			fieldtype: "Link",
			options: "Case Code",
			only_select: 1,
			get_query: () => ({ filters: { code_list, enabled: 1 } }),
			...options,
		};
	},

	// Today on the site's calendar, by which the server judges days.
	today() {
		return frappe.datetime.system_datetime().slice(0, 10);
	},

	date(fieldname, label, options = {}) {
		return { fieldname, label, fieldtype: "Date", default: this.today(), ...options };
	},

	user(fieldname, label, options = {}) {
		return {
			fieldname,
			label,
			fieldtype: "Link",
			options: "User",
			only_select: 1,
			get_query: () => ({ filters: { enabled: 1, user_type: "System User" } }),
			...options,
		};
	},

	agreement(frm) {
		return [
			this.date("on", __("Agreed on"), { reqd: 1 }),
			{ fieldname: "how", label: __("How the Client Agreed"), fieldtype: "Data", reqd: 1 },
			{
				fieldname: "participation",
				label: __("How the Client Took Part"),
				fieldtype: "Select",
				options: this.options(frm, "participation"),
				default: frm.doc.participation,
			},
			{ fieldname: "signature", label: __("Signature"), fieldtype: "Signature" },
		];
	},

	reason(label = __("Reason"), fieldname = "reason") {
		return { fieldname, label, fieldtype: "Small Text", reqd: 1 };
	},

	// A form's own choices, translated, for a dialog.
	options(frm, fieldname) {
		const field = frappe.meta.get_docfield(frm.doctype, fieldname);
		return (field.options || "")
			.split(String.fromCharCode(10))
			.map((value) => ({ value, label: __(value) }));
	},

	// Links that stay with the client

	set_link_queries(frm) {
		for (const field of frm.meta.fields) {
			if (field.fieldtype === "Table") {
				for (const column of frappe.get_meta(field.options).fields) {
					const query = this.get_query(frm, column);
					if (query) frm.set_query(column.fieldname, field.fieldname, query);
				}
			}
			const query = this.get_query(frm, field);
			if (query) frm.set_query(field.fieldname, query);
		}
	},

	get_query(frm, field) {
		if (field.fieldtype !== "Link" || field.fieldname === "head_case") return null;
		if (this.by_case.includes(field.options)) {
			return () => ({ filters: this.drop_empty(this.get_case_filters(frm)) });
		}
		if (this.by_client.includes(field.options)) {
			return () => ({ filters: this.drop_empty({ client: frm.doc.client }) });
		}
		return null;
	},

	get_case_filters(frm) {
		const client_case = frm.doctype === "Client Case" ? frm.docname : frm.doc.client_case;
		return client_case ? { client_case } : { client: frm.doc.client };
	},

	// A new record opened from a case, a plan or a goal takes its client and case from there.
	async fill_client(frm) {
		if (!frm.is_new() || !frm.fields_dict.client || frm.doc.client) return;
		const source = frm.meta.fields.find(
			(field) =>
				field.fieldtype === "Link" &&
				frm.doc[field.fieldname] &&
				(field.options === "Client Case" || this.by_case.includes(field.options))
		);
		if (!source) return;
		const wanted = source.options === "Client Case" ? ["client"] : ["client", "client_case"];
		const { message } = await frappe.db.get_value(source.options, frm.doc[source.fieldname], wanted);
		if (message && message.client) await frm.set_value(message);
	},

	// Where a client has one open case, it is that one.
	async fill_case(frm) {
		if (!frm.is_new() || !frm.fields_dict.client_case || frm.doc.client_case || !frm.doc.client) return;
		const cases = await frappe.db.get_list("Client Case", {
			filters: { client: frm.doc.client, status: ["!=", "Closed"] },
			limit: 2,
		});
		if (cases.length === 1 && !frm.doc.client_case) await frm.set_value("client_case", cases[0].name);
	},
};
