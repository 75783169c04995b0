"""What the made-up clients may ask of the service: about their record, for another worker, or not for this one (B26, C44)."""

from datetime import timedelta

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from case_management.case_management.access.emergency import give_access
from case_management.setup.demo.data import get_code, get_day
from case_management.setup.demo.story import Story

LOG = "Client Access Log"


def request(
	story: Story,
	number: int,
	kind: str,
	asks: str,
	about: str | None = None,
	of: str | None = None,
	states: str | None = None,
	decided: list | None = None,
	withheld: str | None = None,
	done: list | None = None,
	**more: object,
) -> None:
	"""Tell a request about the record as far as it came; a team leader takes and decides it.

	:param about: the kind of record it is about, the client's first of it
	:param of: whom a complaint is about
	:param decided: the decision, the days it took, and the reasons
	:param withheld: why confidential notes are left out
	:param done: the days after the decision, and what was done; access has its bundle made
	"""
	doc = story.new(
		"Record Request", kind=kind, what_is_asked=asks, received_on=story.act(number, story.lead)
	)
	doc.update({"asked_by": "Client", "complaint_about": story.world.staff.get(of), **more})
	if about:
		doc.update({"record_type": about, "record_name": get_first(story, about)})
	doc.insert()
	if states:
		doc.attach_statement(statement=states)
		doc.db_set("stated_on", story.day(number), update_modified=False)
	if decided:
		decide(story, doc, number + decided[1], decided, withheld)
	if done:
		complete(story, doc, number + decided[1] + done[0], done[1])


def get_first(story: Story, doctype: str) -> str:
	return frappe.db.get_value(doctype, {"client": story.client}, "name", order_by="creation")


def decide(story: Story, doc: Document, number: int, decided: list, withheld: str | None) -> None:
	day = story.act(number, story.lead)
	decision, _days, *reasons = decided
	told = {"reasons": reasons[0], "informed_on": day, "complaint_path_told": 1} if reasons else {}
	if withheld:
		notes = frappe.get_all("Case Note", {"client": story.client, "confidential": 1}, pluck="name")
		reason = get_code("Reason Information Is Withheld", withheld)
		told["withheld"] = [
			{"record_type": "Case Note", "record_name": name, "reason": reason} for name in notes
		]
	doc.decide(decision=decision, on=day, **told)


def complete(story: Story, doc: Document, number: int, outcome: str | None) -> None:
	day = story.act(number, story.lead)
	if doc.kind == "Access":
		doc.make_bundle()
		when = get_datetime(day) + timedelta(hours=11)
		doc.db_set("bundle_made_on", when, update_modified=False)
		date_look(doc.name, when)
	doc.complete(on=day, outcome=outcome)


def date_look(record: str, when: object) -> None:
	"""Date a line of the access log: the app notes the moment, this one was a while ago."""
	frappe.db.set_value(LOG, {"record_name": record}, "accessed_on", when, update_modified=False)


def declare(story: Story, number: int, user: str, by: str, reason: str, ended: list | None = None) -> None:
	"""Tell that a worker and the client know each other, or that the client does not want this worker.

	A worker who does not see the client tells the team leader, who records it.

	:param by: Worker or Client
	:param ended: after how many days a team leader ended it, and why
	"""
	worker = story.world.staff[user]
	day = story.act(number, story.lead if by == "Worker" else None)
	values = {"client": story.client, "user": worker, "declared_by": by, "declared_on": day, "reason": reason}
	doc = frappe.get_doc({"doctype": "Conflict Declaration", **values}).insert()
	if ended:
		story.act(number + ended[0], story.lead)
		frappe.get_doc(doc.doctype, doc.name).end(on=story.day(number + ended[0]), reason=ended[1])


def enter_in_emergency(
	story: Story, number: int, user: str, reason: str, hour: int = 23, looked: list | None = None
) -> None:
	"""Tell that somebody not on the team opened the record in an emergency; it ran out long ago.

	:param looked: after how many days the team leader looked at it, what was found, and whether it was justified
	"""
	when = get_datetime(story.act(number, story.world.staff[user])) - timedelta(hours=24 - hour)
	access = frappe.get_doc("Emergency Access", give_access(story.client, reason)["emergency_access"])
	times = {"granted_on": when, "lead_told_on": when, "expires_on": when + timedelta(hours=access.hours)}
	access.db_set(times, update_modified=False)
	date_look(access.name, when)
	if looked:
		days, note, justified = looked
		day = story.act(number + days, story.lead)
		access.look_at(note=note, justified=justified)
		access.db_set("looked_at_on", get_datetime(day) + timedelta(hours=9), update_modified=False)


def want_worker(
	story: Story,
	number: int,
	wanted: str,
	reason: str,
	agency: str | None = None,
	by: str = "Client",
	given: list | None = None,
	ended: list | None = None,
	unmet: list | None = None,
	withdrawn: str | None = None,
) -> None:
	"""Tell that a client asked for a worker of another agency, and what came of it (C44).

	:param given: who, after how many days, and until when, in days from today
	:param ended: after how many more days it ended, and how
	:param unmet: the code of the reason, after how many days, and what was said
	"""
	day = story.act(number)
	doc = story.new("Seconded Worker Request", wanted=wanted, requested_on=day, requested_by=by)
	doc.reason = get_code("Reason for a Seconded Worker", reason)
	doc.agency = story.world.agencies.get(agency)
	doc.insert()
	if given:
		user, days, until = given
		day = story.act(number + days, story.lead)
		doc.give(user=story.world.staff[user], from_date=day, to_date=get_day(until), on=day)
	if ended:
		day = story.act(number + given[1] + ended[0], story.lead)
		doc.end(on=day, note=ended[1])
	if unmet:
		code, days, note = unmet
		day = story.act(number + days)
		doc.not_met(reason=get_code("Reason Service Not Provided", code), note=note, on=day)
	if withdrawn:
		doc.withdraw(reason=withdrawn)
