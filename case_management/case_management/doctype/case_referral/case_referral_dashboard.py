from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: what came of a referral."""
	return {
		"fieldname": "referral",
		"transactions": [
			{"label": _("Outcome"), "items": ["Disclosure", "Unmet Need"]},
		],
	}
