from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: what came of an intake."""
	return {
		"fieldname": "intake",
		"transactions": [
			{"label": _("Outcome"), "items": ["Client Case", "Unmet Need"]},
		],
	}
