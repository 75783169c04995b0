"""A standard notification: Frappe looks for this module; the message needs nothing from it."""
