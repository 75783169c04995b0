import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from case_management.case_management.meeting.presence import update_interpreter
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.households import secret_places
from case_management.case_management.record.contact_ways import set_safe
from case_management.case_management.households.household import get_age, is_minor
from case_management.case_management.keeping.linkage_key import update_linkage_key
from case_management.case_management.entry.matching import get_sound, keep_former_name
from case_management.case_management.record.refusal import refuse
from case_management.case_management.access.responsible import tell_of_list, validate_access_list
from case_management.case_management.access.restriction import set_access_list, validate_may_restrict


class Client(ClientRecord):
	"""A person who gets support, as everybody who works with them needs to know them."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.client_access_person.client_access_person import (
			ClientAccessPerson,
		)
		from case_management.case_management.doctype.client_alert.client_alert import ClientAlert
		from case_management.case_management.doctype.client_contact_way.client_contact_way import (
			ClientContactWay,
		)
		from case_management.case_management.doctype.client_name_use.client_name_use import ClientNameUse
		from case_management.case_management.doctype.client_relationship.client_relationship import (
			ClientRelationship,
		)
		from case_management.case_management.doctype.client_support_person.client_support_person import (
			ClientSupportPerson,
		)
		from frappe.types import DF

		access_list: DF.Table[ClientAccessPerson]
		address: DF.SmallText | None
		address_is_secret: DF.Check
		age: DF.Data | None
		alerts: DF.Table[ClientAlert]
		birth_date: DF.Date | None
		birth_date_estimated: DF.Check
		communication_preference: DF.Data | None
		contact_ways: DF.Table[ClientContactWay]
		cultural_identity: DF.Data | None
		died_on: DF.Date | None
		former_names: DF.Table[ClientNameUse]
		gender: DF.Data | None
		interpreter_language: DF.Data | None
		interpreter_required: DF.Check
		is_child: DF.Check
		language: DF.Data | None
		legal_hold: DF.Check
		legal_hold_reason: DF.SmallText | None
		living_arrangement: DF.Link | None
		name_sound: DF.Data | None
		naming_series: DF.Literal["CL-.#####"]
		preferred_name: DF.Data
		pronouns: DF.Data | None
		relationships: DF.Table[ClientRelationship]
		restricted: DF.Check
		retain_until: DF.Date | None
		safe_contact_note: DF.SmallText | None
		support_persons: DF.Table[ClientSupportPerson]
	# end: auto-generated types

	CONSENT_FOR = ("Contact Person",)
	PAST_DATES = ("birth_date",)

	@property
	def age(self) -> int | None:
		return get_age(self.birth_date)

	@property
	def is_child(self) -> int:
		return int(is_minor(self.birth_date))

	def _validate_links(self) -> None:
		set_safe(self)
		super()._validate_links()

	def validate(self) -> None:
		self.validate_record()
		self.validate_preferred_name()
		self.validate_relationships()
		self.validate_alerts()
		validate_may_restrict(self)
		set_access_list(self)
		self.validate_access_list()
		self.set_name_sound()

	def on_update(self) -> None:
		self.update_client_name()
		self.update_linkage_key()
		secret_places.update_stays(self)
		update_interpreter(self)
		tell_of_list(self)

	def get_alerts(self) -> list[Document]:
		"""Return the alerts in force today."""
		today = getdate()
		return [
			alert
			for alert in self.alerts
			if (not alert.from_date or getdate(alert.from_date) <= today)
			and (not alert.to_date or getdate(alert.to_date) >= today)
		]

	def validate_preferred_name(self) -> None:
		if not (self.preferred_name or "").strip():
			refuse(self, _("A client has a preferred name."), _("Write the name they want to be called by."))

	def validate_relationships(self) -> None:
		for row in self.relationships:
			if not (row.related_client or row.person_name):
				refuse(
					self,
					_("Row {0} of the relationships names nobody.").format(row.idx),
					_("Choose a client or write a name."),
				)
			if row.related_client and row.related_client == self.name:
				refuse(
					self,
					_("Row {0} of the relationships names the client themselves.").format(row.idx),
					_("Choose the other person."),
				)

	def validate_alerts(self) -> None:
		for row in self.alerts:
			if row.from_date and row.to_date and getdate(row.to_date) < getdate(row.from_date):
				refuse(self, _("Alert {0} ends before it begins.").format(row.idx), _("Correct its dates."))

	def validate_access_list(self) -> None:
		validate_access_list(self)

	def set_name_sound(self) -> None:
		keep_former_name(self)
		self.name_sound = get_sound(self.preferred_name)

	def update_client_name(self) -> None:
		"""Bring the name shown in the client's records into line, where it changed (C4)."""
		before = self.get_doc_before_save()
		if not before or before.preferred_name == self.preferred_name:
			return
		for doctype, fields in get_name_fields().items():
			values = dict.fromkeys(fields, self.preferred_name)
			frappe.db.set_value(doctype, {"client": self.name}, values, update_modified=False)

	def update_linkage_key(self) -> None:
		before = self.get_doc_before_save()
		if before and self.has_value_changed("birth_date"):
			update_linkage_key(self.name)


def get_name_fields() -> dict[str, list[str]]:
	"""Return, for each client record, its fields that show the client's preferred name."""
	from case_management.permissions import CLIENT_RECORDS

	shown = {}
	for doctype in CLIENT_RECORDS:
		fields = frappe.get_meta(doctype).get("fields", {"fetch_from": "client.preferred_name"})
		if fields:
			shown[doctype] = [field.fieldname for field in fields if not field.is_virtual]
	return shown
