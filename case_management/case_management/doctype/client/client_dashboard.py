from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: what a client has."""
	return {
		"fieldname": "client",
		"transactions": [
			{
				"label": _("Support"),
				"items": ["Client Case", "Client Intake", "Client Identity", "Accommodation Stay"],
			},
			{"label": _("Planning"), "items": ["Client Assessment", "Support Plan", "Support Goal"]},
			{"label": _("Work"), "items": ["Case Meeting", "Case Note", "Case Referral"]},
			{"label": _("Safety"), "items": ["Critical Incident", "Safety Plan"]},
			{"label": _("Exit"), "items": ["Exit Plan", "Case Follow Up"]},
			{"label": _("Information"), "items": ["Client Consent", "Disclosure", "Unmet Need"]},
			# Conflict declarations are not counted here: Frappe would count those that are not for the user.
			{"label": _("Access"), "items": ["Emergency Access"]},
		],
	}
