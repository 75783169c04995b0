from case_management.case_management.client_record import ClientRecord


class Client(ClientRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.client_access_person.client_access_person import ClientAccessPerson
		from case_management.case_management.doctype.client_alert.client_alert import ClientAlert
		from case_management.case_management.doctype.client_contact_way.client_contact_way import ClientContactWay
		from case_management.case_management.doctype.client_relationship.client_relationship import ClientRelationship
		from case_management.case_management.doctype.client_support_person.client_support_person import ClientSupportPerson
		from frappe.types import DF

		access_list: DF.Table[ClientAccessPerson]
		address: DF.SmallText | None
		address_is_secret: DF.Check
		age: DF.Int
		alerts: DF.Table[ClientAlert]
		birth_date: DF.Date | None
		birth_date_estimated: DF.Check
		communication_preference: DF.Data | None
		contact_ways: DF.Table[ClientContactWay]
		cultural_identity: DF.Data | None
		gender: DF.Data | None
		interpreter_language: DF.Data | None
		interpreter_required: DF.Check
		is_child: DF.Check
		language: DF.Data | None
		legal_hold: DF.Check
		living_arrangement: DF.Link | None
		naming_series: DF.Literal["CL-.#####"]
		preferred_name: DF.Data
		pronouns: DF.Data | None
		relationships: DF.Table[ClientRelationship]
		restricted: DF.Check
		retain_until: DF.Date | None
		safe_contact_note: DF.SmallText | None
		support_persons: DF.Table[ClientSupportPerson]
	# end: auto-generated types

	def validate(self) -> None:
		self.validate_record()
