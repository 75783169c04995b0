from case_management.case_management.support import accommodation
from case_management.case_management.entry import waiting_list
from case_management.case_management.households import secret_places
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.support.safety import lock_both


class AccommodationStay(accommodation.StayActions, ClientRecord):
	"""Where a client lives, from when until when (C30): before the support, during and after it."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		accommodation_type: DF.Link
		agency: DF.Link | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		from_date: DF.Date
		is_independent: DF.Check
		locality: DF.Data | None
		naming_series: DF.Literal["STAY-.YYYY.-.#####"]
		note: DF.SmallText | None
		occupancy: DF.Link | None
		place_is_secret: DF.Check
		provided_by_program: DF.Check
		reason_left: DF.SmallText | None
		tenure: DF.Link | None
		to_date: DF.Date | None
	# end: auto-generated types

	WRITTEN_AFTER_CLOSURE = True

	def before_insert(self) -> None:
		"""Let new stays of one client wait for each other: whether they overlap is then known."""
		lock_both(self)

	def validate(self) -> None:
		self.validate_record()
		self.set_secret()
		self.validate_days()
		self.validate_place()
		self.validate_no_overlap()
		self.validate_last()

	def on_update(self) -> None:
		self.update_stays_before()
		self.update_waiting_list()

	def set_secret(self) -> None:
		secret_places.set_secret(self)

	def validate_days(self) -> None:
		accommodation.validate_days(self)

	def validate_place(self) -> None:
		accommodation.validate_place(self)

	def validate_no_overlap(self) -> None:
		accommodation.validate_no_overlap(self)

	def validate_last(self) -> None:
		accommodation.validate_last(self)

	def update_stays_before(self) -> None:
		"""A new stay ends the one the client lived in until then."""
		if self.get_doc_before_save() is None:
			accommodation.update_stays_before(self)

	def update_waiting_list(self) -> None:
		"""Tell the program's lead that a place is free; where the case closed, that tells it."""
		has_left = self.provided_by_program and self.to_date and self.has_value_changed("to_date")
		if has_left and self.get_case().status != "Closed":
			waiting_list.tell_of_free_place(self.client_case)
