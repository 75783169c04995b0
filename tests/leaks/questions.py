"""Every question there is: each function, method and address, with each shape at each of its places."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote

from arguments import DOCUMENTS as DOCUMENT_PLACES
from arguments import EXTRAS, get_default
from people import FAR, NEAR, Ask
from shapes import DOCUMENTS, FILTERS, LISTS, NAMELESS, NAMES, SHAPES, TEXTS
from skipped import SKIPPED
from world import Subject

# What functions read from the request that take no parameters for it.
READ_FROM_REQUEST = (
	"doctype",
	"name",
	"docname",
	"fields",
	"filters",
	"order_by",
	"group_by",
	"doc",
	"data",
	"file_url",
)
ANYTHING = tuple((name, False, None) for name in READ_FROM_REQUEST)
ROUTES = (
	"/api/resource/{D}/{N}",
	"/api/v1/resource/{D}/{N}",
	"/api/v2/document/{D}/{N}",
	"/api/v2/document/{D}/{N}/copy",
	"/api/v2/document/{D}/{N}/method/as_dict",
	"/api/resource/{D}",
	"/api/v2/document/{D}",
	"/api/v2/document/{D}/bulk_delete",
	"/api/v2/doctype/{D}/count",
	"/api/v2/doctype/{D}/meta",
	"/printview?doctype={D}&name={N}",
	"/list?doctype={D}&txt={N}",
	"/app/{S}/{N}",
	"/desk/{S}/{N}",
	"/{S}/{N}",
	"/client-feedback/{N}/edit",
	"/client-feedback?name={N}&doctype={D}",
	"/private/files/{W}.txt",
	"/private/files/../files/{W}.txt",
	"/files/{W}.txt",
	"/api/method/frappe.client.get/{D}/{N}",
	"/?cmd=frappe.client.get&doctype={D}&name={N}",
)
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD")
CARRIERS = ("docs", "dt and dn", "v1", "v2", "v2 document")
LONG = 1200
# DocTypes whose records may link to one that is not seen with them.
LINKING = ("Client Case", "Client Intake", "Unmet Need", "Client")
STYLES = ("query", "form", "multipart", "json")


@dataclass(frozen=True)
class Spec:
	"""One shape at one place of a function, a method or an address.

	:param what: function: its path; method: its name; address: its pattern
	:param about: whether it is asked of each DocType about a client, or of what chance says
	"""

	kind: str
	what: str
	place: str
	shape: str
	about: str = ""
	parameters: tuple[tuple[str, bool, int | None], ...] = field(default=(), compare=False, repr=False)
	methods: tuple[str, ...] = ("GET", "POST")

	def __str__(self) -> str:
		return f"{self.what} [{self.place}: {self.shape}{f', {self.about}' if self.about else ''}]"

	def matches(self, pattern: str) -> bool:
		return bool(re.search(pattern, f"{self.kind} {self}"))

	def get_chance(self, turn: int = 0) -> Random:
		return Random(hashlib.sha256(f"{self.kind}{self}{turn}".encode()).hexdigest())


@dataclass(frozen=True)
class Question:
	"""What one person asks about one subject."""

	who: str
	spec: Spec
	subject: Subject
	ask: Ask

	def __str__(self) -> str:
		return f"{self.who}: {self.spec}: {self.ask}"


def get_specs(made: dict[str, list[dict]], subjects: list[Subject]) -> list[Spec]:
	"""Return the whole product, once each."""
	records = [subject.doctype for subject in subjects if subject.kind == "record"]
	specs = [*get_of_functions(made["functions"], records), *get_of_methods(made["methods"], records)]
	return list(dict.fromkeys([*specs, *get_of_addresses(records)]))


def get_of_functions(functions: list[dict], records: list[str]) -> Iterator[Spec]:
	for function in functions:
		if SKIPPED.search(function["path"]):
			continue
		parameters, rest = get_parameters(function), (tuple(function["methods"]),)
		if not parameters and not function["reads_request"]:
			yield from (
				Spec("function", function["path"], "doctype", shape, "", ANYTHING, *rest) for shape in SHAPES
			)
			continue
		parameters += ANYTHING if function["reads_request"] else ()
		for place in dict.fromkeys(name for name, _required, _switch in parameters):
			for shape in SHAPES:
				yield Spec("function", function["path"], place, shape, "", parameters, *rest)
			for shape in DOCUMENTS if place in DOCUMENT_PLACES else ():
				for about in records:
					yield Spec("function", function["path"], place, shape, about, parameters, *rest)


def get_parameters(made: dict) -> tuple[tuple[str, bool, int | None], ...]:
	return tuple((row["name"], row["required"], row["switch"]) for row in made["parameters"])


def get_of_methods(methods: list[dict], records: list[str]) -> Iterator[Spec]:
	"""Yield the methods of documents: those that every one has for each client DocType, others of their own."""
	for row in methods:
		if SKIPPED.search(f"{row['doctype']}.{row['method']}"):
			continue
		rest = (get_parameters(row),)
		for about in [row["doctype"]] if row["doctype"] else records:
			for shape in DOCUMENTS:
				yield Spec("method", row["method"], "docs", shape, about, *rest)
			yield from (
				Spec("method", row["method"], carrier, "name", about, *rest) for carrier in CARRIERS[1:]
			)
		for name in (given["name"] for given in row["parameters"]):
			for shape in SHAPES:
				yield Spec("method", row["method"], name, shape, row["doctype"], *rest)


def get_of_addresses(records: list[str]) -> Iterator[Spec]:
	for route in ROUTES:
		for method in METHODS:
			for shape in (*NAMES, *FILTERS, *LISTS, "DocType in small letters", "DocType in full width"):
				yield Spec("address", route, "address", shape, methods=(method,))
			for name, value in EXTRAS:
				for about in LINKING if name.startswith("expand") and method == "GET" else ("",):
					yield Spec("address", route, f"{name}={value}", "name", about, methods=(method,))
		for about in records if "resource/" in route or "document/" in route else ():
			for shape in DOCUMENTS:
				yield from (
					Spec("address", route, place, shape, about, methods=(method,))
					for method in ("POST", "PUT")
					for place in ("data", "body", "body in a list")
				)


class Asker:
	"""Makes questions of what is known of the subjects."""

	def __init__(self, subjects: dict[str, list[Subject]]) -> None:
		self.subjects = subjects

	def make(self, spec: Spec, turn: int = 0, chance: Random | None = None) -> Question:
		"""Return the question of a spec that is due in a turn: another person, another subject each."""
		chance = chance or spec.get_chance(turn)
		who = chance.choice(NEAR if chance.random() < 0.75 else FAR)
		subject = self.choose(spec, self.subjects[who], chance)
		return Question(who, spec, subject, MAKERS[spec.kind](spec, subject, chance))

	def choose(self, spec: Spec, subjects: list[Subject], chance: Random) -> Subject:
		named = [subject for subject in subjects if subject.doctype == spec.about]
		if named:
			return chance.choice(named)
		if "link" in spec.shape or spec.place.startswith("expand"):
			return chance.choice([subject for subject in subjects if subject.linked])
		kind = chance.choice(("client", "record", "record", "row", "trace"))
		if kind == "client":
			return next(subject for subject in subjects if subject.doctype == "Client")
		return chance.choice([subject for subject in subjects if subject.kind == kind])


def make_function(spec: Spec, subject: Subject, chance: Random) -> Ask:
	"""Return the call of a function: in question is one argument, the others are given what their names say."""
	others = subject if spec.shape in NAMELESS or chance.random() < 0.3 else subject.own
	values = fill(spec, others, chance)
	if ANYTHING[0] in spec.parameters:
		values = {"doctype": subject.doctype, "fields": ["name"], **values}
	values[spec.place] = SHAPES[spec.shape](subject, chance)
	values |= dict([chance.choice(EXTRAS)]) if chance.random() < 0.1 else {}
	method = chance.choice(
		spec.methods if "GET" not in spec.methods else ("GET", "GET", "GET", *spec.methods)
	)
	address = f"/api/method/{spec.what}" if chance.random() < 0.85 else f"/api/v2/method/{spec.what}"
	if chance.random() < 0.05:
		address, values = "/", {"cmd": spec.what, **values}
	return Ask(method, address, values, get_style(method, values, chance))


def get_style(method: str, values: dict[str, Any], chance: Random) -> str:
	"""Return where the values stand: what is long is no part of an address."""
	if len(str(values)) > LONG:
		return chance.choice(STYLES[1:])
	return "query" if method in ("GET", "DELETE", "HEAD") else chance.choice(STYLES)


def fill(spec: Spec, subject: Subject, chance: Random, new_name: bool = False) -> dict[str, Any]:
	"""Return values for the parameters of a function: what it must have, sometimes the rest; switches are turned."""
	values, sparse = {}, chance.random() < 0.4
	for name, required, switch in spec.parameters:
		odds = 0.8 if name in subject.named else 0 if sparse else 0.5
		if not required and chance.random() >= odds:
			continue
		value = switch if switch is not None else get_default(name, subject, chance)
		value = f"ZZ-{chance.randrange(10**6)}" if new_name and name in ("name", "new_name", "new") else value
		if value is not None or required:
			values[name] = "1" if value is None else value
	return values


def make_method(spec: Spec, subject: Subject, chance: Random) -> Ask:
	"""Return the call of a method of a document, that is sent or named."""
	args = fill(spec, subject, chance, new_name=True)
	carrier, shape = (
		(spec.place, spec.shape) if spec.place in CARRIERS else ("docs", chance.choice(list(DOCUMENTS)))
	)
	if spec.place not in CARRIERS:
		args[spec.place] = SHAPES[spec.shape](subject, chance)
	given = SHAPES[shape](subject, chance)
	method, own = chance.choice(("GET", "POST")), quote(str(subject.name))
	address = "/api/method/run_doc_method"
	if carrier == "docs":
		values = {"docs": own_method(spec, given, subject), "method": spec.what, "args": args}
	elif carrier == "dt and dn":
		values = {"dt": subject.doctype, "dn": given, "method": spec.what, "args": args}
	elif carrier == "v1":
		address, values = f"/api/resource/{quote(subject.doctype)}/{own}", {"run_method": spec.what, **args}
	elif carrier == "v2":
		address, values = f"/api/v2/document/{quote(subject.doctype)}/{own}/method/{spec.what}", args
	else:
		address = "/api/v2/method/run_doc_method"
		values = {
			"document": {"doctype": subject.doctype, "name": given},
			"method": spec.what,
			"kwargs": args,
		}
	return Ask(method, address, values, get_style(method, values, chance))


def own_method(spec: Spec, given: Any, subject: Subject) -> Any:
	"""Return a document for a method that only another DocType has: one of that, which names the record where it can."""
	if not spec.about or subject.doctype == spec.about or not isinstance(given, dict):
		return given
	pointing = {
		"document_type": subject.doctype,
		"reference_doctype": subject.doctype,
		"doctype_name": subject.doctype,
	}
	pointing |= {
		"ref_doctype": subject.doctype,
		"reference_name": subject.name,
		"document_name": subject.name,
	}
	return {**given, **pointing, "doctype": spec.about, "name": spec.about}


def make_address(spec: Spec, subject: Subject, chance: Random) -> Ask:
	method = spec.methods[0]
	value = SHAPES[spec.shape](subject, chance)
	doctype, name = subject.doctype, subject.name
	if spec.shape in NAMES:
		name = value
	elif spec.shape in TEXTS:
		doctype = value
	if spec.place.startswith("expand") and subject.seen:
		name = subject.seen["name"]
	values = get_values(spec, value)
	address = fill_route(spec.what, doctype, name, subject.pick(chance)[1])
	style = chance.choice(STYLES[1:]) if "?" in address else get_style(method, values, chance)
	style = "json" if isinstance(values, list) else style
	return Ask(method, address, values, style)


def get_values(spec: Spec, value: Any) -> dict[str, Any] | list:
	"""Return what an address is asked with: an extra argument, filters, fields, a document."""
	if "=" in spec.place:
		name, _, _text = spec.place.partition("=")
		return next({key: given} for key, given in EXTRAS if spec.place == f"{key}={given}" and key == name)
	if spec.place == "body":
		return value if isinstance(value, dict) else {"data": value}
	if spec.place == "body in a list":
		return [value]
	if spec.place == "data":
		return {"data": value}
	if spec.shape in FILTERS:
		return {"filters": value}
	return {"fields": value} if spec.shape in LISTS else {}


def fill_route(route: str, doctype: str, name: Any, word: str) -> str:
	slug = re.sub(r"\W+", "-", str(doctype).lower())
	return (
		route.replace("{D}", quote(str(doctype)))
		.replace("{N}", quote(str(name), safe=""))
		.replace("{S}", quote(slug))
		.replace("{W}", word)
	)


MAKERS = {"function": make_function, "method": make_method, "address": make_address}
