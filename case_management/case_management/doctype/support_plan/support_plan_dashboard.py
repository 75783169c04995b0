from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: what belongs to a plan."""
	return {
		"fieldname": "plan",
		"transactions": [
			{"label": _("Planning"), "items": ["Support Goal"]},
		],
	}
