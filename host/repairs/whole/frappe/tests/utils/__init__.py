"""Helpers of tests, under the names that Frappe 15 has for them."""

from __future__ import annotations

from frappe.tests.utils.generators import (
	add_to_test_record_log,
	get_dependencies,
	get_modules,
	get_test_record_log,
	make_test_objects,
	make_test_records,
	make_test_records_for_doctype,
	print_mandatory_fields,
)

import frappe
from frappe.tests import (
	FrappeTestCase,
	IntegrationTestCase,
	UnitTestCase,
	change_settings,
	debug_on,
	patch_hooks,
	timeout,
)


def toggle_test_mode(enable: bool = True) -> None:
	"""Say that tests are running, in both places where code asks."""
	frappe.in_test = enable
	if getattr(frappe.local, "flags", None) is not None:
		frappe.local.flags.in_test = enable


__all__ = [
	"FrappeTestCase",
	"IntegrationTestCase",
	"UnitTestCase",
	"add_to_test_record_log",
	"change_settings",
	"debug_on",
	"get_dependencies",
	"get_modules",
	"get_test_record_log",
	"make_test_objects",
	"make_test_records",
	"make_test_records_for_doctype",
	"patch_hooks",
	"print_mandatory_fields",
	"timeout",
	"toggle_test_mode",
]
