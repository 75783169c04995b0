"""Ways around, found by reading Frappe's functions: names in unusual arguments, oracles, functions that call others."""

import json
from typing import Any

from check import Path, call, get, post, send
from people import Ask
from sweep import get_word
from world import Target

FILES = "frappe.core.api.file"
GOAL = "frappe.utils.goal.get_monthly_goal_graph_data"
KANBAN = "frappe.desk.doctype.kanban_board.kanban_board"
MAP = "frappe.model.mapper.map_docs"
NEXT = "frappe.desk.form.utils.get_next"
GROUPS = "frappe.desk.listview.get_group_by_count"
PREVIEW = "frappe.automation.doctype.auto_repeat.auto_repeat.generate_message_preview"
STATES = "frappe.workflow.doctype.workflow.workflow.get_workflow_state_count"
TREE = "frappe.desk.treeview.get_all_nodes"
SUBSCRIBE = "frappe.realtime.can_subscribe_doc"
BEFORE_ALL, AFTER_ALL = "2000-01-01", "2099-01-01"
# MariaDB compares without regard to blanks at the end.
BLANKS = " " * 150


def send_json(method: str, /, **values: Any) -> Ask:
	"""Return the call of a function with a JSON body, whose arguments are lists and objects, not their text."""
	return Ask("POST", f"/api/method/{method}", values, json=True)


def make(doctype: str, **values: Any) -> Ask:
	return Ask("POST", f"/api/resource/{doctype}", values, json=True)


def by_text(target: Target) -> dict[str, list[str]]:
	return {target.field: ["like", f"{get_word(target)}%"]}


def by_name(target: Target) -> dict[str, str]:
	return {"name": target.name}


def document(target: Target) -> dict[str, str]:
	return {"doctype": target.doctype, "name": target.name}


def mapped(function: str, target: Target, value: Any, **more: Any) -> Ask:
	return call(MAP, method=function, source_names=[target.doctype], target_doc=value, **more)


# A board that somebody makes of their own, to sort records on by a field of their choice.
BOARD = make(
	"Kanban Board",
	kanban_board_name="Leak Suite Board",
	reference_doctype="Client Case",
	field_name="status",
	columns=[{"column_name": "Active"}],
)

# Fields of a hidden record are compared, counted or grouped by.
ORACLES = {
	"next record by a field": lambda t: call(
		NEXT, doctype=t.doctype, value=t.name, prev=0, sort_field=t.field
	),
	"next record by its making": lambda t: call(
		NEXT, doctype=t.doctype, value=t.name, prev=1, sort_field="creation"
	),
	"number of to-dos by name": lambda t: call(
		GROUPS, doctype=t.doctype, current_filters=by_name(t), field="assigned_to"
	),
	"number of to-dos by text": lambda t: call(
		GROUPS, doctype=t.doctype, current_filters=by_text(t), field="assigned_to"
	),
	"groups by any field": lambda t: call(STATES, doctype=t.doctype, workflow_state_field=t.field, states=[]),
	"groups by name": lambda t: call(STATES, doctype=t.doctype, workflow_state_field="name", states=[]),
	"a field as a password": lambda t: call(
		"frappe.client.get_password", doctype=t.doctype, name=t.name, fieldname=t.field
	),
	"a field as a template": lambda t: call(
		PREVIEW,
		reference_dt=t.doctype,
		reference_doc=t.name,
		message=f"{{{{ doc.{t.field} }}}}",
	),
	"a template of one's own": lambda t: call(
		PREVIEW,
		reference_dt="Currency",
		reference_doc="AUD",
		message=f"{{{{ frappe.db.get_value('{t.doctype}', '{t.name}', '{t.field}') }}}}",
	),
	"highest of a field": lambda t: call(
		"frappe.desk.doctype.number_card.number_card.get_result",
		doc={"document_type": t.doctype, "function": "Maximum", "aggregate_function_based_on": t.field},
		filters=[[t.doctype, "name", "=", t.name]],
	),
	"heat map": lambda t: call(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
		chart={
			"document_type": t.doctype,
			"chart_type": "Count",
			"type": "Heatmap",
			"based_on": "creation",
			"filters_json": json.dumps([[t.doctype, "name", "=", t.name]]),
		},
	),
	"title of a link": lambda t: call("frappe.desk.search.get_link_title", doctype=t.doctype, docname=t.name),
}
# The name comes in a way that is easily overlooked.
NAMES = {
	"filters for a name": lambda t: send_json(
		"frappe.client.get_doc_permissions", doctype=t.doctype, docname=by_text(t)
	),
	"filters for a name, read": lambda t: send_json("frappe.client.get", doctype=t.doctype, name=by_text(t)),
	"filters for a name, form": lambda t: send_json(
		"frappe.desk.form.load.getdoc", doctype=t.doctype, name=by_name(t)
	),
	"filters for a name, assigned": lambda t: send_json(
		"frappe.desk.form.assign_to.add", doctype=t.doctype, name=by_name(t), assign_to=["a"]
	),
	"read by filters": lambda t: call("frappe.client.get", doctype=t.doctype, filters=by_text(t)),
	"name with blanks": lambda t: call(
		"frappe.client.has_permission", doctype=t.doctype, docname=t.name + BLANKS
	),
	"name with blanks, printed": lambda t: get("printview", doctype=t.doctype, name=t.name + BLANKS),
	"name in small letters": lambda t: call(
		"frappe.client.has_permission", doctype=t.doctype, docname=t.name.lower()
	),
	"object for a text": lambda t: send_json("frappe.model.workflow.get_transitions", doc=document(t)),
	"object within an object": lambda t: send_json(
		"frappe.desk.form.assign_to.add", args={**document(t), "assign_to": ["a"]}
	),
	"two functions at once": lambda t: call(
		"frappe.client.validate_link", cmd=SUBSCRIBE, doctype=t.doctype, docname=t.name
	),
	"two functions at once, form": lambda t: call(
		"frappe.desk.reportview.save_report", cmd="frappe.desk.form.load.getdoc", **document(t)
	),
	"order of a board": lambda t: call(
		f"{KANBAN}.update_order", board_name="Leak Suite Board", order={"Active": [t.name]}
	),
	"DocType in small letters": lambda t: make(
		"ToDo", description="x", reference_type=t.doctype.lower(), reference_name=t.name
	),
	"row of an event": lambda t: make(
		"Event",
		subject="x",
		starts_on=AFTER_ALL,
		event_participants=[{"reference_doctype": t.doctype, "reference_docname": t.name}],
	),
	"row of a message": lambda t: make(
		"Communication",
		subject="x",
		content="x",
		timeline_links=[{"link_doctype": t.doctype, "link_name": t.name}],
	),
	"row of a contact": lambda t: make(
		"Contact", first_name="x", links=[{"link_doctype": t.doctype, "link_name": t.name}]
	),
	"several documents": lambda t: send_json(
		"frappe.client.insert_many",
		docs=[
			{
				"doctype": "ToDo",
				"description": "x",
				"reference_type": t.doctype,
				"reference_name": t.name,
			}
		],
	),
	"row of one's own in it": lambda t: send_json(
		"frappe.client.insert",
		doc={
			"doctype": "Client Alert",
			"parenttype": t.doctype,
			"parent": t.name,
			"parentfield": "alerts",
			"alert": "x",
		},
	),
	"method of a document that is sent": lambda t: post(
		"run_doc_method", method="add_comment", docs={**document(t), "modified": BEFORE_ALL}
	),
}
# Functions that call a function whose name they are given.
CALLERS = {
	"mapped has_permission": lambda t: mapped("frappe.client.has_permission", t, t.name),
	"mapped can_subscribe_doc": lambda t: mapped(SUBSCRIBE, t, t.name),
	"mapped getdoc": lambda t: mapped("frappe.desk.form.load.getdoc", t, t.name),
	"mapped get_count": lambda t: mapped("frappe.client.get_count", t, by_name(t)),
	"mapped get_next": lambda t: mapped(NEXT, t, t.name, args=0),
	"mapped groups": lambda t: mapped(STATES, t, t.field, args=[]),
	"mapped to-dos": lambda t: mapped(GROUPS, t, by_name(t), args=json.dumps("assigned_to")),
	"mapped images": lambda t: mapped(f"{FILES}.get_attached_images", t, [t.name]),
	"tree of a search": lambda t: call(
		TREE,
		doctype=t.doctype,
		label="x",
		parent=get_word(t),
		tree_method="frappe.desk.search.search_link",
		ignore_user_permissions=1,
	),
	"tree of groups": lambda t: call(
		TREE, doctype=t.doctype, label="x", parent=t.field, tree_method=STATES, states=[]
	),
	"search by a search": lambda t: call(
		"frappe.desk.search.search_link",
		doctype=t.doctype,
		txt=get_word(t),
		query="frappe.desk.search.search_widget",
		ignore_user_permissions=1,
	),
	"upload by a function": lambda t: call(
		"upload_file", method="frappe.desk.reportview.get_list", doctype=t.doctype, fields=["name", t.field]
	),
	"another name of count": lambda t: call(
		"frappe.desk.search.frappe.client.get_count", doctype=t.doctype, filters=by_name(t)
	),
	"another name of count, v2": lambda t: get(
		"api/v2/method/frappe.client.get_count", doctype=t.doctype, filters=by_name(t)
	),
	"next record, v2": lambda t: get(
		f"api/v2/method/{NEXT}", doctype=t.doctype, value=t.name, prev=0, sort_field=t.field
	),
}
FILE = {
	"a file of one's own of another's": lambda t: send_file("upload_file", t),
	"a record of a file of another's": lambda t: (
		make("File", file_url=t.file_url, is_private=1) if t.file_url else None
	),
	"download by address": lambda t: call("download_file", file_url=t.file_url) if t.file_url else None,
	"private file by address": lambda t: get(t.file_url.lstrip("/")) if t.file_url else None,
}
# The same of a file by its code, which is asked about one file only.
OF_FILE = {
	"file in an archive": lambda t: call(f"{FILES}.zip_files", files=[t.name]),
	"file in another folder": lambda t: call(
		f"{FILES}.move_file", file_list=[{"name": t.name}], new_parent="Home", old_parent="Home/Attachments"
	),
	"file in another folder by its DocType": lambda t: send(
		"POST",
		"api/v2/method/File/move_file",
		file_list=[{"name": t.name}],
		new_parent="Home",
		old_parent="Home/Attachments",
	),
	"file unpacked": lambda t: call(f"{FILES}.unzip_file", name=t.name),
	"file sent on": lambda t: call(
		"frappe.core.doctype.communication.email.make",
		content="x",
		subject="x",
		send_email=0,
		attachments=[t.name],
	),
	"file attached to something else": lambda t: call(
		"frappe.utils.file_manager.add_attachments", doctype="Currency", name="AUD", attachments=[t.name]
	),
	"file taken off": lambda t: post("frappe.desk.form.utils.remove_attach", fid=t.name),
	"file's own method": lambda t: post("run_doc_method", dt="File", dn=t.name, method="optimize_file"),
}


def send_file(function: str, target: Target) -> Ask | None:
	return post(function, file_url=target.file_url, is_private=1) if target.file_url else None


PATHS = [Path(name, ask) for kind in (ORACLES, NAMES, CALLERS, FILE) for name, ask in kind.items()]
FILE_PATHS = [Path(name, ask, "trace") for name, ask in OF_FILE.items()]
