"""Every installed app is synced."""

from __future__ import annotations

import frappe
from frappe.model.sync import _patch_mode, sync_for


def sync_all(force=0, reset_permissions=False):
	_patch_mode(True)
	for app in frappe.get_installed_apps():
		sync_for(app, force, reset_permissions=reset_permissions)
	_patch_mode(False)
	frappe.clear_cache()
