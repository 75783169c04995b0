"""What the arguments of a function are given that are not in question: a value by the parameter's name."""

import json
from random import Random
from typing import Any

from shapes import get_like, get_prefix, get_stub
from world import Subject

PERMITTED = "permitted@leaks.example.org"
# Parts of the names of parameters → what they mean; the first that fits is taken.
DOCTYPES = ("doctype", "dt", "cdt", "parenttype", "document_type", "record_type", "export_from", "child_type")
DOCTYPE_ENDS = ("_doctype", "_dt", "doctype_name")
DOCUMENTS = (
	"args",
	"data",
	"doc",
	"docs",
	"document",
	"target_doc",
	"address_dict",
	"chart",
	"event",
	"kwargs",
)
FILTERS = ("filters", "current_filters", "export_filters", "extra_filters", "or_filters", "filters_json")
FIELDS = ("field", "fieldname", "searchfield", "sort_field", "group_by", "aggregate_field")
NAME_ENDS = (
	"name",
	"dn",
	"reference",
	"_doc",
	"_id",
	"client",
	"intake",
	"parent",
	"docname",
	"old",
	"value",
	"note",
)
NAME_LISTS = (
	"names",
	"docnames",
	"files",
	"items",
	"selected_items",
	"attachments",
	"queues",
	"source_names",
	"contacts",
)
TEXTS = ("txt", "text", "search_term", "query_text", "search", "content", "message", "subject", "title")
# Functions that a function which takes another's name is given to call.
CALLED = (
	"frappe.client.get",
	"frappe.client.get_count",
	"frappe.client.get_list",
	"frappe.client.get_value",
	"frappe.client.has_permission",
	"frappe.client.validate_link",
	"frappe.desk.form.load.getdoc",
	"frappe.desk.form.utils.get_next",
	"frappe.desk.listview.get_group_by_count",
	"frappe.desk.reportview.get",
	"frappe.desk.search.search_link",
	"frappe.realtime.can_subscribe_doc",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
)
# What else a function wants to get as far as a record.
PLAIN: dict[str, tuple] = {
	"action": ("Save", "Submit", "update", "delete", "Close", "Approve"),
	"as_dict": (1, 0),
	"chart_type": ("Count", "Group By"),
	"columns": ([],),
	"comment_type": ("Info", "Comment", "Like", "Attachment"),
	"date_field": ("creation",),
	"end": ("2099-01-01",),
	"field_map": (
		{"start": "creation", "end": "modified", "id": "name", "title": "name", "allDay": "docstatus"},
	),
	"fields": (["name"], ["*"]),
	"file_format_type": ("CSV", "Excel"),
	"file_type": ("CSV", "Excel"),
	"limit": (20,),
	"limit_start": (0,),
	"method": CALLED,
	"order_by": ("creation desc", "name asc"),
	"page_len": (20,),
	"page_length": (20,),
	"perm_type": ("read", "write"),
	"permission_to": ("read",),
	"prev": (0, 1),
	"ptype": ("read", "write", "create"),
	"query": CALLED,
	"remind_at": ("2099-01-01 10:00:00",),
	"start": ("2000-01-01", 0),
	"states": ([],),
	"stats": (["_user_tags"],),
	"tree_method": CALLED,
	"type": ("coordinates", "Bar"),
	"view": ("List", "Report"),
}
# What a request can hold beside what a function or an address asks for.
EXTRAS: tuple[tuple[str, Any], ...] = (
	("expand_links", 1),
	("expand", ["client", "*"]),
	("ignore_permissions", 1),
	("ignore_user_permissions", 1),
	("ignore_links", 1),
	("flags", {"ignore_permissions": True}),
	("cmd", ""),
	("cmd", "frappe.client.get"),
	("cmd", "run_doc_method"),
	("run_method", "as_dict"),
	("run_method", "rename"),
	("method", "get_title"),
	("as_dict", 0),
	("as_list", 1),
	("debug", 1),
	("parent", "Client"),
	("parent_doctype", "Client"),
	("user", PERMITTED),
	("pluck", "name"),
	("distinct", 1),
	("group_by", "owner"),
	("with_childnames", 1),
	("with_comment_count", 1),
	("save_user_settings", 1),
	("limit_page_length", 0),
	("data", ""),
	("data", "{}"),
	("doc", "{}"),
	("docs", "[]"),
	("_type", "form"),
	("format", "Standard"),
	("key", "b" * 32),
	("sid", "Guest"),
	("_lang", "de"),
	("api_key", "x"),
)


def get_default(name: str, subject: Subject, chance: Random) -> Any:
	"""Return what a parameter of this name is given; None if nothing is known of it."""
	if name in subject.named:
		return chance.choice([*subject.named[name], None])
	if name in PLAIN:
		return chance.choice(PLAIN[name])
	if name in DOCTYPES or name.endswith(DOCTYPE_ENDS):
		return subject.doctype
	if name in FILTERS:
		return chance.choice([{"name": subject.name}, get_like(subject, chance), json.dumps({})])
	if name in DOCUMENTS:
		return chance.choice([get_stub(subject), subject.doctype, subject.seen or get_stub(subject)])
	if name in FIELDS or name.endswith("_field"):
		return subject.pick(chance)[0]
	if name in TEXTS:
		return get_prefix(subject, chance)
	if "user" in name or "email" in name or name == "recipients":
		return PERMITTED
	if name == "parent" and subject.kind == "row":
		return subject.above["parenttype"]
	if name in NAME_LISTS:
		return [subject.name]
	return subject.name if name.endswith(NAME_ENDS) or name in NAME_ENDS else None
