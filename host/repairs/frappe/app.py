"""Web requests belong to a site."""

from __future__ import annotations

import os

import frappe
from frappe.app import (
	CallbackManager,
	HTTPRequest,
	NotFound,
	SharedDataMiddleware,
	StaticDataMiddleware,
	cint,
	make_form_dict,
	setup_read_only_mode,
)

ADDED = ("_site", "_sites_path", "_site_of")

_site = None
_sites_path = "."


def _site_of(request) -> str | None:
	"""Return the site that was set for this server, or named by a header, or by the host; else none: the default."""
	if _site:
		return _site
	for name in (request.headers.get("X-Frappe-Site-Name"), request.host.split(":", 1)[0]):
		if name and os.path.exists(os.path.join(_sites_path, name, "site_config.json")):
			return name
	return None


def init_request(request):
	local = frappe.local
	local.request = request
	local.request.after_response = CallbackManager()
	local.is_ajax = frappe.get_request_header("X-Requested-With") == "XMLHttpRequest"

	local.site = None
	frappe.init(_site_of(request), sites_path=_sites_path, force=True)
	if not local.conf.db_name:
		raise NotFound

	frappe.connect(set_admin_as_user=False)
	if local.conf.maintenance_mode:
		if not local.conf.allow_reads_during_maintenance:
			raise frappe.SessionStopped("Session Stopped")
		setup_read_only_mode()

	request.max_content_length = cint(local.conf.get("max_file_size")) or 25 * 1024 * 1024
	if request.path.startswith("/api/method/upload_file"):
		from frappe.core.api.file import get_max_file_size

		request.max_content_length = get_max_file_size()

	make_form_dict(request)
	# The package's annotations are text, so that Frappe's own reading of "0" as false is lost; link fields send it.
	if local.form_dict.get("ignore_user_permissions") == "0":
		local.form_dict.ignore_user_permissions = 0
	if request.method != "OPTIONS":
		local.http_request = HTTPRequest()
	for task in frappe.get_hooks("before_request"):
		frappe.call(task)


def application_with_statics():
	"""Serve the built assets and the public files of the site too."""
	global application

	application = SharedDataMiddleware(
		application, {"/assets": os.path.abspath(os.path.join(_sites_path, "assets"))}
	)
	application = StaticDataMiddleware(application, {"/files": os.path.abspath(_sites_path)})
	return application
