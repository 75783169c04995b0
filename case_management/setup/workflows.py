"""The default workflows: one data file a DocType in `case_management/workflows/`, in a short form.

A file names the DocType, the roles that act, the states with their colours, and the steps; a step may name roles of
its own. A state's name is the status it sets. A DocType that has a Workflow, active or not, keeps what it has.
"""

import json
from pathlib import Path

import frappe
from frappe.model.document import Document

FOLDER = Path(__file__).parent.parent / "workflows"

# The parent of the DefaultValue rows that say which states and actions came with this app: others may have the same
# names, and uninstall takes away only its own.
MADE_BY = "Case Management"


def make_workflows() -> None:
	"""Insert the workflow of each DocType that has none, with the states and actions it needs."""
	for path in sorted(FOLDER.glob("*.json")):
		make_workflow(json.loads(path.read_text(encoding="utf-8")))


def make_workflow(data: dict) -> None:
	"""Insert one workflow unless its DocType, or a workflow of its name, is there already."""
	doctype = data["document_type"]
	if frappe.db.exists("Workflow", {"document_type": doctype}) or frappe.db.exists("Workflow", doctype):
		return
	for state, style in data["states"].items():
		make_master("Workflow State", workflow_state_name=state, style=style)
	for step in data["transitions"]:
		make_master("Workflow Action Master", workflow_action_name=step["action"])
	get_workflow(data).insert(ignore_permissions=True)


def make_master(doctype: str, **values) -> None:
	"""Insert a state or an action that the site does not have, and remember that it came with this app."""
	name = next(iter(values.values()))
	if frappe.db.exists(doctype, name):
		return
	frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
	frappe.defaults.add_default(doctype, name, MADE_BY)


def get_workflow(data: dict) -> Document:
	"""Return the Workflow that a data file describes, not stored: one row for each role that may take a step."""
	steps = [(step, role) for step in data["transitions"] for role in step.get("roles", data["roles"])]
	return frappe.get_doc(
		{
			"doctype": "Workflow",
			"workflow_name": data["document_type"],
			"document_type": data["document_type"],
			"workflow_state_field": "workflow_state",
			"is_active": 1,
			"send_email_alert": 0,
			"states": [get_state(state) for state in data["states"]],
			"transitions": [get_transition(step, role) for step, role in steps],
		}
	)


def get_state(state: str) -> dict:
	# Frappe reads `allow_edit` in the browser only: who may write is said by the permission rows, for all paths.
	return {
		"state": state,
		"doc_status": "0",
		"update_field": "status",
		"update_value": state,
		"allow_edit": "All",
	}


def get_transition(step: dict, role: str) -> dict:
	return {
		"state": step["from"],
		"action": step["action"],
		"next_state": step["to"],
		"allowed": role,
		"allow_self_approval": 1,
	}
