"""What a client agreed to is never changed in place (design rule 4).

An assessment, a plan and an exit plan are kept as agreed; a change is a new version with a reason, and the old
one stays and is shown.
"""

from datetime import date

import frappe
from frappe import _
from frappe.core.doctype.version.version import get_diff
from frappe.model.document import Document

from case_management.case_management.record.actions import action, lock, store
from case_management.case_management.record.choices import keep_choices
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import get_labels, refuse
from case_management.case_management.record.status import move_to, set_status_by_rule, status_changed_to

# Fields that the app itself sets on an agreed record when the next version or the closure comes.
SET_LATER = frozenset({"status", "workflow_state", "superseded_by", "given_on", "client_name"})


class AgreementActions:
	"""The actions of a record that a client agrees to."""

	# The status that means the client's agreement.
	AGREED = "Agreed"

	def get_agreement(self) -> dict:
		return {"name": self.name, "status": self.status}

	@frappe.whitelist(methods=["POST"])
	@action
	def share_with_client(self) -> dict:
		"""Hand the draft to the client, to read and to change before they agree (A3, B5, B9, B21).

		:return: `name` and `status`; what is already with the client or agreed stays as it is
		:raises frappe.ValidationError: the case of an assessment or a plan is closed
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status == "Draft":
			move_to(self, "With Client")
		return {"name": self.name, "status": self.status}

	@frappe.whitelist(methods=["POST"])
	@action
	def agree(
		self,
		on: str | date | None = None,
		how: str | None = None,
		signature: str | None = None,
		participation: str | None = None,
	) -> dict:
		"""Record the client's agreement; from then on the record is kept as it is (design rule 4).

		A plan is Active then, and so are the goals it proposes (B9 to B11).

		:param on: the day they agreed, YYYY-MM-DD; today if none is given
		:param how: how they agreed, in a few words
		:param signature: the signature's image as a data URL
		:param participation: how the client took part: Fully, In Part, Was Offered and Declined, Not Able to
		:return: `name` and `status`; of a plan also `goals`, the codes of its goals as they were agreed
		:raises frappe.ValidationError: the day lies before the case opened or in the future; an assessment
		        has no life domain, a required one without an answer (A2), or a child in the client's care
		        has no agreed assessment (B7); a plan has no goal, or one without a step or strategy (design
		        rule 5), was declined, is a second Active one of its case, or a child in the client's care has
		        no Active plan (B11); an exit plan does not say how the client took part (B21), how
		        an achievement is kept (B22), or whether follow-up was assessed with them (B23)
		:raises frappe.PermissionError: the workflow has no such step for the user
		"""
		if self.status in ("Draft", "With Client"):
			self.agreed_on = get_date(self, _("Agreed on"), on)
			self.agreed_how = how or self.agreed_how
			self.signature = signature or self.signature
			self.participation = participation or self.participation
			move_to(self, self.AGREED)
		return self.get_agreement()


def set_agreed_on(doc: Document) -> None:
	"""Date the agreement today where it came without a date, as by the workflow's own button."""
	if status_changed_to(doc, doc.AGREED):
		doc.agreed_on = doc.agreed_on or get_date(doc, _("Agreed on"), None)


def validate_unchanged(doc: Document, agreed: tuple[str, ...], remedy: str) -> None:
	"""Refuse changes to a record whose stored status is one of `agreed`.

	:param remedy: what to do instead, translated
	"""
	before = doc.get_doc_before_save()
	if not before or before.status not in agreed:
		return
	if changed := get_changed_fields(before, doc) - SET_LATER:
		refuse(
			doc,
			_("It is {0} and is kept as it was agreed ({1}).").format(
				_(before.status), get_labels(doc, changed)
			),
			remedy,
		)


def get_changed_fields(before: Document, doc: Document) -> set[str]:
	"""Return the names of the fields and child tables that differ between two states of a record.

	A form sends empty text where the database has nothing; that is no difference.
	"""
	diff = get_diff(before, doc) or {}
	changed = {change[0] for change in diff.get("changed") or () if is_different(change)}
	changed |= {change[0] for kind in ("added", "removed") for change in diff.get(kind) or ()}
	rows = diff.get("row_changed") or ()
	return changed | {row[0] for row in rows if any(is_different(change) for change in row[-1])}


def is_different(change: list | tuple) -> bool:
	_field, old, new = change
	return bool(old or new)


def make_next_version(doc: Document, reason: str | None, **values) -> Document:
	"""Return a new draft that revises an agreed record, copied from it; asked again, the draft that exists.

	:param reason: why it is revised, in the worker's or the client's words
	:param values: further fields of the new version
	:raises frappe.ValidationError: no reason is given
	"""
	if draft := get_open_version(doc):
		return frappe.get_doc(doc.doctype, draft)
	if not reason:
		refuse(doc, _("A revision has a reason."), _("Say why it is revised."))
	version = frappe.copy_doc(doc, ignore_no_copy=False)
	version.update({"revises": doc.name, "version": doc.version + 1, "revision_reason": reason, **values})
	return store(keep_choices(version, doc, new=values.values()))


def update_revised(doc: Document) -> None:
	"""Let the version that an agreed one revises be superseded by it."""
	if doc.revises:
		revised = frappe.get_doc(doc.doctype, doc.revises)
		set_status_by_rule(revised, "Superseded", superseded_by=doc.name)


def get_open_version(doc: Document) -> str | None:
	"""Return the code of the version that revises `doc` and is not yet agreed, if there is one."""
	return frappe.db.get_value(
		doc.doctype, {"revises": doc.name, "status": ("in", ("Draft", "With Client"))}, "name"
	)


def get_latest_version(doctype: str, filters: dict) -> Document | None:
	"""Return the newest record that matches, locked, None if there is none."""
	name = frappe.db.get_value(doctype, filters, "name", order_by="version desc, creation desc")
	if not name:
		return None
	latest = frappe.get_doc(doctype, name)
	lock(latest)
	return latest
