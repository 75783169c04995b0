"""A bench has sites, and a folder above them."""

from __future__ import annotations

import os

import frappe


def get_sites(sites_path=None):
	"""Return the names of the sites, which are the folders with a site configuration."""
	folder = sites_path or getattr(frappe.local, "sites_path", None) or "."
	return sorted(
		name
		for name in os.listdir(folder)
		if name != "assets" and os.path.isfile(os.path.join(folder, name, "site_config.json"))
	)


def get_bench_path():
	"""Return the folder above `sites`."""
	sites_path = getattr(frappe.local, "sites_path", None) or "."
	return os.environ.get("FRAPPE_BENCH_ROOT") or os.path.abspath(os.path.join(sites_path, ".."))
