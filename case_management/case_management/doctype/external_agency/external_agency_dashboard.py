from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: what an agency does for clients."""
	return {
		"fieldname": "agency",
		"non_standard_fieldnames": {"Client Intake": "referring_agency"},
		"transactions": [
			{"label": _("Referrals"), "items": ["Case Referral", "Client Intake"]},
			{"label": _("Information"), "items": ["Client Consent", "Disclosure"]},
		],
	}
