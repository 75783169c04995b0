from frappe import _


def get_data() -> dict:
	"""Return the connections of the form: what belongs to a case."""
	return {
		"fieldname": "client_case",
		"non_standard_fieldnames": {"Client Case": "head_case"},
		"transactions": [
			{"label": _("Planning"), "items": ["Client Assessment", "Support Plan", "Support Goal"]},
			{
				"label": _("Work"),
				"items": ["Case Meeting", "Case Note", "Case Referral", "Seconded Worker Request"],
			},
			{"label": _("Safety"), "items": ["Critical Incident", "Safety Plan"]},
			{"label": _("Exit"), "items": ["Exit Plan", "Case Follow Up"]},
			{"label": _("Feedback"), "items": ["Client Feedback"]},
			{"label": _("Information"), "items": ["Client Consent", "Disclosure", "Unmet Need"]},
			{"label": _("Household"), "items": ["Client Case", "Accommodation Stay"]},
		],
	}
