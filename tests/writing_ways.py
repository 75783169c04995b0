"""The ways in which Frappe lets a record, one of its rows, or what hangs on it be written over HTTP."""

import json
from collections.abc import Callable
from urllib.parse import quote

import requests
from records import Person, get_day, get_path

BULK = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
MOVE = "frappe.desk.doctype.kanban_board.kanban_board.update_order_for_single_card"


def post(person: Person, function: str, /, **values: object) -> requests.Response:
	given = {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
	return person.send("POST", f"method/{function}", data=given)


def get_ways(person: Person, doctype: str, name: str) -> dict[str, Callable[[], requests.Response]]:
	"""Return each way to write one record, or to hang something on it."""
	path, document = get_path(doctype, name), f"v2/document/{quote(doctype)}/{quote(name)}"
	values = {"modified": "2020-01-01 00:00:00", "client_name": "x"}
	copy = {"doctype": doctype, "name": name, **values}
	about = {"doctype": doctype, "docname": name}
	named = {"reference_doctype": doctype, "reference_name": name}
	return {
		"put": lambda: person.send("PUT", path, json=values),
		"put anew": lambda: person.send("PUT", path, json={"__islocal": 1}),
		"put a method": lambda: person.send("PUT", path, json={"validate": "x"}),
		"put no rows": lambda: person.send(
			"PUT", path, json={"alerts": "x", "reasons": "x", "services": "x"}
		),
		"put v2": lambda: person.send("PUT", document, json=values),
		"patch v2": lambda: person.send("PATCH", document, json=values),
		"delete": lambda: person.send("DELETE", path),
		"delete v2": lambda: person.send("DELETE", document),
		"action": lambda: person.try_to(doctype, name, "close"),
		"action with a copy": lambda: post(person, "run_doc_method", docs=copy, method="close"),
		"client.save": lambda: post(person, "frappe.client.save", doc=copy),
		"client.submit": lambda: post(person, "frappe.client.submit", doc=copy),
		"client.set_value": lambda: post(
			person, "frappe.client.set_value", doctype=doctype, name=name, fieldname="client_name", value="x"
		),
		"savedocs": lambda: post(person, "frappe.desk.form.save.savedocs", doc=copy, action="Save"),
		"bulk edit": lambda: post(
			person, BULK, doctype=doctype, docnames=[name], action="update", data={"idx": 2}
		),
		"bulk update": lambda: post(person, "frappe.client.bulk_update", docs=[{**copy, **about}]),
		"rename": lambda: post(
			person, "frappe.client.rename_doc", doctype=doctype, old_name=name, new_name="X-1"
		),
		"workflow": lambda: post(
			person,
			"frappe.model.workflow.bulk_workflow_approval",
			docnames=[name],
			doctype=doctype,
			action="Close",
		),
		"delete items": lambda: post(
			person, "frappe.desk.reportview.delete_items", doctype=doctype, items=[name]
		),
		"kanban": lambda: post(
			person,
			MOVE,
			board_name="x",
			docname=name,
			from_colname="a",
			to_colname="b",
			old_index="0",
			new_index="0",
		),
		"comment": lambda: post(
			person,
			"frappe.desk.form.utils.add_comment",
			content="x",
			comment_email="x",
			comment_by="x",
			**named,
		),
		"web comment": lambda: post(
			person,
			"frappe.templates.includes.comments.comments.add_comment",
			comment="x",
			comment_email="x@x.org",
			comment_by="x",
			route="x",
			**named,
		),
		"tag": lambda: post(person, "frappe.desk.doctype.tag.tag.add_tag", tag="x", dt=doctype, dn=name),
		"no tag": lambda: post(
			person, "frappe.desk.doctype.tag.tag.remove_tag", tag="x", dt=doctype, dn=name
		),
		"like": lambda: post(person, "frappe.desk.like.toggle_like", doctype=doctype, name=name, add="Yes"),
		"no like": lambda: post(person, "frappe.desk.like.toggle_like", doctype=doctype, name=name, add="No"),
		"follow": lambda: post(
			person,
			"frappe.desk.form.document_follow.update_follow",
			doctype=doctype,
			doc_name=name,
			following="1",
		),
		"assign": lambda: post(
			person, "frappe.desk.form.assign_to.add", doctype=doctype, name=name, assign_to=[person.user]
		),
		"share": lambda: post(person, "frappe.share.add", doctype=doctype, name=name, user=person.user),
		"mail": lambda: post(
			person, "frappe.core.doctype.communication.email.make", doctype=doctype, name=name, content="x"
		),
		"upload": lambda: person.send(
			"POST", "method/upload_file", data={**about, "is_private": 1}, files={"file": ("x.txt", b"x")}
		),
		"todo": lambda: person.send(
			"POST",
			"resource/ToDo",
			json={
				"description": "x",
				"reference_type": doctype,
				"reference_name": name,
				"allocated_to": person.user,
			},
		),
		"auto repeat": lambda: person.send(
			"POST",
			"resource/Auto Repeat",
			json={
				"reference_doctype": doctype,
				"reference_document": name,
				"frequency": "Daily",
				"start_date": get_day(),
			},
		),
		"new about": lambda: person.send("POST", "resource/Case Note", json={"client": name, "note": "x"}),
	}


def get_row_ways(
	worker: Person, child: str, row: str, about: dict
) -> dict[str, Callable[[], requests.Response]]:
	path = get_path(child, row)
	document = f"v2/document/{quote(child)}/{quote(row)}"
	save = {"doctype": child, "name": row, **about}
	return {
		"read": lambda: worker.send("GET", path),
		"read v2": lambda: worker.send("GET", document),
		"get": lambda: post(worker, "frappe.client.get", doctype=child, name=row, parent=about["parenttype"]),
		"put": lambda: worker.send("PUT", path, json=about),
		"put v2": lambda: worker.send("PUT", document, json=about),
		"delete": lambda: worker.send("DELETE", path),
		"delete v2": lambda: worker.send("DELETE", document),
		"client.delete": lambda: post(worker, "frappe.client.delete", doctype=child, name=row),
		"client.save": lambda: post(worker, "frappe.client.save", doc=save),
		"set_value": lambda: post(
			worker, "frappe.client.set_value", doctype=child, name=row, fieldname="idx", value="2"
		),
	}
