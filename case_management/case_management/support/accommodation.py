"""Where clients live, night by night (C30): one place of a program at a time, and one stay after the other.

Supported accommodation is of one type per night (METEOR 338687, cluster 689319). A stay lasts from the first night to the
day the client left; the next one may begin on that day.
"""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import cint, formatdate, getdate
from pypika.queries import Table
from pypika.terms import Criterion

from case_management.case_management.households.household import get_members
from case_management.case_management.record.actions import action, store
from case_management.case_management.record.choices import keep_choices
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse

# What the stay of a member of the household has in common with the one it is copied from.
SHARED = (
	"accommodation_type",
	"tenure",
	"occupancy",
	"from_date",
	"to_date",
	"is_independent",
	"provided_by_program",
	"agency",
	"locality",
)


class StayActions:
	"""The actions of a stay."""

	@frappe.whitelist(methods=["POST"])
	@action
	def move_out(
		self,
		on: str | date | None = None,
		reason_left: str | None = None,
		household: bool | int | str | None = None,
	) -> dict:
		"""Record that the client lives there no more (C30); a place of the program is then free.

		:param on: the day they left, YYYY-MM-DD; today if none is given
		:param reason_left: why they left, in words
		:param household: true to record it for the members of the household who lived there too
		:return: `to_date`, the day they left, and `household`, the codes of the members' stays that ended with
		        it; once it is there nothing happens
		:raises frappe.ValidationError: the day lies before the stay began or in the future
		"""
		ended = []
		if not self.to_date:
			self.to_date = get_date(self, _("Until"), on)
			self.reason_left = reason_left or self.reason_left
			ended = get_stays_of_household(self) if cint(household) else []
			self.save()
			for stay in ended:
				update_end(stay, self.to_date, self.reason_left)
		return {"to_date": getdate(self.to_date), "household": ended}

	@frappe.whitelist(methods=["POST"])
	@action
	def record_for_household(self) -> dict:
		"""Record the same stay for each member of the household with an open case, once.

		:return: `stays`: rows of `client` and `stay`, the codes of the members and of their stays
		:raises frappe.ValidationError: the case is itself a member's, or a member lived elsewhere in a place of
		        the program at that time
		"""
		if frappe.db.get_value("Client Case", self.client_case, "head_case"):
			refuse(self, _("It is a stay of a member of the household."), _("Do it from the head's stay."))
		members = get_members(self.client_case)
		return {"stays": [{"client": row.client, "stay": make_stay_of(self, row)} for row in members]}


def get_stays_of_household(stay: Document) -> list[str]:
	"""Return the stays, by code, of the household's members who moved in with the client and have not left."""
	members = [member.name for member in get_members(stay.client_case)]
	same = {field: stay.get(field) for field in ("from_date", "accommodation_type")}
	filters = {**same, "client_case": ("in", members), "to_date": ("is", "not set")}
	return frappe.get_all("Accommodation Stay", filters=filters, pluck="name") if members else []


def make_stay_of(stay: Document, member: frappe._dict) -> str:
	"""Return the stay of a member of the household: the one there is of that day and type, or a new one."""
	same = {field: stay.get(field) for field in ("from_date", "accommodation_type")}
	if name := frappe.db.get_value("Accommodation Stay", {"client_case": member.name, **same}, "name"):
		return name
	doc = frappe.new_doc("Accommodation Stay")
	doc.update({"client": member.client, "client_case": member.name})
	doc.update({field: stay.get(field) for field in SHARED})
	return store(keep_choices(doc, stay)).name


def validate_days(stay: Document) -> None:
	"""Refuse days that are still to come, and a stay that ends before it begins."""
	if not stay.from_date:
		refuse(stay, _("A stay begins on a day."), _("Enter the day the client moved in."))
	for field in ("from_date", "to_date"):
		if stay.get(field) and getdate(stay.get(field)) > getdate():
			stay.refuse_date(field, _("lies in the future."))
	if stay.to_date and getdate(stay.to_date) < getdate(stay.from_date):
		stay.refuse_date("to_date", _("lies before the stay began ({0}).").format(formatdate(stay.from_date)))


def validate_place(stay: Document) -> None:
	"""Refuse a place of the program that is said to be the client's own home, or that lies outside of their case.

	Any other stay may lie before the case (where the client came from) or after it (where they live now).
	"""
	if not cint(stay.provided_by_program):
		return
	if cint(stay.is_independent):
		refuse(
			stay,
			_("A place of the program is not the client's own home."),
			_("Tick one of “{0}” and “{1}”.").format(
				_(stay.meta.get_label("provided_by_program")), _(stay.meta.get_label("is_independent"))
			),
		)
	fields = ["name", "opened_on", "closed_on", "status"]
	if case := frappe.db.get_value("Client Case", stay.client_case, fields, as_dict=True):
		validate_within_case(stay, case)


def validate_within_case(stay: Document, case: frappe._dict) -> None:
	if getdate(stay.from_date) < case.opened_on:
		stay.refuse_date(
			"from_date", _("lies before the case opened ({0}).").format(formatdate(case.opened_on))
		)
	has_ended = stay.to_date and getdate(stay.to_date) <= (case.closed_on or getdate())
	if case.status == "Closed" and not has_ended and not stay.flags.by_rule:
		refuse(
			stay,
			_("The case {0} is closed, and its place is no longer the client's.").format(case.name),
			_("Reopen the case, or take off “{0}”.").format(_(stay.meta.get_label("provided_by_program"))),
		)


def validate_no_overlap(stay: Document) -> None:
	"""Refuse a second place of a program for the same night, whichever case it is recorded on."""
	if not cint(stay.provided_by_program):
		return
	table = DocType("Accommodation Stay")
	query = frappe.qb.from_(table).select(table.name).orderby(table.from_date).limit(1).for_update()
	query = query.where(is_other_of_client(table, stay) & (table.provided_by_program == 1))
	query = query.where(table.to_date.isnull() | (table.to_date > stay.from_date))
	if stay.to_date:
		query = query.where(table.from_date < stay.to_date)
	if stay.is_new():  # which ends the one before it by itself
		query = query.where(table.to_date.isnotnull() | (table.from_date >= stay.from_date))
	if others := query.run(pluck=True):
		refuse(
			stay,
			_("The client has another place of a program at that time: {0}.").format(others[0]),
			_("Correct the days of one of them."),
		)


def validate_last(stay: Document) -> None:
	"""Refuse a stay without an end that began before another one: the client would live at both from then on."""
	if stay.to_date:
		return
	table = DocType("Accommodation Stay")
	query = frappe.qb.from_(table).select(table.name, table.from_date).for_update()
	query = query.orderby(table.from_date).limit(1)
	same_day = (table.from_date == stay.from_date) & table.to_date.isnull()
	later = (table.from_date > stay.from_date) | same_day
	if others := query.where(is_other_of_client(table, stay) & later).run():
		refuse(
			stay,
			_("The client has lived elsewhere since {0} ({1}).").format(
				formatdate(others[0][1]), others[0][0]
			),
			_("Enter the day the client left this one."),
		)


def is_other_of_client(table: Table, stay: Document) -> Criterion:
	return (table.client == stay.client) & (table.name != (stay.name or ""))


def update_stays_before(stay: Document) -> None:
	"""End what the client lived in until a new stay began."""
	filters = {"client": stay.client, "name": ("!=", stay.name), "to_date": ("is", "not set")}
	filters["from_date"] = ("<", stay.from_date)
	for name in frappe.get_all("Accommodation Stay", filters=filters, pluck="name"):
		update_end(name, stay.from_date)


def end_places(case: Document) -> None:
	"""End the stays in a place of the program when their case closes: the place is free again."""
	filters = {"client_case": case.name, "provided_by_program": 1, "to_date": ("is", "not set")}
	for row in frappe.get_all("Accommodation Stay", filters=filters, fields=["name", "from_date"]):
		update_end(row.name, max(row.from_date, getdate(case.closed_on)))


def update_end(name: str, left_on: date | str, reason_left: str | None = None) -> None:
	doc = frappe.get_doc("Accommodation Stay", name)
	doc.update({"to_date": left_on, "reason_left": reason_left or doc.reason_left})
	store(doc)
