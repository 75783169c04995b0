"""Apps can be installed on a site, and removed from it."""

from __future__ import annotations

import json

import frappe
from frappe.installer import (
	_clear_cache,
	_delete_doctypes,
	_delete_modules,
	add_module_defs,
	click,
	make_site_config,
	post_install,
	set_all_patches_as_completed,
	sync_dashboards,
)

ADDED = ("_call_hooks", "_install_required_apps", "_store_installed_apps", "_bare_name")


def _call_hooks(methods, *args) -> bool:
	"""Call the methods named by hooks, up to the first that returns False; return whether none did."""
	return all(frappe.get_attr(method)(*args) is not False for method in methods or [])


def _bare_name(app: str) -> str:
	"""Return the name of an app that may be written as owner/app or with a version."""
	return app.rstrip("/").rsplit("/", 1)[-1].split(":")[0].split("@")[0]


def _install_required_apps(names, verbose: bool) -> None:
	for required in names or []:
		required = _bare_name(required)
		if required not in frappe.get_installed_apps():
			install_app(required, verbose=verbose)


def install_app(name, verbose=False, set_as_patched=True, force=False):
	"""Install an app on the present site, with everything that it ships.

	:param set_as_patched: Note the app's patches as done, since a new site does not need them.
	:param force: Install again what is installed.
	"""
	from frappe.core.doctype.scheduled_job_type.scheduled_job_type import sync_jobs
	from frappe.model.sync import sync_for
	from frappe.modules.utils import sync_customizations
	from frappe.utils.fixtures import sync_fixtures

	frappe.flags.in_install = name
	frappe.flags.ignore_in_install = False
	frappe.clear_cache()

	if name not in frappe.get_all_apps():
		frappe.flags.in_install = False
		raise Exception(f"App {name} is not in apps.txt")
	if not force and name in frappe.get_installed_apps():
		frappe.flags.in_install = False
		click.secho(f"App {name} already installed", fg="yellow")
		return

	print(f"\nInstalling {name}...")
	hooks = frappe.get_hooks(app_name=name)
	_install_required_apps(hooks.required_apps, verbose)
	frappe.flags.in_install = name

	if not _call_hooks(hooks.before_install):
		frappe.flags.in_install = False
		return
	_call_hooks(frappe.get_hooks("before_app_install"), name)

	if name != "frappe":
		# The framework's own come with its sync: before it there is no table for them.
		add_module_defs(name, ignore_if_duplicate=force)
	sync_for(name, force=force, reset_permissions=True)
	add_to_installed_apps(name)
	frappe.get_doc("Portal Settings", "Portal Settings").sync_menu()
	if set_as_patched:
		set_all_patches_as_completed(name)

	_call_hooks(hooks.after_install)
	_call_hooks(frappe.get_hooks("after_app_install"), name)

	sync_jobs()
	sync_fixtures(name)
	sync_customizations(name)
	sync_dashboards(name)
	_call_hooks(hooks.after_sync)

	frappe.clear_cache()
	frappe.client_cache.erase_persistent_caches()
	frappe.flags.in_install = False
	frappe.db.commit()


def _store_installed_apps(apps: list[str]) -> None:
	frappe.db.set_global("installed_apps", json.dumps(apps))
	frappe.db.commit()
	_clear_cache("__global")
	frappe.local.request_cache.clear()
	frappe.local.doc_events_hooks = None
	frappe.clear_cache()
	frappe.setup_module_map()


def add_to_installed_apps(app_name, rebuild_website=True):
	installed = list(frappe.get_installed_apps())
	if app_name not in installed:
		_store_installed_apps([*installed, app_name])
		if frappe.flags.in_install:
			post_install(rebuild_website)


def remove_from_installed_apps(app_name):
	installed = list(frappe.get_installed_apps())
	if app_name in installed:
		_store_installed_apps([app for app in installed if app != app_name])
		if frappe.flags.in_install:
			post_install()


def remove_app(app_name, dry_run=False, yes=False, no_backup=False, force=False):
	"""Remove an app from the present site, with its modules, their records and their tables.

	:param dry_run: Only say what would be removed.
	:param yes: Do not ask.
	:param no_backup: Make no backup before.
	:param force: Remove even what is not noted as installed.
	"""
	site, hooks = frappe.local.site, frappe.get_hooks(app_name=app_name)
	installed = frappe.get_installed_apps()
	if not force and app_name not in installed:
		click.secho(f"App {app_name} not installed on Site {site}", fg="yellow")
		return
	for app in installed:
		if app != app_name and app_name in map(_bare_name, frappe.get_hooks("required_apps", app_name=app)):
			click.secho(f"App {app_name} is needed by {app}: uninstall {app} first", fg="yellow")
			return
	if not (dry_run or yes) and not click.confirm(f"All records of {app_name} will be deleted. Go on?"):
		return
	if not (dry_run or no_backup):
		from frappe.utils.backups import scheduled_backup

		scheduled_backup(ignore_files=True)

	print(f"Uninstalling App {app_name} from Site {site}...")
	frappe.flags.in_uninstall = True
	_call_hooks(hooks.before_uninstall)
	_call_hooks(frappe.get_hooks("before_app_uninstall"), app_name)

	modules = frappe.get_all("Module Def", filters={"app_name": app_name}, pluck="name")
	_delete_doctypes(_delete_modules(modules, dry_run=dry_run), dry_run=dry_run)
	if not dry_run:
		remove_from_installed_apps(app_name)
		frappe.db.commit()

	_call_hooks(hooks.after_uninstall)
	_call_hooks(frappe.get_hooks("after_app_uninstall"), app_name)
	frappe.db.commit()
	frappe.flags.in_uninstall = False


def make_conf(
	db_name=None,
	db_password=None,
	site_config=None,
	db_type=None,
	db_socket=None,
	db_host=None,
	db_port=None,
	db_user=None,
):
	"""Write the site's configuration and start again with it."""
	site, sites_path = frappe.local.site, frappe.local.sites_path
	make_site_config(db_name, db_password, site_config, db_type, db_socket, db_host, db_port, db_user)
	frappe.destroy()
	frappe.init(site, sites_path=sites_path)
