"""Paths of the programming interface: REST of both versions, and frappe.client."""

from check import call, get, make_paths, post, send
from people import Ask
from world import Target

CLIENT = "frappe.client"


def read_list(target: Target, **values: object) -> Ask:
	return get(f"api/resource/{target.doctype}", **values)


def count(target: Target, filters: object) -> Ask:
	return call(f"{CLIENT}.get_count", doctype=target.doctype, filters=filters)


def list_by_row(target: Target) -> Ask | None:
	"""Filter a list by a text that stands in a row of one of the record's tables."""
	rows = [row for row in target.children if row.fields]
	return rows and read_list(target, filters=[[rows[0].doctype, rows[0].field, "=", rows[0].marker]])


def read_rows(target: Target) -> Ask | None:
	rows = [row for row in target.children if row.fields]
	fields = rows and ["name", f"`tab{rows[0].doctype}`.`{rows[0].field}`"]
	return fields and read_list(target, fields=fields, filters={"name": target.name})


def insert(target: Target) -> Ask | None:
	"""Make a record about the client: what an import does for each line."""
	return target.client and Ask(
		"POST", f"/api/resource/{target.doctype}", {"client": target.client, "note": "Hello"}
	)


EVERYBODY = {
	"REST read": lambda t: get(f"api/resource/{t.doctype}/{t.name}"),
	"REST list of all": lambda t: read_list(t, fields=["*"], limit_page_length=0),
}
READ = {
	"client.get_count by name": lambda t: count(t, {"name": t.name}),
	"client.validate_link": lambda t: call(
		f"{CLIENT}.validate_link", doctype=t.doctype, docname=t.name, fields=["name", t.field]
	),
	"REST v2 read": lambda t: get(f"api/v2/document/{t.doctype}/{t.name}"),
	"REST v2 copy": lambda t: get(f"api/v2/document/{t.doctype}/{t.name}/copy"),
	"client.get": lambda t: call(f"{CLIENT}.get", doctype=t.doctype, name=t.name),
	"client.get by a field": lambda t: call(f"{CLIENT}.get", doctype=t.doctype, filters={t.field: t.marker}),
	"client.get_value": lambda t: call(
		f"{CLIENT}.get_value", doctype=t.doctype, fieldname=t.field, filters=t.name
	),
	"client.get_value by a field": lambda t: call(
		f"{CLIENT}.get_value", doctype=t.doctype, fieldname="name", filters={t.field: t.marker}
	),
	"client.get_doc_permissions": lambda t: call(
		f"{CLIENT}.get_doc_permissions", doctype=t.doctype, docname=t.name
	),
	"client.has_permission": lambda t: call(f"{CLIENT}.has_permission", doctype=t.doctype, docname=t.name),
	"client.get_password": lambda t: call(
		f"{CLIENT}.get_password", doctype=t.doctype, name=t.name, fieldname=t.field
	),
}
LISTS = {
	"REST list by name": lambda t: read_list(t, filters={"name": t.name}),
	"REST list by a field": lambda t: read_list(t, filters={t.field: t.marker}),
	"REST list by a part of a field": lambda t: read_list(
		t, filters=[[t.field, "like", f"%{t.marker[:8]}%"]]
	),
	"REST list by or_filters": lambda t: read_list(
		t, or_filters=[["name", "=", t.name], [t.field, "=", t.marker]]
	),
	"REST list by the client": lambda t: t.client and read_list(t, filters={"client": t.client}),
	"REST list by a field of the client": lambda t: (
		t.client and read_list(t, fields=["name", "client.preferred_name"], filters={"name": t.name})
	),
	"REST list by a text of a row": list_by_row,
	"REST list with rows": read_rows,
	"REST list in the order of a field": lambda t: read_list(
		t, order_by=f"{t.field} desc", limit_page_length=1
	),
	"REST list grouped by a field": lambda t: read_list(
		t, fields=[t.field], group_by=t.field, limit_page_length=0
	),
	"REST v2 list of all": lambda t: get(f"api/v2/document/{t.doctype}", fields=["*"], limit=1000),
	"REST v2 list by a field": lambda t: get(f"api/v2/document/{t.doctype}", filters={t.field: t.marker}),
	"REST v2 count": lambda t: get(f"api/v2/doctype/{t.doctype}/count", filters={"name": t.name}),
	"client.get_list": lambda t: call(
		f"{CLIENT}.get_list", doctype=t.doctype, fields=["name", t.field], filters={"name": t.name}
	),
	"client.get_list with or_filters": lambda t: call(
		f"{CLIENT}.get_list", doctype=t.doctype, fields=["*"], or_filters={t.field: t.marker}
	),
	"client.get_count by a field": lambda t: count(t, [[t.field, "like", f"%{t.marker[:8]}%"]]),
	"client.get_count by the client": lambda t: t.client and count(t, {"client": t.client}),
	"client.get_count of all": lambda t: count(t, [["name", "like", f"%{t.name[-4:]}"]]),
}
WRITE = {
	"REST save": lambda t: send("PUT", f"api/resource/{t.doctype}/{t.name}", **{t.field: t.marker}),
	"REST v2 save": lambda t: send("PUT", f"api/v2/document/{t.doctype}/{t.name}", **{t.field: t.marker}),
	"REST save by another's change": lambda t: send(
		"PUT", f"api/resource/{t.doctype}/{t.name}", docstatus=1, workflow_state="Closed"
	),
	"REST delete": lambda t: send("DELETE", f"api/resource/{t.doctype}/{t.name}"),
	"REST v2 delete": lambda t: send("DELETE", f"api/v2/document/{t.doctype}/{t.name}"),
	"REST run a method": lambda t: send("POST", f"api/resource/{t.doctype}/{t.name}", run_method="submit"),
	"REST v2 run a method": lambda t: send("POST", f"api/v2/document/{t.doctype}/{t.name}/method/submit"),
	"REST insert about the client": insert,
	"run_doc_method": lambda t: post("run_doc_method", dt=t.doctype, dn=t.name, method="submit"),
	"run_doc_method of what the caller sends": lambda t: post(
		"run_doc_method", docs={"doctype": t.doctype, "name": t.name}, method="submit"
	),
	"client.save": lambda t: post(
		f"{CLIENT}.save", doc={"doctype": t.doctype, "name": t.name, t.field: t.marker}
	),
	"client.set_value": lambda t: post(
		f"{CLIENT}.set_value", doctype=t.doctype, name=t.name, fieldname=t.field, value=t.marker
	),
	"client.submit": lambda t: post(f"{CLIENT}.submit", doc={"doctype": t.doctype, "name": t.name}),
	"client.cancel": lambda t: post(f"{CLIENT}.cancel", doctype=t.doctype, name=t.name),
	"client.delete": lambda t: post(f"{CLIENT}.delete", doctype=t.doctype, name=t.name),
	"client.bulk_update": lambda t: post(
		f"{CLIENT}.bulk_update", docs=[{"doctype": t.doctype, "docname": t.name, t.field: t.marker}]
	),
	"client.rename_doc": lambda t: post(
		f"{CLIENT}.rename_doc", doctype=t.doctype, old_name=t.name, new_name=f"{t.name}-X"
	),
	"client.rename_doc merging into it": lambda t: post(
		f"{CLIENT}.rename_doc", doctype=t.doctype, old_name=t.name, new_name=t.name, merge=1
	),
	"client.insert_many": lambda t: (
		t.client and post(f"{CLIENT}.insert_many", docs=[{"doctype": t.doctype, "client": t.client}])
	),
	"client.attach_file": lambda t: post(
		f"{CLIENT}.attach_file",
		filename="a.txt",
		filedata="a",
		doctype=t.doctype,
		docname=t.name,
		is_private=1,
	),
}
ROWS_EVERYBODY = {
	"REST rows of all": lambda t: read_list(t, parent=t.parent.doctype, fields=["*"], limit_page_length=0),
}
ROWS = {
	"REST row": lambda t: get(f"api/resource/{t.doctype}/{t.name}"),
	"REST v2 row": lambda t: get(f"api/v2/document/{t.doctype}/{t.name}"),
	"REST v2 rows of all": lambda t: get(
		f"api/v2/document/{t.doctype}", parent=t.parent.doctype, fields=["*"], limit=1000
	),
	"client.get row": lambda t: call(
		f"{CLIENT}.get", doctype=t.doctype, name=t.name, parent=t.parent.doctype
	),
	"client.get_list of rows": lambda t: call(
		f"{CLIENT}.get_list",
		doctype=t.doctype,
		parent=t.parent.doctype,
		fields=["*"],
		filters={"name": t.name},
	),
	"client.get_value of a row": lambda t: call(
		f"{CLIENT}.get_value",
		doctype=t.doctype,
		parent=t.parent.doctype,
		fieldname="parent",
		filters={t.field: t.marker},
	),
	"client.get_count of rows": lambda t: count(t, {t.field: t.marker}),
	"client.validate_link to a row": lambda t: call(
		f"{CLIENT}.validate_link", doctype=t.doctype, docname=t.name
	),
}
# What points at the records: each answer is searched for all that belongs to the hidden client.
TRACES_EVERYBODY = {
	"REST list of what points at it": lambda t: read_list(
		t, fields=["*"], filters=[[t.points[1], "like", f"%{t.names[0][-5:]}"]], limit_page_length=0
	),
}
TRACES = {
	"REST list of what points at it by name": lambda t: read_list(
		t, fields=["*"], filters=[[t.points[1], "in", list(t.names)]], limit_page_length=0
	),
	"client.get_count of what points at it": lambda t: count(t, [[t.points[1], "in", list(t.names)]]),
	"REST read of what points at it": lambda t: get(f"api/resource/{t.doctype}/{t.name}"),
}
PATHS = [
	*make_paths(EVERYBODY, everybody=True),
	*make_paths({**READ, **LISTS, **WRITE}),
	*make_paths(ROWS_EVERYBODY, about="row", everybody=True),
	*make_paths(ROWS, about="row"),
	*make_paths(TRACES_EVERYBODY, about="trace", everybody=True),
	*make_paths(TRACES, about="trace"),
]
