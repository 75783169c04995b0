from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: what came of an assessment."""
	return {
		"fieldname": "assessment",
		"transactions": [
			{"label": _("Planning"), "items": ["Support Plan"]},
			{"label": _("Kept Apart"), "items": ["Sensitive Rating"]},
		],
	}
