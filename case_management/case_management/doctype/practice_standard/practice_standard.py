from frappe.model.document import Document


class PracticeStandard(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from case_management.case_management.doctype.practice_standard_policy.practice_standard_policy import (
			PracticeStandardPolicy,
		)
		from frappe.types import DF

		area: DF.Literal[
			"Entry and Screening",
			"Assessment",
			"Planning",
			"Direct Service",
			"Co-ordination",
			"Monitoring and Review",
			"Exit and Follow-up",
			"Evaluation",
			"Record Keeping",
		]
		check_name: DF.Data | None
		enabled: DF.Check
		evidence: DF.SmallText | None
		gap: DF.SmallText | None
		guidance: DF.TextEditor | None
		policies: DF.TableMultiSelect[PracticeStandardPolicy]
		sort_order: DF.Int
		standard_number: DF.Data
		target: DF.Percent
		title: DF.SmallText
	# end: auto-generated types
