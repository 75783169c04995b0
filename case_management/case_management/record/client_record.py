"""What every record about a client has in common."""

from typing import ClassVar

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate, now_datetime

from case_management.case_management.access.conflicts import validate_workers
from case_management.case_management.access.guarded_record import GuardedRecord
from case_management.case_management.keeping.retention import validate_kept
from case_management.case_management.keeping.statements import get_statements
from case_management.case_management.looking.access_log import log_look
from case_management.case_management.record.choices import validate_masters
from case_management.case_management.record.codes import validate_codes
from case_management.case_management.record.dates import set_dates
from case_management.case_management.record.links import validate_links_seen
from case_management.case_management.record.refusal import refuse, refuse_as_absent
from case_management.case_management.record.sent_record import SentRecord, validate_rows
from case_management.case_management.record.sent_values import (
	get_taken,
	restore_stamps,
	set_own_rows,
	validate_keys,
)
from case_management.case_management.record.status import validate_status_change
from case_management.case_management.record.values import (
	set_texts,
	validate_links_with_fetch,
	validate_values,
)
from case_management.case_management.support.consent import get_consents
from case_management.case_management.support.safety import get_safety_alerts
from case_management.permissions import is_visible


class ClientRecord(GuardedRecord, SentRecord):
	"""A record that belongs to a client and, where there is one, to a case of theirs.

	A subclass says what is particular to it in the class attributes and calls `validate_record` first in its
	`validate`.
	"""

	# Status → the statuses that may follow it; the first one is where a new record begins. Empty: no status.
	NEXT_STATUS: ClassVar[dict[str, tuple[str, ...]]] = {}
	# Dates on which something happened: not after today, not before the case opened.
	PAST_DATES: ClassVar[tuple[str, ...]] = ()
	# Dates that lie in the support period but may be ahead: not before the case opened.
	CASE_DATES: ClassVar[tuple[str, ...]] = ()
	# Records that are still written when the case is closed.
	WRITTEN_AFTER_CLOSURE: ClassVar[bool] = False
	# What the purposes of consents mean that somebody who works on the record may rely on: its form shows them.
	CONSENT_FOR: ClassVar[tuple[str, ...]] = ()
	# Links to clients that a rule of the record's own judges, seen or not.
	JUDGED_LINKS: ClassVar[tuple[str, ...]] = ()

	def onload(self) -> None:
		"""Send what every form of a client shows: how to address them, and what to be careful about."""
		if self.doctype == "Client":
			self.set_onload("safety_alerts", get_safety_alerts(self.name))
		# Who decided an intake still sees it for some days, and not its client.
		if self.get("client") and is_visible("Client", self.client):
			self.set_onload("client_banner", get_client_banner(self.client))
		self.set_onload("client_statements", get_statements(self))
		self.set_consents()
		log_look(self, "Opened")

	def set_consents(self) -> None:
		"""Send what the client agreed to have shared, and what not, where somebody may share or ask (design rule 7)."""
		client = self.name if self.doctype == "Client" else self.get("client")
		if self.CONSENT_FOR and client and frappe.has_permission("Client Consent", "read"):
			self.set_onload("consents", get_consents(client, self.CONSENT_FOR))

	def before_print(self, settings: object = None) -> None:
		"""Note who printed it (B26)."""
		log_look(self, "Printed")

	def notify_update(self) -> None:
		"""Tell who has the record open that it changed; Frappe tells its name to all who read the DocType besides."""
		changed = {"doctype": self.doctype, "name": self.name, "modified": self.modified}
		frappe.publish_realtime(
			"doc_update", changed, doctype=self.doctype, docname=self.name, after_commit=True
		)

	def on_trash(self) -> None:
		"""Refuse to delete it, whoever asks: it is kept, and later disposed of as a whole (design rule 10)."""
		validate_kept(self)

	def update(self, d: dict) -> "ClientRecord":
		"""Take over values but for those that would make it something else: REST and imports set them all.

		What is refused of a stored record is said to who sees it only, since Frappe has not asked yet; to others it is
		not there, in Frappe's words.
		"""
		try:
			return super().update(get_taken(self, d))
		except frappe.ValidationError:
			if self.get("creation") and not self.has_permission("read"):
				refuse_as_absent(self)
			raise

	def check_if_latest(self) -> None:
		"""Ask for permission first: the answer about an outdated copy says when the record was changed."""
		if not self.is_new():
			self.check_permission("read")
		super().check_if_latest()

	def extend(self, key: str, value: object) -> None:
		"""Refuse text or a number where a table's rows belong, which Frappe answers with a server error."""
		validate_rows(self, key, value)
		for row in value:
			if isinstance(row, dict):
				validate_keys(self, Document, row)
		super().extend(key, value)

	def before_validate(self) -> None:
		"""Refuse what no field can hold, and undo what a form, REST or an import sets in fields that only code sets."""
		set_own_rows(self)
		set_texts(self)
		set_dates(self)
		if not self.flags.by_rule:
			restore_stamps(self)
			restore_read_only_fields(self)

	def validate_record(self) -> None:
		"""Check the rules that hold for every record about a client.

		:raises frappe.ValidationError: naming the record, the rule and the remedy
		"""
		if self.NEXT_STATUS:
			validate_status_change(self)
		case = self.get_case()
		self.validate_case(case)
		self.validate_dates(case)
		self.validate_links_to_client()
		validate_workers(self)

	def _validate_links(self) -> None:
		"""Name the record and the remedy when a code or a link is wrong, where Frappe names only the value."""
		if self.flags.ignore_links:
			return
		validate_values(self)
		validate_links_seen(self)
		validate_codes(self)
		validate_masters(self)
		validate_links_with_fetch(self)
		try:
			super()._validate_links()
		except frappe.LinkValidationError as error:
			frappe.clear_last_message()
			refuse(self, f"{error}.", _("Choose a record that exists."), frappe.LinkValidationError)

	def validate_case(self, case: frappe._dict | None) -> None:
		"""Refuse a case of another client, and writing on a closed case."""
		if not case:
			return
		if case.client != self.client:
			refuse(
				self,
				_("{0} is not a case of the client {1}.").format(self.client_case, self.client),
				_("Choose a case of this client."),
			)
		if case.status == "Closed" and not self.WRITTEN_AFTER_CLOSURE and not self.flags.by_closure:
			refuse(
				self,
				_("The case {0} is closed.").format(self.client_case),
				_("Reopen the case first, with a reason."),
			)

	def get_case(self) -> frappe._dict | None:
		"""Return client, status, program and dates of the record's case, None where it has no case."""
		if self.doctype == "Client Case" or not self.get("client_case"):
			return None
		return frappe.db.get_value(
			"Client Case",
			self.client_case,
			["name", "client", "status", "program", "opened_on", "case_manager", "head_case"],
			as_dict=True,
		)

	def validate_dates(self, case: frappe._dict | None) -> None:
		"""Refuse a date before the case opened, and for what has happened a date after today."""
		for field in (*self.PAST_DATES, *self.CASE_DATES):
			if not self.get(field) or not self.has_value_changed(field):
				continue
			if case and getdate(self.get(field)) < case.opened_on:
				self.refuse_date(
					field, _("lies before the case opened ({0}).").format(formatdate(case.opened_on))
				)
			if field in self.PAST_DATES and is_future(self.get(field)):
				self.refuse_date(field, _("lies in the future."))

	def refuse_date(self, field: str, rule: str) -> None:
		refuse(
			self,
			f"{_(self.meta.get_label(field))} {formatdate(getdate(self.get(field)))} {rule}",
			_("Correct the date."),
		)

	def validate_steps(self, *steps: tuple[str, str]) -> None:
		"""Refuse what happened before that which it follows.

		:param steps: pairs of date fields, the earlier and the later
		"""
		for earlier, later in steps:
			first, second = self.get(earlier), self.get(later)
			if first and second and getdate(second) < getdate(first):
				label = _(self.meta.get_label(earlier))
				self.refuse_date(later, _("lies before “{0}”.").format(label))

	def validate_links_to_client(self) -> None:
		"""Refuse a goal, consent, meeting or other record of another client, in the record or its rows."""
		stored = get_links_to_clients(self.get_doc_before_save())
		for doctype, names in get_links_to_clients(self).items():
			if new := names - stored.get(doctype, set()):
				self.validate_links_of(doctype, new)

	def validate_links_of(self, doctype: str, names: set[str]) -> None:
		filters = {"name": ("in", names), "client": ("!=", self.client)}
		if others := frappe.get_all(doctype, filters=filters, pluck="name", order_by="name"):
			refuse(
				self,
				_("{0} {1} belongs to another client.").format(_(doctype), others[0]),
				_("Choose one of the client {0}.").format(self.client),
			)


def get_links_to_clients(doc: Document | None) -> dict[str, set[str]]:
	"""Return the codes of the records about one client that a record and its rows link to, by DocType."""
	links: dict[str, set[str]] = {}
	for row in [doc, *doc.get_all_children()] if doc else ():
		for field in row.meta.get_link_fields():
			if row.get(field.fieldname) and is_about_one_client(field):
				links.setdefault(field.options, set()).add(row.get(field.fieldname))
	return links


def restore_read_only_fields(doc: Document) -> None:
	"""Set the read-only fields of a record and of its stored rows back to what is stored.

	Frappe enforces read-only in the browser only. Status and workflow state are left to the status rules, which
	refuse instead; fetched and virtual fields are computed anyway.
	"""
	before = doc.get_doc_before_save()
	restore_row(doc, before)
	stored = {row.name: row for row in before.get_all_children()} if before else {}
	for row in doc.get_all_children():
		if row.name in stored:
			restore_row(row, stored[row.name])


def restore_row(row: Document, stored: Document | None) -> None:
	for field in row.meta.get("fields", {"read_only": 1}):
		if field.is_virtual or field.fetch_from or field.fieldname in ("status", "workflow_state"):
			continue
		value = stored.get(field.fieldname) if stored else None
		if field.fieldtype in frappe.model.table_fields:
			value = [child.as_dict() for child in value or []]
		elif not stored and field.default:
			continue
		row.set(field.fieldname, value)


def is_about_one_client(field: Document) -> bool:
	"""Tell whether a link must stay within the record's client; a household's links are between clients."""
	from case_management.permissions import CLIENT_RECORDS

	return (
		field.options in CLIENT_RECORDS
		and field.options not in ("Client", "Client Intake")
		and (field.fieldname != "head_case")
	)


def is_future(value: object) -> bool:
	"""Tell whether a date is after today, or a date and time after now, on the site's clock."""
	now = now_datetime()
	is_time = hasattr(value, "hour") or (isinstance(value, str) and len(value.strip()) > len("2000-01-01"))
	return frappe.utils.get_datetime(value) > now if is_time else getdate(value) > now.date()


def get_client_banner(client: str) -> dict:
	"""Return what the head of every form says about a client.

	:return: `preferred_name`, `pronouns`, `died_on`, `safe_contact_note`, `contact_ways` (each with
	        `safe_to_use`: Yes, No, or empty where nobody has asked), `interpreter_language` (empty if none is needed), `restricted`, `alerts`
	        (kind and text of those in force today, before them that a risk goes on)
	"""
	doc = frappe.get_doc("Client", client)
	return {
		"client": doc.name,
		"preferred_name": doc.preferred_name,
		"pronouns": doc.pronouns,
		"safe_contact_note": doc.safe_contact_note,
		"contact_ways": [
			{"way": row.way, "detail": row.detail, "safe_to_use": row.safe_to_use, "note": row.note}
			for row in doc.contact_ways
		],
		"interpreter_language": (doc.interpreter_language or _("yes")) if doc.interpreter_required else "",
		"restricted": doc.restricted,
		"died_on": doc.died_on,
		"alerts": [
			*get_safety_alerts(client),
			*({"kind": alert.kind, "alert": alert.alert} for alert in doc.get_alerts()),
		],
	}
