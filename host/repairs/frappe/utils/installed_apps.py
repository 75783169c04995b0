"""The host passes over the setup wizard, for all apps at once."""

from __future__ import annotations

import frappe


def get_setup_wizard_completed_apps() -> list[str]:
	return list(frappe.get_installed_apps()) if frappe.is_setup_complete() else []
