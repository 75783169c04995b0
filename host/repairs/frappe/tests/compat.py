"""A test class begins and ends as Administrator, with nothing of another test left over."""

from __future__ import annotations

import frappe
from frappe.tests.compat import _commit_watcher, _restore_thread_locals, _rollback_db, copy


class FrappeTestCase:
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.init(getattr(frappe.local, "site", None))
		if not getattr(frappe.local, "db", None):
			frappe.connect()
		frappe.set_user("Administrator")
		cls.TEST_SITE = frappe.local.site
		cls.ADMIN_PASSWORD = frappe.local.conf.get("admin_password")
		cls._primary_connection = frappe.local.db
		cls._secondary_connection = None
		frappe.db.commit()
		if cls.SHOW_TRANSACTION_COMMIT_WARNINGS:
			frappe.db.before_commit.add(_commit_watcher)
		cls.addClassCleanup(frappe.set_user, "Administrator")
		cls.addClassCleanup(_restore_thread_locals, copy.deepcopy(frappe.local.flags))
		cls.addClassCleanup(_rollback_db)
