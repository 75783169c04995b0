"""The defaults a site starts with: made when missing, then the administrator's.

Each file in `defaults/` holds the records of one DocType. They are inserted by `after_install` only: migrate never
touches them, so that an edit stays and what was deleted does not return.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import frappe

FOLDER = Path(__file__).parent / "defaults"


def make_defaults() -> None:
	"""Insert the default records that the site does not have; those it has are left as they are."""
	make_missing(get_codes())
	make_missing(get_domains())
	make_missing(read("assessment_template"))
	make_missing(read("goal_idea"), "idea")
	make_missing(read("service_policy"))
	make_missing(read("notification"), "name")
	make_missing(read("feedback_question"), "question")
	make_missing(read("practice_standard"))
	make_settings()


def read(name: str) -> list[dict]:
	"""Return the records of a data file."""
	return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def get_codes() -> list[dict]:
	"""Return every code of every list as a Case Code record, in the order of its list."""
	return [
		{
			"doctype": "Case Code",
			"code_list": group["code_list"],
			"standard": group["standard"],
			"sort_order": position,
			**code,
		}
		for group in read("case_code")
		for position, code in enumerate(group["codes"], start=1)
	]


def get_domains() -> list[dict]:
	"""Return the life domains, with a level for each score of the bands in which their scales are written."""
	domains = read("assessment_domain")
	for domain in domains:
		domain["levels"] = list(get_levels(domain.pop("bands")))
	return domains


def get_levels(bands: list[dict]) -> Iterator[dict]:
	for band in bands:
		for score in band["scores"]:
			yield {**band, "score": score}


def make_missing(records: list[dict], key: str | None = None) -> None:
	"""Insert the records that do not exist yet.

	:param key: the field by which a record is known, for DocTypes whose names are numbers; else its name
	"""
	for record in records:
		doc = frappe.get_doc(record)
		if not key:
			doc.set_new_name()
		known = {key: doc.get(key)} if key else doc.name
		if not frappe.db.exists(doc.doctype, known):
			doc.insert(ignore_permissions=True)


def make_settings() -> None:
	"""Store the default of each setting that has no value yet: a Single's stored value is 0 until it is saved."""
	settings = frappe.get_single("Case Management Settings")
	stored = frappe.db.get_singles_dict(settings.doctype)
	for field in settings.meta.fields:
		if field.default and field.fieldname not in stored:
			settings.set(field.fieldname, field.default)
	for field, rows in read("case_management_settings")[0].items():
		if not settings.get(field):
			settings.set(field, rows)
	settings.save(ignore_permissions=True)
