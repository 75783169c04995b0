# Copyright (c) 2026, Case Management for Frappe contributors and Contributors
# See license.txt

# import frappe
from frappe.tests.utils import FrappeTestCase


class TestCaseReferral(FrappeTestCase):
	pass
