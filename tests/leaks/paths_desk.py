"""Paths of the Desk: forms, lists, search, tags, dashboards, prints, exports."""

import json

from check import call, get, make_paths, post
from people import Ask
from world import Target

DESK, FORM, VIEW = "frappe.desk", "frappe.desk.form", "frappe.desk.reportview"
SEARCH, TAG, PRINT = "frappe.desk.search", "frappe.desk.doctype.tag.tag", "frappe.utils.print_format"
WORKFLOW, FILES = "frappe.model.workflow", "frappe.core.api.file"


def view(target: Target, function: str = "get", **values: object) -> Ask:
	given = {"doctype": target.doctype, "fields": ["name"], "filters": [["name", "=", target.name]]}
	return call(f"{VIEW}.{function}", **{**given, **values})


def search(target: Target, function: str = "search_link", **values: object) -> Ask:
	return call(f"{SEARCH}.{function}", doctype=target.doctype, **{"txt": target.name, **values})


def tree(target: Target, method: str, **values: object) -> Ask:
	given = {"doctype": target.doctype, "label": "All", "parent": target.name, "tree_method": method}
	return call(f"{DESK}.treeview.get_all_nodes", **given, **values)


def chart(target: Target, **values: object) -> Ask:
	filters = json.dumps([[target.doctype, "name", "=", target.name]])
	given = {"document_type": target.doctype, "type": "Bar", "filters_json": filters, "timespan": "Last Year"}
	return call(f"{DESK}.doctype.dashboard_chart.dashboard_chart.get", chart={**given, **values}, no_cache=1)


def document(target: Target) -> dict:
	return {"doctype": target.doctype, "name": target.name}


def reference(target: Target) -> dict:
	return {"reference_doctype": target.doctype, "reference_name": target.name}


EVERYBODY = {
	"getdoc": lambda t: call(f"{FORM}.load.getdoc", **document(t)),
	"search_link": lambda t: search(t),
	"reportview.get of all": lambda t: view(t, fields=["*"], filters=[], page_length=1000),
}
FORMS = {
	"search_link past permissions": lambda t: search(t, ignore_user_permissions=1),
	"docinfo": lambda t: call(f"{FORM}.load.get_docinfo", **document(t)),
	"timeline": lambda t: call(f"{FORM}.load.get_communications", **document(t)),
	"next record": lambda t: call(f"{FORM}.utils.get_next", doctype=t.doctype, value=t.name, prev=0),
	"open count": lambda t: call(f"{DESK}.notifications.get_open_count", **document(t)),
	"linked with": lambda t: call(f"{FORM}.linked_with.get", doctype=t.doctype, docname=t.name),
	"submitted linked documents": lambda t: post(
		f"{FORM}.linked_with.get_submitted_linked_docs", **document(t)
	),
	"link title": lambda t: call(f"{SEARCH}.get_link_title", doctype=t.doctype, docname=t.name),
	"link preview": lambda t: call(
		f"{DESK}.link_preview.get_preview_data", doctype=t.doctype, docname=t.name
	),
	"realtime": lambda t: call("frappe.realtime.can_subscribe_doc", doctype=t.doctype, docname=t.name),
	"realtime of Frappe 16": lambda t: call("frappe.realtime.has_permission", **document(t)),
	"followers": lambda t: call(
		f"{FORM}.document_follow.get_follow_users", doctype=t.doctype, doc_name=t.name
	),
	"shared with": lambda t: call("frappe.share.get_users", **document(t)),
	"assigned to": lambda t: call(f"{FORM}.assign_to.get", **document(t)),
	"versions": lambda t: call(
		f"{SEARCH}.search_link",
		doctype="Version",
		txt="",
		query="frappe.utils.diff.version_query",
		filters={"docname": t.name, "ref_doctype": t.doctype},
	),
}
LISTS = {
	"reportview.get": lambda t: view(t),
	"reportview.get with rows": lambda t: (
		t.children and view(t, fields=["name", f"`tab{t.children[0].doctype}`.name as row"])
	),
	"reportview.get by a field": lambda t: view(t, filters=[[t.field, "=", t.marker]]),
	"reportview.get in an order": lambda t: view(t, filters=[], order_by=f"`tab{t.doctype}`.{t.field} desc"),
	"reportview.get_list": lambda t: view(t, "get_list"),
	"reportview.get_count": lambda t: view(t, "get_count"),
	"reportview.get_count by a field": lambda t: view(t, "get_count", filters=[[t.field, "=", t.marker]]),
	"reportview.get_stats": lambda t: view(t, "get_stats", stats=["_user_tags"]),
	"reportview.get_sidebar_stats": lambda t: view(t, "get_sidebar_stats", stats=["_user_tags"], filters=[]),
	"reportview.get_filter_dashboard_data": lambda t: view(
		t, "get_filter_dashboard_data", stats=[{"name": t.field, "type": "Data"}]
	),
	"export of a list": lambda t: view(
		t, "export_query", file_format_type="CSV", filters=[], title=t.doctype
	),
	"group by count": lambda t: call(
		f"{DESK}.listview.get_group_by_count", doctype=t.doctype, current_filters=[], field=t.field
	),
	"group by count of the assigned": lambda t: call(
		f"{DESK}.listview.get_group_by_count",
		doctype=t.doctype,
		current_filters=[[t.doctype, "name", "=", t.name]],
		field="assigned_to",
	),
	"workflow state count": lambda t: call(
		"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
		doctype=t.doctype,
		workflow_state_field="name",
		states=[t.name[:-1]],
	),
	"calendar": lambda t: call(
		f"{DESK}.calendar.get_events",
		doctype=t.doctype,
		start="2000-01-01",
		end="2099-12-31",
		field_map={"start": "creation", "end": "modified", "title": "name"},
	),
	"number card": lambda t: call(
		f"{DESK}.doctype.number_card.number_card.get_result",
		doc={"function": "Count", "document_type": t.doctype},
		filters=[[t.doctype, "name", "=", t.name]],
	),
	"chart by name": lambda t: chart(
		t, chart_type="Group By", group_by_type="Count", group_by_based_on="name", number_of_groups=0
	),
	"chart by time": lambda t: chart(t, chart_type="Count", based_on="creation", time_interval="Yearly"),
	"tree by link search": lambda t: tree(t, f"{SEARCH}.search_link", ignore_user_permissions=1),
	"column of a custom report": lambda t: call(
		f"{DESK}.query_report.get_data_for_custom_field", doctype=t.doctype, field=t.field, names=[t.name]
	),
}
SEARCHES = {
	"search_link by a field": lambda t: search(t, txt=t.marker, searchfield=t.field),
	"search_link by filters": lambda t: search(t, txt="", filters={"name": t.name}),
	"search_link by filters past permissions": lambda t: search(
		t, txt="", filters={t.field: t.marker}, ignore_user_permissions=1
	),
	"search_link for a DocType": lambda t: search(
		t, reference_doctype="Case Note", ignore_user_permissions=1
	),
	"search_widget": lambda t: search(t, "search_widget", filter_fields=["name", t.field], as_dict=1),
	"search_widget past permissions": lambda t: search(
		t, "search_widget", filter_fields=["name", t.field], as_dict=1, ignore_user_permissions=1
	),
	"global search by name": lambda t: call(
		"frappe.utils.global_search.search", text=t.name, doctype=t.doctype
	),
	"global search by a text": lambda t: call(
		"frappe.utils.global_search.search", text=t.tag, doctype=t.doctype
	),
	"tagged documents": lambda t: call(f"{TAG}.get_tagged_docs", doctype=t.doctype, tag=f"%{t.tag}%"),
	"documents of a tag": lambda t: call(f"{DESK}.doctype.tag.tag.get_documents_for_tag", tag=f"#{t.tag}"),
}
PRINTS = {
	"print": lambda t: call("frappe.www.printview.get_html_and_style", doc=t.doctype, name=t.name),
	"raw print": lambda t: call("frappe.www.printview.get_rendered_raw_commands", doc=t.doctype, name=t.name),
	"print page": lambda t: get("printview", **document(t)),
	"print page with a key": lambda t: get("printview", **document(t), key="b" * 32),
	"PDF": lambda t: call(f"{PRINT}.download_pdf", **document(t)),
	"PDF with a key": lambda t: call(f"{PRINT}.download_pdf", **document(t), key="b" * 32),
	"PDF of several": lambda t: call(f"{PRINT}.download_multi_pdf", doctype=t.doctype, name=[t.name]),
	"print settings": lambda t: call(
		"frappe.printing.page.print.print.get_print_settings_to_show", doctype=t.doctype, docname=t.name
	),
	"data export": lambda t: call(
		"frappe.core.doctype.data_export.exporter.export_data",
		doctype=t.doctype,
		with_data=1,
		file_type="CSV",
		select_columns={t.doctype: ["name", t.field]},
	),
	"template of an import": lambda t: call(
		"frappe.core.doctype.data_import.data_import.download_template",
		doctype=t.doctype,
		export_fields={t.doctype: ["name", t.field]},
		export_records="all",
		file_type="CSV",
	),
}
FILE = {
	"private file": lambda t: get(t.file_url.lstrip("/")),
	"private file by download": lambda t: call("download_file", file_url=t.file_url),
	"private file by the older download": lambda t: call(
		"frappe.core.doctype.file.file.download_file", file_url=t.file_url
	),
	"attached images": lambda t: call(f"{FILES}.get_attached_images", doctype=t.doctype, names=[t.name]),
	"files by text": lambda t: call(f"{FILES}.get_files_by_search_text", text=t.file_url[15:27]),
	"files of a folder": lambda t: call(f"{FILES}.get_files_in_folder", folder="Home/Attachments"),
}
PATHS = [
	*make_paths(EVERYBODY, everybody=True),
	*make_paths({**FORMS, **LISTS, **SEARCHES, **PRINTS, **FILE}),
]
