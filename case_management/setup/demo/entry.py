"""First contact, screening and acceptance, and those who are turned away or wait (B1 to B4, B7)."""

from datetime import datetime, timedelta

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from case_management.setup.demo.actors import act
from case_management.setup.demo.data import get_birth_date, get_code, get_day, get_phone, read
from case_management.setup.demo.registry import get_made, note
from case_management.setup.demo.service import World
from case_management.setup.demo.story import Story

# Hours in which the made-up service answers, by urgency; one that is late takes ten times as long.
ANSWER_HOURS = {"Emergency": 0.5, "Urgent": 2, "Soon": 10, "Routine": 30}


def get_reasons(codes: list[int]) -> list[dict]:
	name = "Reason for Seeking Assistance"
	return [{"reason": get_code(name, code), "is_main": place == 0} for place, code in enumerate(codes)]


def open_case(story: Story) -> None:
	"""Tell a journey's beginning: the person becomes a client with a case, and so do the children with them."""
	act(story.world.staff["robin"], story.day(-3))
	first = get_datetime(story.day(-3)) + timedelta(hours=9, minutes=story.person["number"])
	intake = frappe.get_doc(get_intake(story, first)).insert()
	answered = first + timedelta(
		hours=ANSWER_HOURS[story.plan["urgency"]] * (10 if story.plan.get("late") else 1)
	)
	intake.respond(responded_on=answered, note="We talked about what brings them here, and agreed to meet.")
	intake.inform_of_process(on=answered, how="On the phone, and in the leaflet")
	told = get_datetime(story.day(0)) + timedelta(hours=9)
	answer = accept(story, intake, told)
	story.client, story.case = answer["client"], answer["client_case"]
	set_members(story, answer["members"])
	backdate(story, intake, told)
	note("Client Intake", story.plan["key"], intake.name)


def accept(story: Story, intake: Document, told: datetime) -> dict:
	"""Accept a new person; for one who was here before, a team leader confirms that it is them."""
	given = {"case_manager": story.worker, "informed_on": told, "informed_how": "In person"}
	if not story.plan.get("again"):
		return intake.accept(new_person=1, **given)
	intake.find_matches()
	intake.accept(client=get_made("Client")[story.plan["who"]], **given)
	story.act(0, story.lead)
	return intake.confirm_match()


def get_intake(story: Story, first: datetime) -> dict:
	person, plan = story.person, story.plan
	return {
		"doctype": "Client Intake",
		"person_name": person["name"],
		"birth_date": get_birth_date(person),
		"program": story.program,
		"urgency": plan["urgency"],
		"first_contact_on": first,
		"contact_channel": plan["channel"],
		"contact_detail": get_phone(person["number"]),
		"situation": story.world.words["situations"][plan["program"]],
		"service_requested": get_code("Service Requested", 2 if plan["program"] == "house" else 3),
		"reasons": get_reasons(plan["reasons"]),
		"companions": [get_companion(story, key) for key in get_companion_keys(story)],
		"interpreter_required": int("interpreter" in person),
		"safe_contact_note": person["safe"],
		**{field: person.get(field) for field in ("pronouns", "gender", "language")},
	}


def get_companion_keys(story: Story) -> list[str]:
	"""Return who comes along at first contact; the others join the household later."""
	return [] if story.plan.get("joins") else story.plan.get("with", [])


def get_companion(story: Story, key: str) -> dict:
	child = story.world.people[key]
	relationship = get_code("Relationship to Head of Household", 2)
	values = {"person_name": child["name"], "birth_date": get_birth_date(child), "relationship": relationship}
	return {**values, "needs_support": 1}


def set_members(story: Story, members: list[dict]) -> None:
	names = {story.world.people[key]["name"]: key for key in story.plan.get("with", [])}
	for member in members:
		name = frappe.db.get_value("Client", member["client"], "preferred_name")
		story.members[names[name]] = (member["client"], member["client_case"])


def backdate(story: Story, intake: Document, told: datetime) -> None:
	"""Let intake and cases say when it was: the decision is dated at the moment it is recorded.

	This history is older than the site, so the dates are set in the database.
	"""
	frappe.db.set_value("Client Intake", intake.name, "decided_on", told, update_modified=False)
	for case in [story.case, *[case for _client, case in story.members.values()]]:
		frappe.db.set_value("Client Case", case, "opened_on", told.date(), update_modified=False)
		row = {"parenttype": "Client Case", "parent": case}
		frappe.db.set_value("Case Event", row, "on_date", told.date(), update_modified=False)
		frappe.db.set_value("Case Team Member", row, "from_date", told.date(), update_modified=False)


def make_contacts(world: World) -> None:
	"""Make the first contacts of people who have no case: turned away, waiting, being screened, not yet answered."""
	made = get_made("Client Intake")
	for contact in read("contacts"):
		if contact["key"] not in made:
			note("Client Intake", contact["key"], make_contact(world, contact).name)


def make_contact(world: World, contact: dict) -> Document:
	# Who is no intake worker leaves a first contact in the queue.
	act(world.staff[contact.get("by", "teal")], get_day(-contact["days"]))
	first = get_first_contact(contact)
	values = {"person_name": contact["person_name"], "program": world.programs[contact["program"]]}
	values |= {
		"urgency": contact["urgency"],
		"first_contact_on": first,
		"contact_channel": contact["channel"],
	}
	values |= {"service_requested": get_code("Service Requested", contact["service"])}
	values |= {"reasons": get_reasons(contact["reasons"]), "companions": get_company(contact)}
	intake = frappe.get_doc({"doctype": "Client Intake", **values}).insert()
	if "answered" in contact:
		answered = first + timedelta(hours=contact["answered"])
		intake.respond(responded_on=min(answered, now_datetime()))
		intake.inform_of_process(on=min(answered, now_datetime()), how="When we rang back")
		decide(world, intake, contact, answered + timedelta(hours=4))
	return intake


def get_first_contact(contact: dict) -> datetime:
	"""Return a time in the morning of its day; today's contacts came within the last half hour."""
	morning = get_datetime(get_day(-contact["days"])) + timedelta(
		hours=9, minutes=len(contact["person_name"])
	)
	return min(morning, now_datetime() - timedelta(minutes=30)).replace(microsecond=0)


def get_company(contact: dict) -> list[dict]:
	child = get_code("Relationship to Head of Household", 2)
	return [
		{"person_name": who["person_name"], "birth_date": get_birth_date(who), "relationship": child}
		for who in contact.get("companions", [])
	]


def decide(world: World, intake: Document, contact: dict, told: datetime) -> None:
	if "decision" not in contact:
		return
	informed = {"informed_on": told, "informed_how": "On the phone"}
	if "not_informed" in contact:
		informed = {"not_informed_reason": contact["not_informed"]}
	if contact["decision"] == "Waitlisted":
		intake.waitlist(priority=contact["priority"], note=contact["note"], **informed)
	else:
		reason = get_code("Reason Service Not Provided", contact["why"])
		given = {"alternatives": get_alternatives(world, contact, told), "note": contact["note"], **informed}
		intake.not_accept(reason=reason, no_alternative_reason=contact.get("no_alternative"), **given)
	# The decision is dated at the moment it is recorded; this one is older than the site.
	frappe.db.set_value("Client Intake", intake.name, "decided_on", told, update_modified=False)
	if "kept" in contact:
		days, note = contact["kept"]
		on = get_datetime(get_day(-days)) + timedelta(hours=10)
		intake.keep_on_waiting_list(on=on, note=note)


def get_alternatives(world: World, contact: dict, told: datetime) -> list[dict]:
	rows = contact.get("alternatives", [])
	agencies = [world.agencies[row["agency"]] if "agency" in row else None for row in rows]
	return [
		{**row, "agency": agency, "given_on": told.date()} for row, agency in zip(rows, agencies, strict=True)
	]
