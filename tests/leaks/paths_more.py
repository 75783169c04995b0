"""Paths that do something with a record, and paths around it: workflow, sharing, mail, reports, web forms."""

from check import Path, call, make_paths, post
from paths_desk import DESK, FORM, TAG, VIEW, WORKFLOW, document, reference
from people import Ask
from world import Target

SOMEBODY = "permitted@leaks.example.org"
FEEDBACK = "client-feedback"
MAILED = "LEAKS-98101"


def make_about(doctype: str, **values: object) -> Path:
	"""Return the path of making a record of a DocType that points at the hidden one."""

	def ask(target: Target) -> Ask:
		about = {
			key: {"doctype": target.doctype, "name": target.name}.get(value, value)
			for key, value in values.items()
		}
		return Ask("POST", f"/api/resource/{doctype}", about)

	return Path(f"make a {doctype} about it", ask)


def run_report(target: Target, **filters: object) -> Ask:
	return call(
		f"{DESK}.query_report.run", report_name=target.name, filters=filters, ignore_prepared_report=1
	)


ACT = {
	"comment": lambda t: post(
		f"{FORM}.utils.add_comment", **reference(t), content="Hello", comment_email=SOMEBODY, comment_by="A"
	),
	"tag": lambda t: post(f"{TAG}.add_tag", tag="leaks", dt=t.doctype, dn=t.name),
	"tag several": lambda t: post(f"{TAG}.add_tags", tags=["leaks"], dt=t.doctype, docs=[t.name]),
	"untag": lambda t: post(f"{TAG}.remove_tag", tag="leaks", dt=t.doctype, dn=t.name),
	"like": lambda t: post(f"{DESK}.like.toggle_like", **document(t), add="Yes"),
	"follow": lambda t: post(
		f"{FORM}.document_follow.update_follow", doctype=t.doctype, doc_name=t.name, following=1
	),
	"follow for somebody": lambda t: post(
		f"{FORM}.document_follow.follow_document", doctype=t.doctype, doc_name=t.name, user=SOMEBODY
	),
	"unfollow": lambda t: post(
		f"{FORM}.document_follow.unfollow_document", doctype=t.doctype, doc_name=t.name, user=SOMEBODY
	),
	"assign": lambda t: post(f"{FORM}.assign_to.add", **document(t), assign_to=[SOMEBODY]),
	"assign several": lambda t: post(
		f"{FORM}.assign_to.add_multiple", doctype=t.doctype, name=[t.name], assign_to=[SOMEBODY]
	),
	"end an assignment": lambda t: post(f"{FORM}.assign_to.remove", **document(t), assign_to=SOMEBODY),
	"close an assignment": lambda t: post(f"{FORM}.assign_to.close", **document(t), assign_to=SOMEBODY),
	"share": lambda t: post("frappe.share.add", **document(t), user=SOMEBODY, read=1),
	"set a share": lambda t: post(
		"frappe.share.set_permission", **document(t), user=SOMEBODY, permission_to="read"
	),
	"save a form": lambda t: post(
		f"{FORM}.save.savedocs", doc={**document(t), t.field: t.marker}, action="Save"
	),
	"cancel a form": lambda t: post(f"{FORM}.save.cancel", **document(t)),
	"delete from a list": lambda t: post(f"{VIEW}.delete_items", doctype=t.doctype, items=[t.name]),
	"bulk update": lambda t: post(
		f"{DESK}.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		doctype=t.doctype,
		docnames=[t.name],
		action="update",
		data={t.field: t.marker},
	),
	"rename": lambda t: post("frappe.rename_doc", doctype=t.doctype, old=t.name, new=f"{t.name}-X"),
	"merge": lambda t: post("frappe.rename_doc", doctype=t.doctype, old=t.name, new=t.name, merge=1),
	"rename by the title": lambda t: post(
		"frappe.model.rename_doc.update_document_title", doctype=t.doctype, docname=t.name, name=f"{t.name}-X"
	),
	"unlock": lambda t: post("frappe.model.document.unlock_document", **document(t)),
	"move an event": lambda t: post(
		f"{DESK}.calendar.update_event",
		args={**document(t), "creation": "2026-01-01"},
		field_map={"start": "creation", "end": "creation"},
	),
	"repeat": lambda t: post(
		"frappe.automation.doctype.auto_repeat.auto_repeat.make_auto_repeat",
		doctype=t.doctype,
		docname=t.name,
	),
	"remind": lambda t: post(
		"frappe.automation.doctype.reminder.reminder.create_new_reminder",
		remind_at="2099-01-01 00:00:00",
		description="Hello",
		reminder_doctype=t.doctype,
		reminder_docname=t.name,
	),
	"apply an assignment rule": lambda t: post(
		"frappe.automation.doctype.assignment_rule.assignment_rule.bulk_apply",
		doctype=t.doctype,
		docnames=[t.name],
	),
	"upload a file": lambda t: post(
		"upload_file", doctype=t.doctype, docname=t.name, file_name="a.txt", file_url="/private/files/a.txt"
	),
	"amended from it": lambda t: post(
		"frappe.client.insert", doc={"doctype": t.doctype, "amended_from": t.name, "client": t.client}
	),
}
FLOW = {
	"workflow transitions": lambda t: post(f"{WORKFLOW}.get_transitions", doc=document(t)),
	"workflow action": lambda t: post(f"{WORKFLOW}.apply_workflow", doc=document(t), action="Close"),
	"workflow actions in common": lambda t: post(
		f"{WORKFLOW}.get_common_transition_actions", docs=[document(t)], doctype=t.doctype
	),
	"bulk workflow action": lambda t: post(
		f"{WORKFLOW}.bulk_workflow_approval", docnames=[t.name], doctype=t.doctype, action="Close"
	),
	"workflow action by mail": lambda t: call(
		"frappe.workflow.doctype.workflow_action.workflow_action.apply_action",
		action="Close",
		doctype=t.doctype,
		docname=t.name,
		current_state="Active",
		user=SOMEBODY,
	),
}
MAIL = {
	"mail": lambda t: post(
		"frappe.core.doctype.communication.email.make", **document(t), content="Hello", subject="Hello"
	),
	"mail with a print": lambda t: post(
		"frappe.core.doctype.communication.email.make",
		**document(t),
		content="Hello",
		recipients=SOMEBODY,
		send_email=1,
		print_format="Standard",
	),
	"mail template": lambda t: post(
		"frappe.email.doctype.email_template.email_template.get_email_template",
		template_name="Nothing",
		doc=document(t),
	),
	"message of a repetition": lambda t: post(
		"frappe.automation.doctype.auto_repeat.auto_repeat.generate_message_preview",
		reference_dt=t.doctype,
		reference_doc=t.name,
		subject=f"{{{{ doc.{t.field} }}}}",
		message="Hello",
	),
	"unsubscribe": lambda t: call("frappe.email.queue.unsubscribe", **document(t), email=SOMEBODY),
	"submissions": lambda t: call(
		"frappe.core.doctype.submission_queue.submission_queue.get_latest_submissions",
		doctype=t.doctype,
		docname=t.name,
	),
	"energy points": lambda t: call(
		"frappe.social.doctype.energy_point_log.energy_point_log.get_reviews",
		doctype=t.doctype,
		docname=t.name,
	),
	"address": lambda t: call("frappe.contacts.doctype.address.address.get_default_address", **document(t)),
}
WEB = {
	"web form": lambda t: call(
		"frappe.website.doctype.web_form.web_form.get_form_data",
		doctype=t.doctype,
		docname=t.name,
		web_form_name=FEEDBACK,
	),
	"web form sent again": lambda t: post(
		"frappe.website.doctype.web_form.web_form.accept", web_form=FEEDBACK, data=document(t)
	),
	"list on the website": lambda t: call("frappe.www.list.get", doctype=t.doctype),
	"list data on the website": lambda t: call(
		"frappe.www.list.get_list_data", doctype=t.doctype, txt=t.name
	),
	"comment on the website": lambda t: post(
		"frappe.templates.includes.comments.comments.add_comment",
		**reference(t),
		comment="Hello",
		comment_email=SOMEBODY,
		comment_by="A",
		route="a",
	),
	"like on the website": lambda t: post(
		"frappe.templates.includes.likes.likes.like", **reference(t), like=1, route="a"
	),
	"discussion": lambda t: post(
		"frappe.website.doctype.discussion_topic.discussion_topic.submit_discussion",
		doctype=t.doctype,
		docname=t.name,
		reply="Hello",
		title="Hello",
	),
}
MAKE = [
	make_about("ToDo", description="A", reference_type="doctype", reference_name="name"),
	make_about("Comment", comment_type="Comment", reference_doctype="doctype", reference_name="name"),
	make_about(
		"File", file_name="a.txt", content="a", attached_to_doctype="doctype", attached_to_name="name"
	),
	make_about("Tag Link", document_type="doctype", document_name="name", tag="leaks"),
	make_about("Document Follow", ref_doctype="doctype", ref_docname="name", user=SOMEBODY),
	make_about("DocShare", share_doctype="doctype", share_name="name", user=SOMEBODY, read="1"),
	make_about("Communication", subject="A", reference_doctype="doctype", reference_name="name"),
	make_about("User Permission", allow="doctype", for_value="name", user=SOMEBODY),
]
REPORTS_EVERYBODY = {"report": run_report}
REPORTS = {
	"report over past years": lambda t: run_report(t, from_date="2000-01-01", to_date="2099-12-31"),
	"report as a file": lambda t: post(
		f"{DESK}.query_report.export_query",
		report_name=t.name,
		file_format_type="CSV",
		filters={},
		visible_idx=[],
		csv_delimiter=",",
		csv_quoting=2,
	),
	"report that is mailed": lambda t: call(
		"frappe.email.doctype.auto_email_report.auto_email_report.download", name=MAILED
	),
}
# What a trace of a kind holds, told by its own function.
OF_TRACES = {
	"restored document": lambda t: (
		t.doctype == "Deleted Document"
		and post("frappe.core.doctype.deleted_document.deleted_document.restore", name=t.name)
	),
	"mail sent now": lambda t: (
		t.doctype == "Email Queue"
		and post("frappe.email.doctype.email_queue.email_queue.send_now", name=t.name)
	),
	"difference of versions": lambda t: (
		t.doctype == "Version"
		and call(
			"frappe.utils.diff.get_version_diff", from_version=t.name, to_version=t.name, fieldname="note"
		)
	),
	"packed files": lambda t: t.doctype == "File" and call("frappe.core.api.file.zip_files", files=[t.name]),
}
PATHS = [
	*make_paths({**ACT, **FLOW, **MAIL, **WEB}),
	*MAKE,
	*make_paths(REPORTS_EVERYBODY, about="report", everybody=True),
	*make_paths(REPORTS, about="report"),
	*make_paths(OF_TRACES, about="trace"),
]
