"""What the search does not ask, and why."""

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
