from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: whose case has this statement."""
	return {
		"fieldname": "rights_policy",
		"transactions": [
			{"label": _("Acknowledged by Clients"), "items": ["Client Case"]},
		],
	}
