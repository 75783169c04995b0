"""What a site has of the app and of its records, for the test that holds a migrated site against a new one.

That test runs outside the sites' processes and calls these functions on them, under the code of today.
"""

import importlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import frappe
from frappe.desk.form.load import getdoc
from frappe.model.document import Document

from case_management.case_management.keeping.retention import update_retention
from case_management.patches import v0_2
from case_management.patches.v0_2.give_own_roles_their_rights import get_rights
from case_management.permissions import CLIENT_RECORDS
from case_management.setup.defaults import read
from case_management.setup.indexes import INDEXES, get_name

MODULE = "Case Management"
# Of the framework's records those that belong to the app or that its defaults are: DocType → filters.
SETUP: dict[str, dict] = {
	"DocType": {"module": MODULE},
	"Report": {"module": MODULE},
	"Number Card": {"module": MODULE},
	"Print Format": {"module": MODULE},
	"Notification": {"module": MODULE},
	"Workspace": {"module": MODULE},
	"Web Form": {"module": MODULE},
	"Role": {"name": ("like", "%Case%")},
	"Scheduled Job Type": {"method": ("like", "case_management.%")},
	"DefaultValue": {"parent": MODULE, "defkey": ("like", "Workflow %")},
	"Workflow": {},
	"Workflow State": {},
	"Workflow Action Master": {},
	"Custom Field": {},
	"Case Code": {},
	"Assessment Domain": {},
	"Assessment Template": {},
	"Goal Idea": {},
	"Feedback Question": {},
	"Practice Standard": {},
	"Service Policy": {"title": ("in", [policy["title"] for policy in read("service_policy")])},
}
SETTINGS = "Case Management Settings"
# What differs by when and by whom something was made.
STAMPS = (
	*("name", "creation", "modified", "modified_by", "owner", "idx", "migration_hash", "parent"),
	*("next_execution", "last_execution"),
)
# A stamp and nothing else that a save changes.
CHANGING = ("modified", "modified_by", "name", "creation")


def look(word: str) -> dict:
	"""Return all that the test compares or looks for.

	:param word: stands in every text about a sensitive life domain
	"""
	return {
		"setup": get_setup(),
		"columns": get_columns(),
		"places": find_words(word),
		"history": find_versions_with(word),
		"seconded": read_as_seconded(),
		"kept apart": {role: count_kept_apart(role) for role in ("Case Worker", "Case Manager Lead")},
		"state": get_state(),
	}


def change() -> dict:
	"""Return what saving every record would change, and what running the patches again does."""
	return {"saved": get_changes_on_save(), "patched": patch_again()}


def validate_migrated() -> None:
	"""Fail, with what is wrong, where migrate left something undone: for a bench without the test.

	:raises AssertionError: a date is missing, a file is public, or saving or patching again would change something
	"""
	state, wanted = get_state(), ("kept until", "reassessments")
	wrong = {what: count for what, count in state.items() if bool(count) != (what in wanted)}
	changed = {what: found for what, found in change().items() if found}
	assert not wrong and not changed, f"{wrong} {changed}"


# What the site has of the app


def get_setup() -> dict[str, list[str]]:
	"""Return the records of the app's setup by DocType, with their rows, and each role's rights."""
	names = {doctype: frappe.get_all(doctype, filters, pluck="name") for doctype, filters in SETUP.items()}
	found = {doctype: sorted(describe(doctype, name) for name in names[doctype]) for doctype in names}
	found[SETTINGS] = [describe(SETTINGS, SETTINGS)]
	rights = get_rights(names["DocType"])
	found["rights"] = sorted(f"{role}: {sorted(granted)}" for role, granted in rights.items())
	return found


def describe(doctype: str, name: str) -> str:
	"""Return a record with its rows as text, without stamps; of one known by its words the name too."""
	values = frappe.get_doc(doctype, name).as_dict(no_nulls=True)
	title = name if not name.isdigit() and len(name) != 10 else ""
	return f"{title} {frappe.as_json(strip(values), indent=None)}"


def strip(values: dict) -> dict:
	return {
		key: [strip(row) for row in value] if isinstance(value, list) else value
		for key, value in values.items()
		if key not in STAMPS and value not in ("", 0, None)
	}


def get_columns() -> list[str]:
	"""Return each column of the app's tables with its type, default and whether it has an index, and the own indexes."""
	doctypes = frappe.get_all("DocType", {"module": MODULE, "issingle": 0, "is_virtual": 0}, pluck="name")
	columns = [
		f"{doctype}.{column.name} {column.type} {column.default} {bool(column.index)} {bool(column.unique)}"
		for doctype in doctypes
		for column in frappe.db.get_table_columns_description(f"tab{doctype}")
	]
	indexes = [
		get_name(*index) for index in INDEXES if frappe.db.has_index(f"tab{index[0]}", get_name(*index))
	]
	return sorted(columns) + indexes


# What it has of clients


def find_words(word: str) -> dict[str, int]:
	"""Return table and column → in how many rows of any table of the site a word stands."""
	found: Counter = Counter()
	for table in frappe.db.get_tables(cached=False):
		for column in frappe.db.get_table_columns_description(table):
			if "char" in column.type or "text" in column.type:
				field = frappe.qb.Field(column.name)
				query = frappe.qb.from_(frappe.qb.Table(table)).select(field).where(field.like(f"%{word}%"))
				found[f"{table.removeprefix('tab')}.{column.name}"] += len(query.run())
	return {place: count for place, count in found.items() if count}


def find_versions_with(word: str) -> list[str]:
	"""Return the DocTypes in whose history a word stands."""
	return frappe.get_all("Version", {"data": ("like", f"%{word}%")}, pluck="ref_doctype", distinct=True)


def read_as_seconded() -> dict:
	"""Return how many assessments and plans seconded workers open, and all that they are sent with them as text."""
	opened = [
		text for user in get_seconded() for text in open_all(user, ("Client Assessment", "Support Plan"))
	]
	frappe.set_user("Administrator")
	return {"opened": len(opened), "text": "\n".join(opened)}


def get_seconded() -> list[str]:
	return frappe.get_all("Has Role", {"role": "Seconded Case Worker", "parenttype": "User"}, pluck="parent")


def open_all(user: str, doctypes: tuple[str, ...]) -> Iterator[str]:
	frappe.set_user(user)
	for doctype in doctypes:
		for name in frappe.get_list(doctype, pluck="name"):
			frappe.response.docs = []
			getdoc(doctype, name)
			yield frappe.as_json(frappe.response)


def count_kept_apart(role: str) -> int:
	"""Return how many sensitive ratings those with a role see, each of them counted."""
	users = frappe.get_all("Has Role", {"role": role, "parenttype": "User"}, pluck="parent")
	seen = 0
	for user in users:
		frappe.set_user(user)
		seen += len(frappe.get_list("Sensitive Rating", pluck="name"))
	frappe.set_user("Administrator")
	return seen


def get_state() -> dict:
	"""Return what follows from the records of 0.1, in numbers, and what let somebody in past the rule."""
	count = frappe.db.count
	return {
		"closed without a day": len(get_closed_without_day()),
		"dates that the daily job changes": update_retention(),
		"public files": count("File", {"attached_to_doctype": ("in", CLIENT_RECORDS), "is_private": 0}),
		"shares": count("DocShare", {"share_doctype": ("in", CLIENT_RECORDS)}),
		"acknowledged without a line": len(get_acknowledged_without_line()),
		"kept until": count("Client", {"retain_until": ("is", "set")}),
		"reassessments": count("Client Case", {"reassessment_due": ("is", "set")}),
	}


def get_closed_without_day() -> list[str]:
	in_use = frappe.get_all("Client Case", {"status": ("!=", "Closed")}, pluck="client")
	closed = {"status": "Closed", "client": ("not in", in_use)}
	clients = frappe.get_all("Client Case", closed, pluck="client")
	return frappe.get_all(
		"Client", {"name": ("in", clients), "retain_until": ("is", "not set")}, pluck="name"
	)


def get_acknowledged_without_line() -> list[str]:
	listed = frappe.get_all("Case Rights Acknowledgement", pluck="parent")
	filters = {"rights_acknowledged_on": ("is", "set"), "name": ("not in", listed)}
	return frappe.get_all("Client Case", filters, pluck="name")


# What today's code would make of it


def get_changes_on_save() -> dict[str, list]:
	"""Save every record of clients and of the app's setup, and undo it; return what changed, with an example, or refused."""
	doctypes = frappe.get_all("DocType", {"module": MODULE, "istable": 0, "is_virtual": 0}, pluck="name")
	found: dict[str, list] = {}
	for doctype in sorted(set(doctypes) - {"Client Access Log", "Record Disposal"}):
		single = frappe.get_meta(doctype).issingle
		for name in [doctype] if single else frappe.get_all(doctype, pluck="name"):
			for what, example in get_changes(frappe.get_doc(doctype, name)):
				found.setdefault(f"{doctype}.{what}", [name, *example])
	return found


def get_changes(doc: Document) -> Iterator[tuple[str, list[str]]]:
	"""Yield field, and value before and after, of what a save changes in a record, and what it is refused with."""
	before = dict(flatten(doc.as_dict()))
	frappe.db.savepoint("saved")
	doc.flags.by_rule = doc.flags.by_closure = doc.flags.with_assessment = True
	doc.flags.ignore_permissions = True
	try:
		doc.save()
		doc.reload()
		after = dict(flatten(doc.as_dict()))
		changed = [field for field in {**before, **after} if before.get(field, "") != after.get(field, "")]
		yield from ((field, [before.get(field, ""), after.get(field, "")]) for field in changed)
	except frappe.ValidationError as error:
		yield "refused", [str(error)]
	finally:
		frappe.db.rollback(save_point="saved")
		frappe.clear_messages()


def flatten(values: dict, prefix: str = "") -> Iterator[tuple[str, str]]:
	for key, value in values.items():
		if isinstance(value, list):
			for position, row in enumerate(value):
				yield from flatten(row, f"{key} {position} ")
		elif key not in CHANGING:
			yield f"{prefix}{key}", str(value or "")


def patch_again() -> dict[str, int]:
	"""Run the patches of 0.2 once more; return the tables that have more or fewer rows after it."""
	before = count_rows()
	for path in sorted(Path(v0_2.__file__).parent.glob("[a-z]*.py")):
		importlib.import_module(f"{v0_2.__name__}.{path.stem}").execute()
	after = count_rows()
	return {table: after[table] - before[table] for table in after if after[table] != before[table]}


def count_rows() -> dict[str, int]:
	tables = [table for table in frappe.db.get_tables(cached=False) if table.startswith("tab")]
	return {table: frappe.db.count(table.removeprefix("tab")) for table in tables}
