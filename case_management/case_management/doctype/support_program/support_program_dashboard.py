from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: who is in a program."""
	return {
		"fieldname": "program",
		"transactions": [
			{"label": _("Clients"), "items": ["Client Intake", "Client Case", "Unmet Need"]},
		],
	}
