from frappe.model.document import Document


class RecordDisposal(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		client_code: DF.Data
		disposed_by: DF.Link
		disposed_on: DF.Datetime
		naming_series: DF.Literal["DISP-.YYYY.-.#####"]
		reason: DF.Literal["Retention Ended", "Deletion Requested"]
		record_count: DF.Int
		records: DF.SmallText | None
		retain_until: DF.Date | None
	# end: auto-generated types
