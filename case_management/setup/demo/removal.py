"""Takes the made-up service away: its people with every trace of them first, then what the service had set up."""

from collections import Counter

import frappe

from case_management.case_management.keeping.disposal import get_made_by
from case_management.case_management.keeping.disposal import get_records as get_records_of
from case_management.case_management.keeping.traces import TRACES, delete_records, delete_rows
from case_management.setup.demo.registry import forget, get_made

# Where Frappe keeps something about a user: DocType, field.
STAFF_TRACES = (
	("Contact", "user"),
	("Contact", "email_id"),
	("Activity Log", "user"),
	("Access Log", "user"),
	("View Log", "viewed_by"),
	("Notification Log", "for_user"),
	("ToDo", "allocated_to"),
	("Route History", "user"),
)


def remove_all() -> dict:
	"""Delete what the demo has made and what hangs on it; return DocType → number of records.

	A program, agency, policy or member of staff that a record of somebody else names stays.
	"""
	removed = Counter()
	for doctype, names in get_records().items():
		removed[doctype] = len(names)
		delete_records(doctype, names)
	staff = list(get_made("User").values())
	for doctype in ("Support Program", "Service Policy", "External Agency"):
		removed[doctype] = delete_if_unused(doctype, list(get_made(doctype).values()))
	for doctype, field in STAFF_TRACES:
		delete_rows(doctype, {field: ("in", staff)})
	removed["User"] = delete_if_unused("User", staff)
	forget()
	frappe.clear_cache()
	return {doctype: count for doctype, count in removed.items() if count}


def get_records() -> dict[str, list[str]]:
	"""Return the names of every client record of the demo's people, also of those that were made since the load."""
	records = get_records_of(existing("Client", list(get_made("Client").values())))
	known = set(records["Client Intake"])
	intakes = existing("Client Intake", list(get_made("Client Intake").values()))
	records["Client Intake"] += [name for name in intakes if name not in known]
	for doctype, names in get_made_by(records["Client Intake"]).items():
		records[doctype] = sorted({*records[doctype], *names})
	records["Client Feedback"] += get_unnamed()
	return records


def get_unnamed() -> list[str]:
	"""Return feedback without a name: what was loaded, and what was given since in programs with the demo's clients only."""
	clients = list(get_made("Client").values())
	programs = list(get_made("Support Program").values())
	others = frappe.get_all("Client Case", {"client": ("not in", clients)}, pluck="program", distinct=True)
	own = {"anonymous": 1, "program": ("in", sorted(set(programs) - set(others)))}
	given = frappe.get_all("Client Feedback", own, pluck="name") if programs else []
	return sorted({*given, *existing("Client Feedback", list(get_made("Client Feedback").values()))})


def existing(doctype: str, names: list[str]) -> list[str]:
	return frappe.get_all(doctype, {"name": ("in", names)}, pluck="name") if names else []


def delete_if_unused(doctype: str, names: list[str]) -> int:
	"""Delete records that nothing names any more; return how many were."""
	count = 0
	for name in existing(doctype, names):
		frappe.db.savepoint("demo")
		try:
			frappe.delete_doc(doctype, name, ignore_permissions=True, delete_permanently=True)
		except frappe.LinkExistsError:
			frappe.db.rollback(save_point="demo")
			frappe.clear_last_message()
			continue
		count += 1
		for trace, of_doctype, of_name in TRACES:
			delete_rows(trace, {of_doctype: doctype, of_name: name})
		delete_rows("DefaultValue", {"parent": name})
		# Frappe leaves lines that say what was deleted, with a user also their settings.
		subjects = [f"{doctype} {name}", f"Notification Settings {name}"]
		delete_rows("Comment", {"comment_type": "Deleted", "subject": ("in", subjects)})
	return count
