from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: where a template is used."""
	return {
		"fieldname": "template",
		"non_standard_fieldnames": {"Support Program": "assessment_template"},
		"transactions": [
			{"label": _("Used in"), "items": ["Support Program", "Client Assessment"]},
		],
	}
