"""Paths of the programming interface: REST of both versions, and frappe.client."""

from check import Path, call, get, post, send
from people import Ask
from world import Target


def by_filter(target: Target, **values: object) -> Ask:
	return get(f"api/resource/{target.doctype}", **values)


def count(target: Target, filters: object) -> Ask:
	return call("frappe.client.get_count", doctype=target.doctype, filters=filters)


READ = [
	Path("REST read", lambda t: get(f"api/resource/{t.doctype}/{t.name}"), everybody=True),
	Path("REST v2 read", lambda t: get(f"api/v2/document/{t.doctype}/{t.name}")),
	Path("client.get", lambda t: call("frappe.client.get", doctype=t.doctype, name=t.name)),
	Path(
		"client.get by a field",
		lambda t: call("frappe.client.get", doctype=t.doctype, filters={t.field: t.marker}),
	),
	Path(
		"client.get_value",
		lambda t: call("frappe.client.get_value", doctype=t.doctype, fieldname=t.field, filters=t.name),
	),
	Path(
		"client.get_value by a field",
		lambda t: call(
			"frappe.client.get_value", doctype=t.doctype, fieldname="name", filters={t.field: t.marker}
		),
	),
	Path(
		"client.validate_link",
		lambda t: call(
			"frappe.client.validate_link", doctype=t.doctype, docname=t.name, fields=["name", t.field]
		),
		everybody=True,
	),
	Path(
		"client.get_doc_permissions",
		lambda t: call("frappe.client.get_doc_permissions", doctype=t.doctype, docname=t.name),
	),
	Path(
		"client.has_permission",
		lambda t: call("frappe.client.has_permission", doctype=t.doctype, docname=t.name),
	),
	Path(
		"client.is_document_amended",
		lambda t: call("frappe.client.is_document_amended", doctype=t.doctype, docname=t.name),
	),
	Path(
		"client.get_password",
		lambda t: call("frappe.client.get_password", doctype=t.doctype, name=t.name, fieldname=t.field),
	),
]

LISTS = [
	Path(
		"REST list of all",
		lambda t: by_filter(t, fields=["*"], limit_page_length=0),
		everybody=True,
	),
	Path("REST list by name", lambda t: by_filter(t, filters={"name": t.name})),
]
PATHS = [*READ, *LISTS]
