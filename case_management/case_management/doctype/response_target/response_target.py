from frappe.model.document import Document


class ResponseTarget(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		around_the_clock: DF.Check
		hours: DF.Float
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		urgency: DF.Literal["Emergency", "Urgent", "Soon", "Routine"]
	# end: auto-generated types
