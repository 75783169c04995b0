"""Does things with a site, on our engine and on a real bench alike, by Frappe's own Python functions.

Run by the Python of the bench's environment. Started from anywhere; works in the bench's `sites` folder.

    driver.py SITE install|uninstall|migrate|clear-cache|work
    driver.py SITE execute dotted.path ['{"argument": "value"}']
    driver.py SITE listen

`install` and `uninstall` take another app's name after them. `work` runs the background jobs that wait, and returns.
`execute` calls the function as Administrator, commits, and prints the result as one line of JSON, which is the last line.
`listen` does so for each line that it reads, `["dotted.path", {"argument": "value"}]`, and stays until there is none.
What else is printed on the way goes to the error stream. Errors end with exit code 1.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

APP = "case_management"


def sites_folder() -> Path:
	"""Return the `sites` folder of the bench whose environment runs this."""
	return Path(os.environ.get("CASE_BENCH") or Path(sys.prefix).parent) / "sites"


def connect(site: str) -> None:
	import frappe

	frappe.init(site, sites_path=".")
	frappe.connect()


def new_site(site: str, options: dict[str, Any]) -> None:
	"""Make a site on the engine, with nothing but the framework; see site.py for the options."""
	import frappe
	from frappe.installer import _init_database

	frappe.init(site, sites_path=".", new_site=True)
	_init_database(**options)


def complete_setup(language: str, country: str, time_zone: str, currency: str) -> None:
	"""Do what a person does in the setup wizard, and leave the scheduler off: nothing here runs it."""
	import frappe
	from frappe.desk.page.setup_wizard.setup_wizard import setup_complete

	setup_complete({"language": language, "country": country, "timezone": time_zone, "currency": currency})
	frappe.db.set_single_value("System Settings", {"enable_scheduler": 0, "setup_complete": 1})
	frappe.db.set_default("desktop:home_page", "workspace")
	clear_cache()


def install(app: str = APP) -> None:
	from frappe.installer import install_app

	install_app(app)


def uninstall(app: str = APP) -> None:
	from frappe.installer import remove_app

	remove_app(app, yes=True, no_backup=True)


def is_installed(app: str = APP) -> bool:
	import frappe

	return app in frappe.get_installed_apps()


def migrate(site: str) -> None:
	from frappe.migrate import SiteMigration

	SiteMigration(skip_search_index=True).run(site=site)


def clear_cache() -> None:
	import frappe
	from frappe.website.utils import clear_website_cache

	frappe.clear_cache()
	clear_website_cache()


def work() -> None:
	"""Run the background jobs that wait, one after the other."""
	from frappe.utils.background_jobs import start_worker

	start_worker(queue="short,default,long", quiet=True, burst=True)


def worker() -> None:
	"""Run background jobs as they come, until stopped."""
	from frappe.utils.background_jobs import start_worker

	start_worker(queue="short,default,long", quiet=True)


def execute(method: str, arguments: dict[str, Any]) -> Any:
	module, _, name = method.rpartition(".")
	return getattr(importlib.import_module(module), name)(**arguments)


def listen(site: str) -> None:
	"""Answer calls as they come, each in a transaction of its own; what the called functions keep stays."""
	for line in sys.stdin:
		_leave()
		connect(site)
		result = execute(*json.loads(line))
		_commit()
		print(_as_json(result), file=sys.__stdout__, flush=True)


SIMPLE_COMMANDS = {
	"install": install,
	"uninstall": uninstall,
	"is-installed": is_installed,
	"clear-cache": clear_cache,
	"complete-setup": complete_setup,
	"work": work,
	"worker": worker,
}


def run(site: str, command: str, words: list[str]) -> Any:
	"""Run one command on a connected site and return what it returns."""
	if command == "new-site":
		return new_site(site, json.loads(words[0]))
	connect(site)
	if command == "migrate":
		return migrate(site)
	if command == "listen":
		return listen(site)
	if command == "execute":
		return execute(words[0], json.loads(words[1]) if len(words) > 1 else {})
	return SIMPLE_COMMANDS[command](*words)


def main() -> None:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("site")
	parser.add_argument("command", choices=["new-site", "migrate", "execute", "listen", *SIMPLE_COMMANDS])
	parser.add_argument("words", nargs="*")
	given = parser.parse_args()

	# The folder of this file has modules with common names, which must not be found before installed ones.
	here = str(Path(__file__).resolve().parent)
	sys.path[:] = [folder for folder in sys.path if folder != here]
	os.environ["FRAPPE_SITE"] = given.site
	os.chdir(sites_folder())
	try:
		with contextlib.redirect_stdout(sys.stderr):
			result = run(given.site, given.command, given.words)
			_commit()
			text = _as_json(result)
	finally:
		_leave()
	print(text, flush=True)


def _as_json(result: Any) -> str:
	"""Return one line; what JSON cannot hold is shown as text."""
	import frappe

	try:
		return json.dumps(json.loads(frappe.as_json(result)))
	except (AttributeError, TypeError, ValueError):
		return json.dumps(str(result))


def _commit() -> None:
	import frappe

	if getattr(frappe.local, "db", None):
		frappe.db.commit()


def _leave() -> None:
	import frappe

	with contextlib.suppress(Exception):
		frappe.destroy()


if __name__ == "__main__":
	main()
