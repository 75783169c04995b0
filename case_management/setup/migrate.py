"""What every migrate does for the app, besides its patches."""

import frappe

from case_management.case_management.guard.referencing import find_references
from case_management.setup.indexes import add_indexes


def after_migrate() -> None:
	"""Make the indexes that are missing, find out what names clients, and forget what Frappe keeps of DocTypes.

	Hook: after_migrate.

	While patches run Frappe reads a DocType without the rights an administrator gave it, and keeps it so in its cache.
	"""
	add_indexes()
	find_references()
	frappe.clear_cache()
