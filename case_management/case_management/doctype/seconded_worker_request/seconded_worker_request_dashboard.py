from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: the need that was left unmet."""
	return {
		"fieldname": "seconded_worker_request",
		"transactions": [
			{"label": _("Outcome"), "items": ["Unmet Need"]},
		],
	}
