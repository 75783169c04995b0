"""Base classes and helpers of tests, under the names that Frappe 15 and 16 have for them."""

from __future__ import annotations

from frappe.tests.classes import context_managers
from frappe.tests.classes.context_managers import *  # noqa: F403

from frappe.tests.compat import FrappeTestCase, IntegrationTestCase, UnitTestCase

for _name in context_managers.ON_TEST_CASES:
	setattr(FrappeTestCase, _name, staticmethod(getattr(context_managers, _name)))
FrappeTestCase.assertQueryCount = context_managers.assert_query_count
FrappeTestCase.primary_connection = context_managers.primary_connection

__all__ = ["FrappeTestCase", "IntegrationTestCase", "UnitTestCase", *context_managers.__all__]
