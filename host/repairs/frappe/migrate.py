"""A migration is of one site, and each app's hooks run once."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe.migrate import atomic, click, comma_and, time


class SiteMigration:
	@atomic
	def pre_schema_updates(self):
		"""Run what apps want done before, and say which controllers more than one app overrides."""
		overrides = defaultdict(list)
		for app in frappe.get_installed_apps():
			for method in frappe.get_hooks("before_migrate", app_name=app):
				frappe.get_attr(method)()
			for doctype in frappe.get_hooks("override_doctype_class", {}, app_name=app):
				overrides[doctype].append(app)
		for doctype, apps in overrides.items():
			if len(apps) > 1:
				names = comma_and(apps, add_quotes=False)
				click.secho(
					f"The controller of {doctype} is overridden by several apps: {names}.", fg="yellow"
				)

	def run(self, site: str):
		"""Migrate a site, from connecting to disconnecting."""
		from frappe.utils.synchronization import filelock

		if site:
			frappe.init(site, sites_path=getattr(frappe.local, "sites_path", "."))
			frappe.connect()
		self.db_monitor = DBQueryProgressMonitor()
		if not self.required_services_running():
			raise SystemExit(1)

		with filelock("bench_migrate", timeout=1):
			self.setUp()
			try:
				self.pre_schema_updates()
				self.run_schema_updates()
				self.post_schema_updates()
			finally:
				self.tearDown()
				frappe.destroy()


class DBQueryProgressMonitor:
	def run(self):
		"""Print, now and then, how long the present query has been running."""
		if self._running.is_set():
			return
		self._running.set()
		frappe.init(self.site)
		frappe.connect()
		while self._running.is_set():
			time.sleep(self.POLL_DURATION)
			rows = frappe.db.sql(
				"select time, state from information_schema.processlist where id = %s and command = 'Query'",
				self.conn_id,
			)
			for seconds, state in rows:
				if self._running.is_set() and seconds and seconds >= 5:
					print(f"\rQuery running for {seconds}s, {state}", end="", flush=True)
		frappe.destroy()
