from frappe import _
from frappe.utils import getdate

from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.record.refusal import refuse


class UnmetNeed(ClientRecord):
	"""A service somebody needed and did not get (C16); most are made by themselves, see `unmet_need.py`."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		client: DF.Link | None
		client_case: DF.Link | None
		client_name: DF.Data | None
		description: DF.SmallText
		goal: DF.Link | None
		intake: DF.Link | None
		met_on: DF.Date | None
		naming_series: DF.Literal["NEED-.YYYY.-.#####"]
		needed_on: DF.Date
		program: DF.Link | None
		reason: DF.Link | None
		referral: DF.Link | None
		seconded_worker_request: DF.Link | None
		service: DF.Link | None
		service_activity: DF.Link | None
	# end: auto-generated types

	PAST_DATES = ("needed_on", "met_on")

	def validate(self) -> None:
		self.validate_record()
		self.validate_met_on()

	def validate_met_on(self) -> None:
		if self.met_on and getdate(self.met_on) < getdate(self.needed_on):
			refuse(self, _("It is met before it was needed."), _("Correct the dates."))
