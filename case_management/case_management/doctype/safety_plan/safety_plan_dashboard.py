from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: the incidents it answers, and its other versions."""
	return {
		"fieldname": "safety_plan",
		"non_standard_fieldnames": {"Safety Plan": "revises"},
		"transactions": [
			{"label": _("Incidents"), "items": ["Critical Incident"]},
			{"label": _("Versions"), "items": ["Safety Plan"]},
		],
	}
