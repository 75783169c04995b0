from case_management.permissions import CLIENT_RECORDS as _CLIENT_RECORDS

app_name = "case_management"
app_title = "Case Management"
app_publisher = "Case Management for Frappe contributors"
app_description = "Client-focused case management for community services"
app_email = "case-management@example.org"
app_license = "MIT"

after_install = "case_management.setup.install.after_install"
before_uninstall = "case_management.setup.uninstall.before_uninstall"
after_uninstall = "case_management.setup.uninstall.after_uninstall"

# Who sees what: one rule for the list and for the document. The list hook is asked about every DocType, so that
# child tables, and client records to come, are covered without being named.
permission_query_conditions = {"*": "case_management.permissions.query_conditions"}
has_permission = dict.fromkeys(_CLIENT_RECORDS, "case_management.permissions.has_permission")
has_permission["Number Card"] = "case_management.case_management.number_cards.has_permission"

# Records follow the administrator's workflows: saving one brings their workflow state into line.
doc_events = {"Workflow": {"on_update": "case_management.case_management.status.update_states"}}

export_python_type_annotations = True
