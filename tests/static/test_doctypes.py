"""What each DocType and each other record that ships as JSON must say, and how Frappe writes it."""

import importlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from source import APP, DOCTYPES, MODULE, get_doctypes, get_folder, read, read_json

pytest.importorskip("frappe", reason="runs with the Python of a bench's environment")

CLIENT_RECORDS = importlib.import_module("case_management.permissions").CLIENT_RECORDS
# What would give a client record away, or let it disappear.
NEVER = ("share", "export", "import", "email", "delete", "submit", "cancel", "amend")
# Codes, never names: what Frappe shows in place of the record's code, or puts into the global search.
SHOWS_CONTENT = ("title_field", "image_field", "show_title_field_in_link", "show_name_in_global_search")


def get_fields(*doctypes: str) -> Iterator[tuple[str, dict]]:
	definitions = get_doctypes()
	for doctype in doctypes or definitions:
		for field in definitions[doctype]["fields"]:
			yield doctype, field


def get_child_tables(*doctypes: str) -> set[str]:
	tables = ("Table", "Table MultiSelect")
	return {field["options"] for _doctype, field in get_fields(*doctypes) if field["fieldtype"] in tables}


def get_client_doctypes() -> list[str]:
	"""Return the client records and their child tables."""
	return sorted({*CLIENT_RECORDS, *get_child_tables(*CLIENT_RECORDS)})


def get_code_lists() -> set[str]:
	return {group["code_list"] for group in read_json(APP / "setup" / "defaults" / "case_code.json")}


def get_code_fields() -> Iterator[tuple[str, dict]]:
	return ((doctype, field) for doctype, field in get_fields() if field.get("options") == "Case Code")


def get_exported_files() -> list[Path]:
	kinds = ("doctype", "report", "workspace", "number_card", "notification", "print_format")
	return sorted(path for kind in kinds for path in (MODULE / kind).glob("*/*.json"))


def test_every_client_record_is_a_doctype() -> None:
	assert set(CLIENT_RECORDS) <= set(get_doctypes())


def test_every_doctype_with_a_client_is_a_client_record() -> None:
	owned = {
		doctype
		for doctype, field in get_fields()
		if field["fieldname"] == "client" and not get_doctypes()[doctype].get("istable")
	}
	assert owned | {"Client"} == set(CLIENT_RECORDS)


@pytest.mark.parametrize("doctype", get_client_doctypes())
def test_no_role_may_share_export_mail_or_delete_a_client_record(doctype: str) -> None:
	for row in get_doctypes()[doctype]["permissions"]:
		given = [right for right in NEVER if row.get(right)]
		assert given == [], f"{doctype}: {row['role']} may {given}"


@pytest.mark.parametrize("doctype", get_client_doctypes())
def test_frappes_administrator_role_has_no_right_to_client_records(doctype: str) -> None:
	roles = {row["role"] for row in get_doctypes()[doctype]["permissions"]}
	assert not roles & {"System Manager", "All", "Guest", "Desk User"}


@pytest.mark.parametrize("doctype", get_client_doctypes())
def test_a_client_record_is_shown_by_its_code(doctype: str) -> None:
	definition = get_doctypes()[doctype]
	assert [key for key in SHOWS_CONTENT if definition.get(key)] == []


@pytest.mark.parametrize("doctype", get_client_doctypes())
def test_no_field_of_a_client_record_is_in_the_global_search(doctype: str) -> None:
	assert [
		field["fieldname"] for _doctype, field in get_fields(doctype) if field.get("in_global_search")
	] == []


@pytest.mark.parametrize("doctype", CLIENT_RECORDS)
def test_a_client_record_is_named_by_a_series(doctype: str) -> None:
	definition = get_doctypes()[doctype]
	# A line of the access log waits for no other's number.
	named = "hash" if doctype == "Client Access Log" else "naming_series:"
	assert definition["autoname"] == named or definition["autoname"].startswith("field:client")
	assert not definition.get("allow_rename")


def test_no_field_is_called_case() -> None:
	assert [doctype for doctype, field in get_fields() if field["fieldname"] == "case"] == []


@pytest.mark.parametrize(
	("doctype", "field"),
	[
		pytest.param(doctype, field, id=f"{doctype}-{field['fieldname']}")
		for doctype, field in get_code_fields()
	],
)
def test_a_code_field_names_a_list_that_ships(doctype: str, field: dict) -> None:
	filters = json.loads(field["link_filters"])
	lists = {value for _doctype, column, _operator, value in filters if column == "code_list"}
	assert len(lists) == 1
	assert lists <= get_code_lists()


def test_no_code_ships_twice() -> None:
	groups = read_json(APP / "setup" / "defaults" / "case_code.json")
	codes = [(group["code_list"], str(code["code"])) for group in groups for code in group["codes"]]
	assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
	("doctype", "field"),
	[
		pytest.param(doctype, field, id=f"{doctype}-{field['fieldname']}")
		for doctype, field in get_fields()
		if field["fieldtype"] in ("Table", "Table MultiSelect")
	],
)
def test_a_tables_rows_are_a_child_doctype_of_the_app(doctype: str, field: dict) -> None:
	assert get_doctypes()[field["options"]]["istable"] == 1


@pytest.mark.parametrize("doctype", CLIENT_RECORDS)
def test_a_status_is_read_only_and_its_default_the_first(doctype: str) -> None:
	status = [field for _doctype, field in get_fields(doctype) if field["fieldname"] == "status"]
	for field in status:
		options = field["options"].split("\n")
		assert field.get("read_only") == 1
		assert field["default"] == options[0]


# A disclosure and a line of the access log are never changed.
@pytest.mark.parametrize("doctype", sorted({*CLIENT_RECORDS} - {"Disclosure", "Client Access Log"}))
def test_changes_of_a_client_record_are_kept(doctype: str) -> None:
	assert get_doctypes()[doctype].get("track_changes") == 1


@pytest.mark.parametrize("doctype", sorted(get_doctypes()))
def test_a_doctype_stands_where_frappe_looks_for_it(doctype: str) -> None:
	folder = get_folder(doctype)
	assert (folder / f"{folder.name}.json").is_file()
	assert get_doctypes()[doctype]["module"] == "Case Management"
	assert get_doctypes()[doctype].get("custom", 0) == 0


@pytest.mark.parametrize("path", get_exported_files(), ids=lambda path: path.stem)
def test_a_file_is_written_as_frappe_writes_it(path: Path) -> None:
	assert read(path) == json.dumps(read_json(path), indent=1, sort_keys=True)


@pytest.mark.parametrize("path", get_exported_files(), ids=lambda path: path.stem)
def test_a_file_lies_in_a_folder_of_its_records_name(path: Path) -> None:
	name = read_json(path)["name"].lower().replace(" ", "_").replace("-", "_")
	assert (path.parent.name, path.stem) == (name, name)


def test_there_is_no_folder_without_a_doctype() -> None:
	folders = {path.name for path in DOCTYPES.iterdir() if path.is_dir() and path.name != "__pycache__"}
	assert folders == {get_folder(doctype).name for doctype in get_doctypes()}
