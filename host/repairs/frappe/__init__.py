"""Sites and apps: the package knows one of each, a bench has many."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections import defaultdict
from typing import Any

from frappe import (
	Headers,
	_dev_server,
	_dict,
	append_hook,
	cache,
	client_cache,
	conf,
	db,
	destroy,
	flags,
	frappe,
	get_file_items,
	get_module,
	get_module_list,
	get_pymodule_path,
	get_query_builder,
	get_site_config,
	in_test,
	inspect,
	local,
	request_cache,
	scrub,
	set_user,
	setup_redis_cache_connection,
)

ADDED = ("_default_site", "_fresh_flags", "_hooks_of", "_is_hook_value")


def _default_site(sites_path: str) -> str | None:
	"""Return the site to work on when nobody names one."""
	if site := getattr(local, "site", None) or os.environ.get("FRAPPE_SITE"):
		return site
	try:
		with open(os.path.join(sites_path, "common_site_config.json")) as file:
			return json.load(file).get("default_site")
	except FileNotFoundError:
		return None


def _fresh_flags(new_site: bool) -> _dict:
	names = (
		"in_install_db in_install_app in_import mute_messages ignore_links mute_emails has_dataurl read_only"
	)
	return _dict(
		dict.fromkeys(names.split(), False),
		currently_saving=[],
		redirect_location="",
		in_test=in_test,
		new_site=new_site,
	)


def init(site: str | None = None, sites_path: str = ".", force: bool = False, new_site: bool = False) -> None:
	"""Start afresh for one site: set everything that belongs to this thread, then read the site's configuration.

	Without a site, the present one stays, or else the one of the environment or of the bench's configuration is taken.
	"""
	if getattr(local, "initialised", None) and not force:
		return

	site = site or _default_site(sites_path)
	local.site = site
	local.site_name = site
	local.sites_path = sites_path
	local.site_path = os.path.join(sites_path, site) if site else sites_path
	local.app_path = os.getcwd()
	local.all_apps = None

	for name in ("error_log", "message_log", "debug_log", "locked_documents"):
		setattr(local, name, [])
	for name in (
		"module_app",
		"app_modules",
		"user",
		"user_perms",
		"jenv",
		"jloader",
		"request_ip",
		"task_id",
	):
		setattr(local, name, None)
	for name in ("role_permissions", "valid_columns", "new_doc_templates", "cache"):
		setattr(local, name, {})
	local.flags = _fresh_flags(new_site)
	local.test_objects = defaultdict(list)
	local.request_cache = defaultdict(dict)
	local.response = _dict({"docs": []})
	local.response_headers = Headers()
	local.preload_assets = {"style": [], "script": [], "icons": []}
	local.form_dict = _dict()
	local.session = _dict(user="Guest", data=_dict())
	local.doc_events_hooks = None
	local.dev_server = _dev_server

	local.conf = get_site_config(
		sites_path=sites_path, site_path=local.site_path, cached=bool(frappe.request)
	)
	local.lang = local.conf.get("lang") or "en"
	local.qb = get_query_builder(local.conf.db_type or "mariadb")
	if not cache or not client_cache:
		setup_redis_cache_connection()

	# The module map may ask which apps are installed, which connects, which comes back here.
	local.initialised = True
	setup_module_map(include_all_apps=not (frappe.request or frappe.job or flags.in_migrate))


def connect(site: str | None = None, db_name: str | None = None, set_admin_as_user: bool = True) -> None:
	"""Connect to a site's database.

	:param site: The site; without it, the present one.
	:param db_name: Used when the configuration names no database.
	:param set_admin_as_user: Whether to act as Administrator from now on.
	"""
	from frappe.database import get_db

	if not getattr(local, "initialised", False) or (site and site != local.site):
		init(site, sites_path=getattr(local, "sites_path", "."), force=True)

	name = local.conf.db_name or db_name
	user = local.conf.db_user or name
	if not name or (local.conf.db_type != "sqlite" and not local.conf.db_password):
		return

	local.db = get_db(
		socket=local.conf.get("db_socket"),
		host=local.conf.get("db_host"),
		port=local.conf.get("db_port"),
		user=user,
		password=local.conf.db_password,
		cur_db_name=name,
	)
	if set_admin_as_user:
		set_user("Administrator")


class init_site:
	def __enter__(self):
		init(self.site)
		return local

	def __init__(self, site=None):
		"""Work on a site, or on the default one, within a block."""
		self.site = site


def get_app_path(app_name: str, *joins):
	"""Return a path within an app's package."""
	return get_pymodule_path(app_name, *joins)


def get_app_source_path(app_name: str, *joins):
	"""Return a path within the folder that holds an app's package."""
	return get_app_path(app_name, "..", *joins)


def get_site_name() -> str:
	"""Return the name of the present site."""
	return local.site


def get_all_apps(with_internal_apps: bool = True, sites_path: str | None = None) -> list[str]:
	"""Return the apps of the bench, the framework first."""
	listed = get_file_items(os.path.join(sites_path or local.sites_path, "apps.txt"), raise_not_found=True)
	return ["frappe", *(app for app in listed if app != "frappe")]


@request_cache
def get_installed_apps(*, _ensure_on_bench: bool = False) -> list[str]:
	"""Return the apps installed on the site, in order of installation.

	:param _ensure_on_bench: Leave out those that the bench no longer has.
	"""
	if getattr(flags, "in_install_db", True):
		return []
	if not db:
		connect(set_admin_as_user=False)
	installed = json.loads(db.get_global("installed_apps") or "[]")
	if _ensure_on_bench:
		on_bench = get_all_apps()
		installed = [app for app in installed if app in on_bench]
	return installed


def _is_hook_value(value: Any) -> bool:
	return not (inspect.ismodule(value) or inspect.isfunction(value) or inspect.isclass(value))


def _hooks_of(app: str) -> dict[str, Any]:
	"""Return what an app's hooks module sets."""
	try:
		module = get_module(f"{app}.hooks")
	except ImportError as error:
		if flags.in_install_app:
			return {}
		print(f'The hooks of app "{app}" cannot be read: {error}')
		raise
	return {
		name: value
		for name, value in vars(module).items()
		if not name.startswith("_") and _is_hook_value(value)
	}


def _load_app_hooks(app_name: str | None = None):
	"""Return the hooks of all installed apps, merged in their order, or those of one app."""
	merged: dict[str, Any] = {}
	for app in [app_name] if app_name else get_installed_apps(_ensure_on_bench=True):
		for name, value in _hooks_of(app).items():
			append_hook(merged, name, value)
	return merged


def get_hooks(
	hook: str | None = None,
	default: Any | None = "_KEEP_DEFAULT_LIST",
	app_name: str | None = None,
) -> _dict:
	"""Return what apps have said under a hook's name, or all hooks.

	:param hook: The name of the hook.
	:param default: Returned when no app has the hook; an empty list when not given.
	:param app_name: Look at this app only.
	"""
	if app_name:
		hooks = _request_cached_load_app_hooks(app_name)
	elif conf.developer_mode:
		hooks = _site_cached_load_app_hooks()
	else:
		hooks = client_cache.get_value("app_hooks")
		if hooks is None:
			hooks = _load_app_hooks()
			client_cache.set_value("app_hooks", hooks)

	if not hook:
		return _dict(hooks)
	return hooks.get(hook, [] if default == "_KEEP_DEFAULT_LIST" else default)


def setup_module_map(include_all_apps: bool = True) -> None:
	"""Note which app has which modules, and which module belongs to which app.

	:param include_all_apps: Take the apps of the bench, installed or not.
	"""
	# Both keys are among those that a clearing of the cache deletes.
	store, key = (cache, "app_modules") if include_all_apps else (client_cache, "module_app")
	app_modules = store.get_value(key)
	if not app_modules:
		apps = get_all_apps() if include_all_apps else get_installed_apps(_ensure_on_bench=True)
		app_modules = {app: [scrub(module) for module in get_module_list(app)] for app in apps or ["frappe"]}
		store.set_value(key, app_modules)
	local.app_modules = app_modules
	local.module_app = {module: app for app, modules in app_modules.items() for module in modules}


@request_cache
def is_setup_complete():
	"""Return whether the setup wizard was run, or passed over."""
	return bool(frappe.db.get_single_value("System Settings", "setup_complete"))
