"""The configuration is that of a bench: defaults, then what all sites share, then what the site has."""

from __future__ import annotations

import os
from typing import Any

from frappe.config import _dict, _load_config

ADDED = ("_read_json",)


def _read_json(*path: str) -> dict[str, Any]:
	import json

	try:
		with open(os.path.join(*path)) as file:
			return json.load(file)
	except FileNotFoundError:
		return {}


def get_site_config(
	sites_path: str | None = None, site_path: str | None = None, *, cached: bool = False
) -> _dict[str, Any]:
	"""Return the configuration of the present site, or of the one at `site_path`."""
	import frappe

	sites_path = sites_path or getattr(frappe.local, "sites_path", None) or "."
	site_path = site_path or getattr(frappe.local, "site_path", None)
	config = get_common_site_config(sites_path)
	if site_path:
		config.update(_read_json(site_path, "site_config.json"))
	config.db_user = config.db_user or config.db_name
	return config


def get_common_site_config(sites_path: str | None = None, cached: bool = False) -> _dict[str, Any]:
	"""Return what all sites of the bench share."""
	import frappe

	sites_path = sites_path or getattr(frappe.local, "sites_path", None) or "."
	config = _load_config()
	config.update(_read_json(sites_path, "common_site_config.json"))
	return config


def get_conf(site: str | None = None) -> _dict[str, Any]:
	"""Return the configuration of the present site, or of the one named when there is none yet."""
	import frappe

	if getattr(frappe.local, "conf", None):
		return frappe.local.conf
	with frappe.init_site(site):
		return frappe.local.conf
