"""The list of Frappe's functions by which the guard decides is in order; what a verdict means stands here.

A function is judged as it is in each version that the list names; where they differ the worst counts.

asks: what it shows, counts or changes of a record it asks of Frappe's permissions with the record
loads: it reads or changes a record only once it has loaded it as a document, and does not ask itself
own: it shows or changes what is the user's own, how pages look, or how DocTypes are made; no record's values
nothing: it takes nothing that could name a record or a DocType
guarded: people need it for clients' records, and it reads past the permissions; the app has a guard for it
unasked: it reads past the permissions, and nobody needs it for what may tell of clients: refused for that, too
refused: everything else, and what nobody needs for a client's record
"""

import re

from source import MODULE, read, read_json

LIST = MODULE / "guard" / "known_functions.json"
VERDICTS = {"asks", "loads", "own", "nothing", "guarded", "unasked", "refused"}
ENTRY = re.compile(r'^\t\t"(frappe[\w.]+)": (".*"|\{.*\}),?$', flags=re.MULTILINE)


def get_functions() -> dict[str, str | dict[str, str]]:
	return read_json(LIST)["functions"]


def test_functions_stand_in_order_each_on_a_line() -> None:
	"""So that a change of the list shows which function it is about."""
	found = [name for name, _verdict in ENTRY.findall(read(LIST))]
	assert found == sorted(set(found))
	assert found == list(get_functions())


def test_verdicts_are_known() -> None:
	verdicts = {
		name: row if isinstance(row, str) else row["verdict"] for name, row in get_functions().items()
	}
	assert {name for name, verdict in verdicts.items() if verdict not in VERDICTS} == set()


def test_a_guarded_function_says_why() -> None:
	unsaid = {name for name, row in get_functions().items() if row == "guarded"}
	assert unsaid == set()


def test_reasons_are_sentences() -> None:
	reasons = {name: row.get("why", "") for name, row in get_functions().items() if isinstance(row, dict)}
	assert {name for name, reason in reasons.items() if not re.fullmatch(r"[A-Z].+\.", reason)} == set()


def test_the_list_says_which_versions_were_judged() -> None:
	assert {version.split(".")[0] for version in read_json(LIST)["versions"]} == {"Frappe 15", "Frappe 16"}
