"""Unmet need: a service somebody needed and did not get, so that gaps and their extent can be counted (C16)."""

import frappe
from frappe.utils import getdate

from case_management.case_management.record.actions import store

# Records that an unmet need is made from, by itself.
SOURCES = ("referral", "goal", "intake", "seconded_worker_request")


def record_unmet_need(**values) -> str:
	"""Store an unmet need, once for each record it follows from until it is met after all.

	:param values: fields of the Unmet Need: `description` (required), `reason` and `service` or `service_activity`
	        (codes), `needed_on` (today by default), `client` and `client_case` if there are, `program`, and what it
	        is made from: `intake`, `referral`, `goal` or `seconded_worker_request`
	:return: its code
	:raises frappe.ValidationError: a code, link or date is not possible
	"""
	if existing := get_open_need(values):
		return existing
	need = frappe.new_doc("Unmet Need")
	need.update({"needed_on": getdate(), **values})
	return store(need).name


def get_open_need(values: dict) -> str | None:
	"""Return the unmet need that this source has already led to, if it was not met since."""
	for source in SOURCES:
		if values.get(source):
			filters = {source: values[source], "met_on": ("is", "not set")}
			return frappe.db.get_value("Unmet Need", filters, "name")
	return None
