import frappe
from frappe import _

from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.keeping.linkage_key import make_linkage_key
from case_management.case_management.entry.matching import get_sound
from case_management.case_management.record.refusal import refuse


class ClientIdentity(ClientRecord):
	"""Legal and former names, identifiers, and the statistical linkage key of a client: one record a client."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from case_management.case_management.doctype.client_identifier.client_identifier import (
			ClientIdentifier,
		)
		from case_management.case_management.doctype.client_name_use.client_name_use import ClientNameUse

		client: DF.Link
		client_name: DF.Data | None
		identifiers: DF.Table[ClientIdentifier]
		legal_family_name: DF.Data | None
		legal_given_name: DF.Data | None
		name_sound: DF.Data | None
		names_used: DF.Table[ClientNameUse]
		naming_series: DF.Literal["IDN-.#####"]
		sex_recorded: DF.Link | None
		statistical_linkage_key: DF.Data | None
	# end: auto-generated types

	CONSENT_FOR = ("Statistics",)

	def validate(self) -> None:
		self.validate_record()
		self.validate_only_one()
		self.set_linkage_key()
		self.set_name_sounds()

	def validate_only_one(self) -> None:
		other = frappe.db.get_value("Client Identity", {"client": self.client}, "name")
		if other and other != self.name:
			refuse(
				self,
				_("The client {0} has an identity record: {1}.").format(self.client, other),
				_("Change that one."),
			)

	def set_linkage_key(self) -> None:
		"""Make the key anew (METEOR 686238) from legal names, the client's birth date and the sex recorded for it."""
		sex = frappe.db.get_value("Case Code", self.sex_recorded, "code") if self.sex_recorded else None
		birth_date = frappe.db.get_value("Client", self.client, "birth_date")
		self.statistical_linkage_key = make_linkage_key(
			self.legal_given_name, self.legal_family_name, birth_date, sex
		)

	def set_name_sounds(self) -> None:
		"""Let the person be found under these names too, for likely matches at intake."""
		self.name_sound = get_sound(f"{self.legal_given_name or ''} {self.legal_family_name or ''}")
		for row in self.names_used:
			row.name_sound = get_sound(row.name_used)
