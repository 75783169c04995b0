import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, strip_html

from case_management.case_management.record.actions import lock
from case_management.case_management.record.client_record import restore_read_only_fields
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.sent_record import SetupRecord

# What somebody acknowledged: it stays as they read it.
WORDING = ("text", "file", "kind", "language")


class ServicePolicy(SetupRecord):
	"""One version of a policy or statement, with who acknowledged it (B4, B25, C2)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.service_policy_acknowledgement.service_policy_acknowledgement import (
			ServicePolicyAcknowledgement,
		)
		from frappe.types import DF

		acknowledgements: DF.Table[ServicePolicyAcknowledgement]
		effective_from: DF.Date | None
		file: DF.Attach | None
		is_current: DF.Check
		kind: DF.Literal[
			"Rights and Responsibilities",
			"Privacy",
			"Record Keeping",
			"Complaints",
			"Incidents",
			"Conflict of Interest",
			"Code of Ethics",
			"Other",
		]
		language: DF.Data | None
		policy_owner: DF.Link | None
		review_due: DF.Date | None
		text: DF.TextEditor | None
		title: DF.Data
		version: DF.Data
	# end: auto-generated types

	def before_validate(self) -> None:
		"""Undo acknowledgements entered by hand: each person makes their own."""
		super().before_validate()
		if not self.flags.by_rule:
			restore_read_only_fields(self)

	def validate(self) -> None:
		self.validate_wording_given()
		self.validate_wording_kept()
		self.validate_review_due()

	def on_update(self) -> None:
		self.update_others()

	def validate_wording_given(self) -> None:
		if not self.file and not strip_html(self.text or "").strip():
			refuse(self, _("A policy has a text or a file."), _("Write the text or attach the file."))

	def validate_wording_kept(self) -> None:
		"""Refuse other words in a version that somebody acknowledged (B4, B25): they did not agree to those."""
		if self.is_new() or not any(self.has_value_changed(field) for field in WORDING):
			return
		if self.get_acknowledgement_count():
			refuse(
				self,
				_("This version has been acknowledged and keeps its words."),
				_("Duplicate it and give the copy the next version number."),
			)

	def validate_review_due(self) -> None:
		if (
			self.review_due
			and self.effective_from
			and getdate(self.review_due) < getdate(self.effective_from)
		):
			refuse(
				self,
				_("The review is due before the policy takes effect."),
				_("Correct one of the dates."),
			)

	def update_others(self) -> None:
		"""Retire the other current versions of the same kind and language: people get one statement.

		Policies of the kind Other are about different things, so there it is those of the same title.
		"""
		if not self.is_current:
			return
		same = {"kind": self.kind, "is_current": 1, "name": ("!=", self.name)}
		if self.kind == "Other":
			same["title"] = self.title
		for other in frappe.get_all(self.doctype, filters=same, fields=["name", "language"]):
			if (other.language or "") == (self.language or ""):
				frappe.db.set_value(self.doctype, other.name, "is_current", 0)

	def get_acknowledgement_count(self) -> int:
		"""Return how many staff members and clients' cases acknowledged this version."""
		cases = frappe.db.count("Client Case", {"rights_policy": self.name})
		return len(self.acknowledgements) + cases

	@frappe.whitelist(methods=["POST"])
	def acknowledge(self) -> dict:
		"""Record that the user has read this version (B25); called again it answers with the first time.

		Who may read a policy may acknowledge it, for nobody but themselves.

		:return: `user` and `acknowledged_on`, date and time
		:raises frappe.PermissionError: the user may not read the policy
		"""
		lock(self)
		self.check_permission("read")
		row = next((row for row in self.acknowledgements if row.user == frappe.session.user), None)
		if not row:
			row = self.append(
				"acknowledgements", {"user": frappe.session.user, "acknowledged_on": now_datetime()}
			)
			self.flags.by_rule = True
			self.save(ignore_permissions=True)
		return {"user": row.user, "acknowledged_on": row.acknowledged_on}
