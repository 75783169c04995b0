"""Moves what was said of a life domain before the domain was sensitive to where sensitive ratings are kept (C32).

Used when an administrator makes a domain sensitive, and by the patch for sites of 0.1, which kept nothing apart. The words
stay as they were agreed; only the place changes. They leave the rows of assessments, the history (Version) of
assessments, and what the app itself copied from them into support plans.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import frappe
from frappe.query_builder import DocType
from frappe.utils import create_batch
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.assessment.history import (
	Change,
	RowDomains,
	add_version,
	get_row_domains,
	get_versions,
	store_data,
	take_out,
)
from case_management.case_management.assessment.sensitive import CONTENT, PREVIOUS

ASSESSMENT, ROW, RATING, PLAN = (
	"Client Assessment",
	"Assessment Domain Rating",
	"Sensitive Rating",
	"Support Plan",
)
SAID = (*CONTENT, *PREVIOUS)
STAMPS = ("owner", "creation", "modified", "modified_by")
# What a plan copies from an assessment: table → its DocType, and field of the plan's row → field of the assessment's row.
COPIES = {
	"needs": ("Support Plan Need", {"need": "present_need", "strength": "strength"}),
	"strengths": ("Support Plan Strength", {"strength": "strength"}),
}
BATCH = 500

# (client, domain) → what is kept apart of it, in words that a plan copies.
Words = dict[tuple[str, str], set[str]]


@dataclass(frozen=True)
class Kept:
	"""Some assessments, and what is kept apart of them."""

	# Assessment → its client, case and stamps.
	assessments: dict[str, frappe._dict]
	# (assessment, domain) → the code of its Sensitive Rating.
	ratings: dict[tuple[str, str], str]


def move_apart(domains: list[str]) -> None:
	"""Keep apart what was said so far of sensitive life domains, in agreed assessments too. Run again it changes nothing."""
	if not domains:
		return
	for assessments in get_batches(ASSESSMENT):
		kept = get_kept(assessments, domains)
		move_rows(domains, kept)
		move_history(domains, kept)
	for plans in get_batches(PLAN):
		empty_copies(plans, domains)


def get_batches(doctype: str) -> Iterator[list[str]]:
	names = frappe.get_all(doctype, pluck="name", order_by="name")
	return (list(batch) for batch in create_batch(names, BATCH))


def get_kept(assessments: list[str], domains: list[str]) -> Kept:
	"""Return some assessments with what is kept apart of the domains already."""
	assessment, client = DocType(ASSESSMENT), DocType("Client")
	fields = [assessment[field] for field in ("name", "client", "client_case", *STAMPS)]
	query = frappe.qb.from_(assessment).left_join(client).on(client.name == assessment.client)
	query = query.select(*fields, client.preferred_name.as_("client_name"))
	rows = query.where(assessment.name.isin(assessments)).run(as_dict=True)
	filters = {"assessment": ("in", assessments), "domain": ("in", domains)}
	ratings = frappe.get_all(RATING, filters, ["assessment", "domain", "name"])
	return Kept(
		{row.pop("name"): row for row in rows},
		{(rating.assessment, rating.domain): rating.name for rating in ratings},
	)


# The rows of assessments


def move_rows(domains: list[str], kept: Kept) -> None:
	"""Move what the rows of assessments say of the domains into Sensitive Ratings, and empty the rows."""
	rows = get_rows(list(kept.assessments), domains)
	for row in rows:
		keep(row.parent, row.domain, {field: row[field] for field in SAID if row[field]}, kept)
	if rows:
		emptied = {field: 0 if field == "in_need" else None for field in SAID} | {"recorded_apart": 1}
		names = [row.name for row in rows]
		frappe.db.set_value(ROW, {"name": ("in", names)}, emptied, update_modified=False)


def get_rows(assessments: list[str], domains: list[str]) -> list[frappe._dict]:
	row = DocType(ROW)
	query = frappe.qb.from_(row).select(row.name, row.parent, row.domain, *[row[field] for field in SAID])
	query = query.where((row.parenttype == ASSESSMENT) & row.parent.isin(assessments))
	return query.where(row.domain.isin(domains) & says_something(row)).run(as_dict=True)


def says_something(row: Table) -> Criterion:
	return Criterion.any([row[field] == 1 if field == "in_need" else row[field] != "" for field in SAID])


def keep(assessment: str, domain: str, said: dict, kept: Kept) -> None:
	"""Store what was said of a domain, as written when and by whom the assessment was."""
	about = kept.assessments[assessment]
	if name := kept.ratings.get((assessment, domain)):
		return update(name, said, about)
	rating = frappe.new_doc(RATING)
	rating.update({**about, "assessment": assessment, "domain": domain, **said})
	rating.db_insert()
	kept.ratings[assessment, domain] = rating.name


def update(rating: str, said: dict, about: frappe._dict) -> None:
	"""Let a rating say what was written later, and its history what it said before."""
	stored = frappe.db.get_value(RATING, rating, list(said), as_dict=True) if said else {}
	changes = [
		Change(None, field, stored[field], said[field]) for field in said if stored[field] != said[field]
	]
	if changes:
		frappe.db.set_value(RATING, rating, said, update_modified=False)
		add_version(RATING, rating, changes, about.modified_by, about.modified)


# The history of assessments


def move_history(domains: list[str], kept: Kept) -> None:
	"""Move what the versions of assessments say of the domains into versions of the Sensitive Ratings."""
	versions = get_versions(ASSESSMENT, list(kept.assessments), "domains")
	of_rows = get_row_domains(ROW, "domains", versions)

	def is_secret(row: str, field: str, value: object) -> bool:
		return field in SAID and is_of(row, domains, of_rows)

	for version in versions:
		if taken := take_out(version.data, "domains", is_secret):
			keep_history(version, taken, of_rows, domains, kept)
			store_data(version)


def is_of(row: str, domains: list[str], of_rows: RowDomains) -> bool:
	"""Tell whether a row is about one of the domains; a row that nothing is known of any more may be."""
	return row not in of_rows or not of_rows[row].isdisjoint(domains)


def keep_history(
	version: frappe._dict, taken: list[Change], of_rows: RowDomains, domains: list[str], kept: Kept
) -> None:
	for domain in domains:
		changes = [change for change in taken if domain in of_rows.get(change.row, ())]
		if changes:
			keep(version.docname, domain, {}, kept)
			rating = kept.ratings[version.docname, domain]
			add_version(RATING, rating, changes, version.owner, version.creation)


# What support plans copied


def empty_copies(plans: list[str], domains: list[str]) -> None:
	"""Take out of plans what the app copied there from what is kept apart now; words that somebody chose stay."""
	clients = dict(frappe.get_all(PLAN, {"name": ("in", plans)}, ["name", "client"], as_list=True))
	words = get_words(sorted(set(clients.values())), domains)
	for table, (child, fields) in COPIES.items() if words else ():
		empty_rows(plans, domains, child, fields, clients, words)
		empty_history(plans, table, child, clients, words)


def get_words(clients: list[str], domains: list[str]) -> Words:
	filters = {"client": ("in", clients), "domain": ("in", domains)}
	words: Words = {}
	for row in frappe.get_all(RATING, filters, ["client", "domain", "present_need", "strength"]):
		said = {text.strip() for text in (row.present_need, row.strength) if text}
		words.setdefault((row.client, row.domain), set()).update(said)
	return words


def empty_rows(
	plans: list[str], domains: list[str], child: str, fields: dict, clients: dict[str, str], words: Words
) -> None:
	"""Empty what rows of plans copied of the domains.

	:param fields: the fields of the rows that are copies
	:param clients: plan → its client
	"""
	filters = {"parenttype": PLAN, "parent": ("in", plans), "domain": ("in", domains)}
	for row in frappe.get_all(child, filters, ["name", "parent", "domain", *fields]):
		said = words.get((clients[row.parent], row.domain), ())
		copied = [field for field in fields if row[field] and row[field].strip() in said]
		if copied and child == "Support Plan Strength":  # a row of it is nothing without its words
			frappe.db.delete(child, {"name": row.name})
		elif copied:
			frappe.db.set_value(child, row.name, dict.fromkeys(copied, ""), update_modified=False)


def empty_history(plans: list[str], table: str, child: str, clients: dict[str, str], words: Words) -> None:
	versions = get_versions(PLAN, plans, table)
	of_rows = get_row_domains(child, table, versions)
	for version in versions:
		client = clients[version.docname]

		def is_secret(row: str, field: str, value: object, client: str = client) -> bool:
			said = [words.get((client, domain), ()) for domain in of_rows.get(row, ())]
			return any(str(value).strip() in copied for copied in said)

		if take_out(version.data, table, is_secret):
			store_data(version)
