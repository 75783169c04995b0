"""A job belongs to the site that asked for it."""

from __future__ import annotations

import frappe
from frappe.utils.background_jobs import CallbackManager, os, time

ADDED = ("_begin_job", "_should_retry", "_finish_job")


def _begin_job(site, user) -> None:
	frappe.init(site, force=True)
	frappe.connect()
	if os.environ.get("CI"):
		from frappe.tests.utils import toggle_test_mode

		toggle_test_mode(True)
	if user:
		frappe.set_user(user)


def _should_retry(error, retry: int) -> bool:
	if retry >= 5:
		return False
	if isinstance(error, frappe.RetryBackgroundJobError):
		return True
	return bool(frappe.db.is_deadlocked(error) or frappe.db.is_timedout(error))


def _finish_job(site, method_name: str, kwargs: dict, result) -> None:
	if not getattr(frappe.local, "site", None):
		frappe.init(site, force=True)
		frappe.connect()
	for task in frappe.get_hooks("after_job"):
		frappe.call(task, method=method_name, kwargs=kwargs, result=result)
	if job := getattr(frappe.local, "job", None):
		job.after_job.run()


def execute_job(site, method, event, job_name, kwargs, user=None, is_async=True, retry=0):
	"""Run a job on its site: commit when it succeeds; roll back and log when it fails; retry what a lock stopped."""
	if is_async:
		_begin_job(site, user)

	method_name = method if isinstance(method, str) else f"{method.__module__}.{method.__qualname__}"
	if isinstance(method, str):
		method = frappe.get_attr(method)
	frappe.local.job = frappe._dict(
		site=site,
		method=method_name,
		job_name=job_name,
		kwargs=kwargs,
		user=user,
		after_job=CallbackManager(),
	)
	for task in frappe.get_hooks("before_job"):
		frappe.call(task, method=method_name, kwargs=kwargs, transaction_type="job")

	result = None
	try:
		result = method(**kwargs)
	except Exception as error:
		frappe.db.rollback(chain=True)
		may_retry = isinstance(error, frappe.db.InternalError | frappe.RetryBackgroundJobError)
		if may_retry and _should_retry(error, retry):
			frappe.local.job.after_job.reset()
			frappe.destroy()
			time.sleep(retry + 1)
			return execute_job(
				site, method, event, job_name, kwargs, user=user, is_async=is_async, retry=retry + 1
			)
		frappe.log_error(title=method_name)
		frappe.monitor.add_data_to_monitor(exception=error.__class__.__name__)
		frappe.db.commit(chain=True)
		raise
	else:
		frappe.db.commit(chain=True)
		return result
	finally:
		_finish_job(site, method_name, kwargs, result)
		if is_async:
			frappe.destroy()
