from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: what was done for a goal."""
	return {
		"fieldname": "goal",
		"non_standard_fieldnames": {"Support Goal": "follows_goal"},
		"transactions": [
			{"label": _("Work"), "items": ["Case Note", "Case Referral", "Unmet Need"]},
			{"label": _("Goals That Follow"), "items": ["Support Goal"]},
		],
	}
