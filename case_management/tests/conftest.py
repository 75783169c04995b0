"""Let plain pytest run the same classes as `bench run-tests`: a site is connected once for all of them."""

import os
from collections.abc import Iterator

import frappe
import pytest


@pytest.fixture(scope="session", autouse=True)
def site() -> Iterator[None]:
	"""Connect to the site named by FRAPPE_SITE; the working directory is the bench's `sites` folder."""
	frappe.init(site=os.environ["FRAPPE_SITE"], sites_path=".")
	frappe.connect()
	if not frappe.conf.allow_tests:
		pytest.exit("This site does not allow tests: set allow_tests in its site_config.json.", 2)
	frappe.flags.in_test = frappe.in_test = True  # where Frappe 15 looks, and 16
	frappe.flags.mute_emails = True
	yield
	frappe.db.rollback()
	frappe.destroy()
