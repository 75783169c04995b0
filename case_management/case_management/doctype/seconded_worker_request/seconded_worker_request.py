from case_management.case_management.client_record import ClientRecord


class SecondedWorkerRequest(ClientRecord):
	"""A worker of another agency is asked for, given until a day, or not to be had (C44)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agency: DF.Link | None
		answer_note: DF.SmallText | None
		answered_on: DF.Date | None
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		from_date: DF.Date | None
		naming_series: DF.Literal["SWR-.YYYY.-.#####"]
		reason: DF.Link | None
		requested_by: DF.Literal["Client", "Worker", "Together"]
		requested_on: DF.Date
		status: DF.Literal["Requested", "Given", "Ended", "Not Met", "Withdrawn"]
		to_date: DF.Date | None
		unmet_reason: DF.Link | None
		user: DF.Link | None
		wanted: DF.SmallText
		worker_name: DF.Data | None
	# end: auto-generated types

	NEXT_STATUS = {
		"Requested": ("Given", "Not Met", "Withdrawn"),
		"Given": ("Ended",),
		"Ended": (),
		"Not Met": (),
		"Withdrawn": (),
	}

	def validate(self) -> None:
		self.validate_record()
