from case_management.case_management.guard.guarded import GUARDED as _GUARDED
from case_management.case_management.keeping.retention import RECORDS_OF_SERVICE as _SERVICES
from case_management.permissions import CLIENT_RECORDS as _CLIENT_RECORDS

_MODULE = "case_management.case_management"

app_name = "case_management"
app_title = "Case Management"
app_publisher = "Case Management for Frappe contributors"
app_description = "Client-focused case management for community services"
app_email = "case-management@example.org"
app_license = "MIT"

after_install = "case_management.setup.install.after_install"
after_migrate = ["case_management.setup.migrate.after_migrate"]
before_uninstall = "case_management.setup.uninstall.before_uninstall"
after_uninstall = "case_management.setup.uninstall.after_uninstall"

# Who sees what: one rule for the list and for the document. The list hook is asked about every DocType, so that
# child tables, and client records to come, are covered without being named.
permission_query_conditions = {"*": "case_management.permissions.query_conditions"}
has_permission = dict.fromkeys(_CLIENT_RECORDS, "case_management.permissions.has_permission")
# What points at a client's record (a comment, a file, a to-do …) follows it.
has_permission["*"] = f"{_MODULE}.guard.references.has_permission"
has_permission["File"] = f"{_MODULE}.guard.attachments.has_permission"
has_permission["Number Card"] = "case_management.case_management.record.number_cards.has_permission"

# Records follow the administrator's workflows: saving one brings their workflow state into line.
doc_events = {
	"Workflow": {"on_update": "case_management.case_management.record.status.update_states"},
	# How long a client's record is kept follows from what happens to these.
	**{name: {"on_change": f"{_MODULE}.keeping.retention.update_retention_of"} for name in _SERVICES},
	# Nobody attaches anything to a client's record that they do not see.
	"*": {
		"before_validate": f"{_MODULE}.guard.authors.set_author",
		"validate": f"{_MODULE}.guard.attachments.validate_attached",
		"on_change": f"{_MODULE}.guard.referencing.note_references",
		"on_trash": f"{_MODULE}.guard.deletion.refuse_named",
	},
	"File": {
		"before_insert": f"{_MODULE}.guard.attachments.store_apart",
		"validate": f"{_MODULE}.guard.attachments.validate_file",
	},
	# Nobody is given something to do about a client whom a conflict keeps from them.
	"ToDo": {"validate": f"{_MODULE}.access.conflicts.validate_todo"},
	# What Frappe mails or keeps for everybody holds nothing of a client's record.
	"Auto Email Report": {"validate": f"{_MODULE}.guard.outgoing.validate_mailed_report"},
	"Comment": {"validate": f"{_MODULE}.guard.outgoing.validate_mentions"},
	"DocShare": {"after_insert": f"{_MODULE}.guard.outgoing.drop_share"},
	"Document Follow": {"after_insert": f"{_MODULE}.guard.outgoing.drop_follow"},
	"Document Share Key": {"validate": f"{_MODULE}.guard.outgoing.refuse_key"},
	"Error Log": {"before_insert": f"{_MODULE}.guard.outgoing.drop_values"},
	"Kanban Board": {"validate": f"{_MODULE}.guard.outgoing.clear_order"},
	"Notification Log": {"before_insert": f"{_MODULE}.guard.outgoing.clear_content"},
	"Web Form": {"validate": f"{_MODULE}.guard.outgoing.close_web_form"},
	# Who looked at a record stays who it was; and nobody's leaving leaves a client without anybody, unnoticed.
	"User": dict.fromkeys(("before_rename", "on_update"), f"{_MODULE}.reminders.leaving.follow_user"),
}

# What a request may not ask, whichever function of Frappe it asks, and functions that would tell past the hooks above.
before_request = [f"{_MODULE}.guard.gate.check_request"]
override_whitelisted_methods = {path: f"{_MODULE}.guard.{guard}" for path, guard in _GUARDED.items()}

# A look at a client's record leaves a line, once the request is answered; and what is exported holds no formula.
after_request = [f"{_MODULE}.looking.answered.finish"]

# What happens by itself; none of it keeps a user waiting, so it runs in the queue for long jobs.
scheduler_events = {
	"hourly_long": [f"{_MODULE}.reminders.jobs.send_hourly_case_reminders"],
	"daily_long": [
		f"{_MODULE}.reminders.jobs.send_daily_case_reminders",
		f"{_MODULE}.access.secondment.warn_of_secondment_end",
		f"{_MODULE}.access.secondment.end_secondments",
		f"{_MODULE}.voice.feedback.invite_for_feedback",
		f"{_MODULE}.keeping.retention.update_retention",
		f"{_MODULE}.keeping.disposal.dispose_expired",
		f"{_MODULE}.guard.referencing.find_references",
	],
}

export_python_type_annotations = True
