"""What gunicorn serves, on our engine and on a real bench: Frappe's own application, with /assets and /files.

Runs in the bench's `sites` folder; the environment variable CASE_SITE names the one site that is served. CASE_WITHOUT
is a JSON object of functions that do nothing in it but answer, by their dotted paths: a test sees what is missed then.
"""

import functools
import importlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import frappe.app

ANSWERS: dict[str, Callable] = {
	"None": lambda *given, **named: None,
	"True": lambda *given, **named: True,
	"False": lambda *given, **named: False,
	"nothing": lambda *given, **named: (),
	"first": lambda *given, **named: given[0],
	"text": lambda *given, **named: "",
}


def switch_off(path: str, answer: str) -> None:
	"""Let a function, or a method of a class, answer always the same, also where it is imported by its name."""
	words = path.split(".")
	module = next(filter(None, (import_one(".".join(words[:length])) for length in range(len(words), 0, -1))))
	function = functools.reduce(getattr, words[len(module.__name__.split(".")) :], module)
	while hasattr(function, "__wrapped__"):
		function = function.__wrapped__
	function.__code__ = ANSWERS[answer].__code__
	function.__defaults__ = function.__kwdefaults__ = None


def import_one(name: str) -> object:
	try:
		return importlib.import_module(name)
	except ModuleNotFoundError:
		return None


frappe.app._site = os.environ["CASE_SITE"]
frappe.app._sites_path = str(Path.cwd())
for path, answer in json.loads(os.environ.get("CASE_WITHOUT", "{}")).items():
	switch_off(path, answer)
application = frappe.app.application_with_statics()
