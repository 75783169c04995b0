"""What the sweep over every function leaves out, gives to functions that call others, and has left to Frappe."""

import re

# Functions that are not asked, by the reason: nothing that reads a record is among them.
NOT_ASKED = {
	"ends the session, or changes how somebody signs in": (
		r"frappe\.handler\.(web_)?logout",
		r"frappe\.sessions\.clear",
		r"user\.user\.(generate_keys|impersonate|reset_password|sign_up|update_password|verify_password)",
		r"frappe\.twofactor\.",
		r"frappe\.www\.login\.",
		r"ldap_settings\.",
		r"oauth2_logins\.",
		r"email_account\.set_email_password",
		r"third_party_apps\.delete_client",
	),
	"changes how the site works": (
		r"setup_wizard\.(setup_complete|initialize)",
		r"permission_manager\.(add|remove|reset|update)$",
		r"installed_applications\.update",
		r"(activate|toggle)_(scheduler|sending)",
		r"Customize ?Form",
		r"Document ?Naming ?Settings\.update",
		r"custom_field\.rename_fieldname",
		r"Portal ?Settings\.reset",
		r"Website ?Theme\.set_as_default",
		r"Role ?Permissionfor ?Page|Role Permission for Page",
		r"Role ?Replication",
		r"Report\.(set_doctype_roles|toggle_disable)",
		r"global_search_settings\.reset",
		r"modules\.utils\.export_customizations",
		r"recorder\.(add_indexes|start|stop|delete|import_data|optimize)",
		r"optimize_doctype",
		r"nestedset\.rebuild_tree",
		r"workspace\.workspace\.delete_page",
		r"Module ?Onboarding\.reset",
		r"error_log\.clear_error_logs",
		r"rq_job\.(remove_failed_jobs|stop_job)",
		r"scheduled_job_type\.execute_event",
	),
	"gives a report a name, which somebody else has just given to theirs": (
		r"reportview\.(save|delete)_report",
	),
	"makes a page of what it is given": (r"print_format\.report_to_pdf",),
	"talks to another service, or makes a backup": (
		r"\.(google|dropbox|s3_backup|connected_app|push_notification|network_printer)",
		r"Connected ?App|Network ?Printer|Newsletter",
		r"google_(oauth|indexing|fonts)|get_google_fonts",
		r"frappe_providers|frappe_mail|geolocation|pull_emails",
		r"backup",
		r"frappe\.push_notification",
		r"change_log\.",
		r"send_sms|newsletter\.",
	),
	"is about the people who work here, not about clients": (r"[Pp]ersonal_?[Dd]ata", r"www\.contact\."),
}
SKIPPED = re.compile("|".join(pattern for patterns in NOT_ASKED.values() for pattern in patterns))

# Functions that a function which takes another's name is given to call.
CALLED = (
	"frappe.client.get_count",
	"frappe.client.validate_link",
	"frappe.client.has_permission",
	"frappe.desk.form.utils.get_next",
	"frappe.desk.listview.get_group_by_count",
	"frappe.desk.search.search_link",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
)

# Functions that tell something and are left as they are: the reason, and the version of Frappe that mends it.
LEFT_TO_FRAPPE: dict[str, tuple[str, str]] = {
	"a template of one's own": (
		"A System Manager writes templates, reports and scripts, which Frappe runs with every right.",
		"none: give the role to few",
	),
}

# The kind of trace that a function is about whose parameters do not say it.
KINDS = {
	"api.file": "File",
	"comment": "Comment",
	"communication": "Communication",
	"deleted_document": "Deleted Document",
	"email.inbox": "Communication",
	"email_queue": "Email Queue",
	"energy_point": "Energy Point Log",
	"file": "File",
	"notification_log": "Notification Log",
	"prepared_report": "Prepared Report",
	"relink": "Communication",
	"utils.diff": "Version",
	"workflow_action": "Workflow Action",
}
