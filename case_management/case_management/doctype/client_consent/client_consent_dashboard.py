from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: what relied on a consent."""
	return {
		"fieldname": "consent",
		"transactions": [
			{"label": _("Relied on It"), "items": ["Case Referral", "Disclosure"]},
		],
	}
