"""What a test may change for a while; each is a context manager and a decorator, and puts things back in any case."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from functools import wraps
from unittest.mock import patch

import frappe

ON_TEST_CASES = (
	"change_settings",
	"debug_on",
	"freeze_time",
	"patch_hooks",
	"set_user",
	"switch_site",
	"timeout_context",
	"trace_fields",
)
__all__ = [*ON_TEST_CASES, "timeout"]


@contextmanager
def change_settings(doctype, settings_dict=None, /, commit=False, **settings):
	"""Give a Single other values within the block."""
	wanted = settings if settings_dict is None else settings_dict
	before = {name: frappe.get_doc(doctype).get(name) for name in wanted}
	_save_settings(doctype, wanted, commit)
	try:
		yield
	finally:
		_save_settings(doctype, before, commit)


def _save_settings(doctype: str, values: dict, commit: bool) -> None:
	document = frappe.get_doc(doctype)
	document.update(values)
	document.save(ignore_permissions=True)
	frappe.db.value_cache.pop(doctype, None)
	if commit:
		frappe.db.commit()


@contextmanager
def patch_hooks(overridden_hooks: dict):
	"""Let some hooks have other values within the block."""
	original = frappe.get_hooks

	def get_hooks(hook=None, default="_KEEP_DEFAULT_LIST", app_name=None):
		if hook in overridden_hooks:
			return overridden_hooks[hook]
		return original(hook, default, app_name)

	with patch.object(frappe, "get_hooks", get_hooks):
		yield


@contextmanager
def set_user(user: str):
	"""Act as another user within the block."""
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)


@contextmanager
def switch_site(site: str):
	"""Be connected to another site within the block."""
	before = frappe.local.site
	frappe.init(site, force=True)
	frappe.connect()
	try:
		yield
	finally:
		frappe.destroy()
		frappe.init(before, force=True)
		frappe.connect()


@contextmanager
def freeze_time(time_to_freeze, is_utc: bool = False, *args, **kwargs):
	"""Let it be another time within the block; the time given is the site's unless it is in UTC."""
	from zoneinfo import ZoneInfo

	import freezegun
	from frappe.utils.data import get_datetime, get_system_timezone

	if not is_utc:
		local_time = get_datetime(time_to_freeze).replace(tzinfo=ZoneInfo(get_system_timezone()))
		time_to_freeze = local_time.astimezone(ZoneInfo("UTC"))
	with freezegun.freeze_time(time_to_freeze, *args, **kwargs):
		yield


@contextmanager
def debug_on(*exceptions):
	"""Open the debugger on an exception within the block."""
	watched = exceptions or (AssertionError,)
	try:
		yield
	except watched:
		import pdb

		pdb.post_mortem()
		raise


@contextmanager
def timeout_context(seconds=30, error_message="Operation timed out."):
	"""Raise when the block takes longer."""

	def give_up(*_):
		raise Exception(error_message)

	before = signal.signal(signal.SIGALRM, give_up)
	signal.alarm(seconds)
	try:
		yield
	finally:
		signal.alarm(0)
		signal.signal(signal.SIGALRM, before)


def timeout(seconds=30, error_message="Operation timed out."):
	"""Raise when the decorated test takes longer; usable with and without arguments."""

	def decorate(function):
		@wraps(function)
		def limited(*args, **kwargs):
			with timeout_context(30 if callable(seconds) else seconds, error_message):
				return function(*args, **kwargs)

		return limited

	return decorate(seconds) if callable(seconds) else decorate


@contextmanager
def trace_fields(doc_class, field_name=None, forbidden_values=None, custom_validation=None, **field_configs):
	"""Watch fields of a class within the block: some values are forbidden, or a function looks at each."""
	from frappe.model.trace import traced_field

	if field_name:
		field_configs = {
			field_name: {"forbidden_values": forbidden_values, "custom_validation": custom_validation}
		}
	fields = {
		name: traced_field(name, config.get("forbidden_values"), config.get("custom_validation"))
		for name, config in field_configs.items()
	}
	original_init = doc_class.__init__

	def traced_init(self, *args, **kwargs):
		original_init(self, *args, **kwargs)
		for name in fields:
			setattr(self, f"_{name}", getattr(self, name, None))

	with patch.multiple(doc_class, create=True, __init__=traced_init, **fields):
		yield doc_class


@contextmanager
def assert_query_count(self, count: int):
	"""Fail the test when the block asks the database more than `count` times."""
	database, queries = type(frappe.local.db), []
	original = database.sql

	def counted(db, *args, **kwargs):
		result = original(db, *args, **kwargs)
		queries.append(str(db.last_query))
		return result

	with patch.object(database, "sql", counted):
		yield
	self.assertLessEqual(len(queries), count, msg="Queries executed: \n" + "\n\n".join(queries))


@contextmanager
def primary_connection(self):
	"""Use the test's first connection within the block."""
	before = frappe.local.db
	frappe.local.db = self._primary_connection
	try:
		yield
	finally:
		frappe.local.db = before
