"""Records for the tests from outside: made over REST, as the people who make them, by the app's own actions."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import requests

WAIT = 120
# What every save changes.
STAMPS = ("modified", "modified_by")


@dataclass(frozen=True)
class Person:
	"""Somebody who has signed in, and what they do over REST."""

	url: str
	session: requests.Session
	user: str

	def send(self, method: str, path: str, **options: Any) -> requests.Response:
		return self.session.request(method, f"{self.url}/api/{path}", timeout=WAIT, **options)

	def read(self, doctype: str, name: str) -> dict:
		return get_data(self.send("GET", get_path(doctype, name)))

	def find(self, doctype: str, *fields: str, **filters: Any) -> list[dict]:
		"""Return every record that matches, in the order in which they were made."""
		query = {"filters": filters, "fields": ["name", *fields]}
		parameters = {key: json.dumps(value) for key, value in query.items()}
		order = {"limit_page_length": 0, "order_by": "creation asc"}
		return get_data(self.send("GET", get_path(doctype), params={**parameters, **order}))

	def make(self, doctype: str, **values: Any) -> dict:
		return get_data(self.send("POST", get_path(doctype), json=values))

	def save(self, doctype: str, name: str, **values: Any) -> dict:
		return get_data(self.send("PUT", get_path(doctype, name), json=values))

	def act(self, doctype: str, name: str, action: str, **values: Any) -> dict:
		return get_data(self.try_to(doctype, name, action, **values))

	def try_to(self, doctype: str, name: str, action: str, **values: Any) -> requests.Response:
		"""Take an action as the form's button does, and return whatever is answered."""
		given = {"dt": doctype, "dn": name, "method": action, "args": json.dumps(values)}
		return self.send("POST", "method/run_doc_method", data=given)


def get_path(doctype: str, name: str | None = None) -> str:
	return f"resource/{quote(doctype)}" + (f"/{quote(name)}" if name else "")


def get_data(answer: requests.Response) -> Any:
	assert answer.ok, f"{answer.request.method} {answer.url}: {answer.status_code} {get_words(answer)}"
	given = answer.json()
	return given["data"] if "data" in given else given.get("message")


def get_words(answer: requests.Response) -> str:
	"""Return what an answer says to a person: its messages, or else the exception's text."""
	try:
		given = answer.json()
	except ValueError:
		return answer.text[:1000]
	said = [json.loads(message) for message in json.loads(given.get("_server_messages") or "[]")]
	said += given.get("errors") or given.get("messages") or []
	words = [
		row.get("message") or get_last_line(row.get("exception")) for row in said if isinstance(row, dict)
	]
	return " | ".join(filter(None, words)) or str(given.get("exception") or given)[:1000]


def get_last_line(text: str | None) -> str:
	return (text or "").strip().split("\n")[-1]


def get_stored(person: Person, doctype: str, name: str) -> dict:
	"""Return everything that is stored of a record, its rows included, without what every save changes."""
	return strip(person.read(doctype, name))


def strip(record: dict) -> dict:
	rows = {
		key: [strip(row) for row in value] if isinstance(value, list) else value
		for key, value in record.items()
		if key not in STAMPS
	}
	return rows


def get_day(offset: int = 0) -> str:
	return (datetime.now() + timedelta(days=offset)).strftime("%Y-%m-%d")


def get_time(**offset: float) -> str:
	return (datetime.now() + timedelta(**offset)).strftime("%Y-%m-%d %H:%M:%S")


@dataclass(frozen=True)
class Service:
	"""The people of the made-up service, and the records they make together."""

	intake: Person
	worker: Person
	lead: Person

	def get_program(self, participation: str = "Compulsory") -> str:
		"""Return a program that the team leader leads."""
		for field in ("lead", "deputy_lead"):
			filters = {field: self.lead.user, "participation": participation, "enabled": 1}
			if found := self.lead.find("Support Program", **filters):
				return found[0]["name"]
		raise AssertionError(f"{self.lead.user} leads no {participation} program")

	def get_agency(self) -> str:
		return self.worker.find("External Agency")[0]["name"]

	def make_intake(self, name: str = "Outside Caller", until: str = "Screening", **values: Any) -> str:
		"""Return an intake of yesterday that is New, or answered and told how screening works."""
		given = {"person_name": name, "program": self.get_program(), "first_contact_on": get_time(days=-1)}
		intake = self.intake.make("Client Intake", **given, **values)["name"]
		if until == "Screening":
			self.intake.act("Client Intake", intake, "respond")
			self.intake.act("Client Intake", intake, "inform_of_process", how="By phone")
		return intake

	def accept(self, intake: str, **values: Any) -> dict:
		given = {"new_person": 1, "case_manager": self.worker.user, "informed_how": "By phone"}
		return self.intake.act("Client Intake", intake, "accept", **{**given, **values})

	def make_pending_case(self, name: str = "Outside Caller") -> str:
		return self.accept(self.make_intake(name))["client_case"]

	def make_active_case(self, name: str = "Outside Caller") -> str:
		case = self.make_pending_case(name)
		self.worker.act("Client Case", case, "acknowledge_rights")
		return case

	def make_plan(self, case: str, goal: str | None = "A place of my own", **values: Any) -> dict:
		"""Return `plan` and, unless no goal is wanted, `goal` with one step; the plan is a draft."""
		plan = self.make_for(case, "Support Plan", **values)["name"]
		if not goal:
			return {"plan": plan}
		steps = [{"step": "Ring the housing office", "due_on": get_day(7)}]
		return {"plan": plan, **self.worker.act("Support Plan", plan, "add_goal", goal=goal, steps=steps)}

	def make_active_goal(self, case: str, goal: str = "A place of my own") -> dict:
		made = self.make_plan(case, goal)
		self.worker.act("Support Plan", made["plan"], "agree", how="Spoken")
		return made

	def make_for(self, case: str, doctype: str, **values: Any) -> dict:
		"""Return a record of the case's client and the case, made by its case manager."""
		client = self.worker.read("Client Case", case)["client"]
		return self.worker.make(doctype, client=client, client_case=case, **values)

	def get_meeting(self, case: str) -> str:
		return self.worker.find("Case Meeting", client_case=case, status="Scheduled")[0]["name"]

	def make_consent(self, case: str, purpose: str = "referral") -> str:
		values = {"purpose": f"Consent Purpose-{purpose}", "given_on": get_day(), "how_given": "Spoken"}
		return self.make_for(case, "Client Consent", **values)["name"]

	def make_referral(self, case: str) -> str:
		values = {"agency": self.get_agency(), "help_kind": "Formal", "reason": "A place to live"}
		return self.make_for(case, "Case Referral", **values)["name"]

	def make_ready_to_close(self, name: str = "Outside Caller") -> str:
		"""Return an Active case for which everything that belongs to a good ending is there, but the meeting."""
		case = self.make_active_case(name)
		plan = self.worker.act("Client Case", case, "plan_exit", planned_exit_on=get_day(1))["exit_plan"]
		follow_up = {"follow_up_assessed": "Together", "follow_up_needed": 1, "follow_up_consent": 1}
		rows = [{"due_on": get_day(30), "way": "Phone"}]
		supports = [{"kind": "Friend", "support_name": "A friend"}]
		self.worker.save("Exit Plan", plan, **follow_up, follow_ups=rows, supports=supports)
		self.worker.act("Exit Plan", plan, "agree", how="Spoken", participation="Fully")
		self.worker.act("Client Case", case, "offer_evaluation", answer="Declined")
		return case

	def close(self, case: str, **values: Any) -> requests.Response:
		given = {"end_reason": "Support Period End Reason-1", "cancel_meetings": 1}
		return self.worker.try_to("Client Case", case, "close", **{**given, **values})

	def make_closed_case(self, name: str = "Outside Caller") -> str:
		case = self.make_ready_to_close(name)
		get_data(self.close(case))
		return case
