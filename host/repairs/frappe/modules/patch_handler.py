"""Every installed app has patches."""

from __future__ import annotations

import frappe
from frappe.modules.patch_handler import PatchType, get_patches_from_app


def get_all_patches(patch_type: PatchType | None = None) -> list[str]:
	"""Return the patches of all installed apps in their order, of one type or of both."""
	if patch_type and not isinstance(patch_type, PatchType):
		frappe.throw(f"Unsupported patch type specified: {patch_type}")
	patches = []
	for app in frappe.get_installed_apps():
		patches.extend(get_patches_from_app(app, patch_type=patch_type))
	return patches
