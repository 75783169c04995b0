"""What gunicorn serves, on our engine and on a real bench: Frappe's own application, with /assets and /files.

Runs in the bench's `sites` folder; the environment variable CASE_SITE names the one site that is served. CASE_WITHOUT
is a JSON object of functions that do nothing in it but answer, by their dotted paths: a test sees what is missed then.
"""

import functools
import importlib
import json
import os
import types
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
# The function does what it does, and asks nobody.
UNASKED = "as Administrator"


def call_unasked(*given: object, original: Callable, **named: object) -> object:
	import frappe

	user, frappe.session.user = frappe.session.user, "Administrator"
	try:
		return original(*given, **named)
	finally:
		frappe.session.user = user


def switch_off(path: str, answer: str) -> None:
	"""Let a function, or a method of a class, answer always the same or ask nobody, also where it is imported by its name."""
	words = path.split(".")
	module = next(filter(None, (import_one(".".join(words[:length])) for length in range(len(words), 0, -1))))
	function = functools.reduce(getattr, words[len(module.__name__.split(".")) :], module)
	while hasattr(function, "__wrapped__"):
		function = function.__wrapped__
	if answer == UNASKED:
		original = types.FunctionType(function.__code__, function.__globals__, argdefs=function.__defaults__)
		function.__code__, function.__kwdefaults__ = call_unasked.__code__, {"original": original}
	else:
		function.__code__, function.__kwdefaults__ = ANSWERS[answer].__code__, None
	function.__defaults__ = None


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
