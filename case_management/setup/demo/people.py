"""What is recorded about the clients themselves: how to address and reach them, and who belongs to them."""

import frappe

from case_management.setup.demo.data import get_code, get_phone
from case_management.setup.demo.registry import note
from case_management.setup.demo.story import Story

FIELDS = {
	"pronouns": "pronouns",
	"gender": "gender",
	"language": "language",
	"culture": "cultural_identity",
	"communicates": "communication_preference",
	"interpreter": "interpreter_language",
	"safe": "safe_contact_note",
	"secret": "address_is_secret",
}


def describe(story: Story) -> None:
	"""Write into the client, and into the members of the household, what the fixtures say about them."""
	story.act(1)
	describe_client(story, story.plan["who"], story.client)
	for key, (client, _case) in story.members.items():
		describe_client(story, key, client)
	if "legal" in story.person:
		make_identity(story, story.person)


def describe_client(story: Story, key: str, client: str) -> None:
	person = story.world.people[key]
	doc = frappe.get_doc("Client", client)
	doc.update({field: person[name] for name, field in FIELDS.items() if name in person})
	doc.interpreter_required = int("interpreter" in person)
	doc.living_arrangement = get_code("Living Arrangement", person.get("living"))
	doc.address = f"{1 + story.person['number']} Example Street, Sampletown"
	doc.set("contact_ways", get_contact_ways(person))
	for table, name in (("support_persons", "support"), ("alerts", "alerts")):
		for row in person.get(name, []):
			doc.append(table, row)
	doc.save()
	note("Client", key, client)


def get_contact_ways(person: dict) -> list[dict]:
	if person["age"] < 12:
		return []
	way = {
		"way": "Phone",
		"detail": get_phone(person["number"]),
		"safe_to_use": "No" if person.get("secret") else "Yes",
	}
	return [{**way, "note": person.get("safe")}]


def make_identity(story: Story, person: dict) -> None:
	"""Store the names a person does not go by, apart from the client's record."""
	given, family, sex, use_with = person["legal"]
	identity = frappe.get_doc({"doctype": "Client Identity", "client": story.client})
	identity.update({"legal_given_name": given, "legal_family_name": family})
	identity.sex_recorded = get_code("Sex (SLK-581)", sex)
	row = {
		"name_used": f"{given} {family}",
		"kind": "Legal",
		"use_with": use_with,
		"do_not_use": not use_with,
	}
	identity.append("names_used", row)
	identity.append(
		"identifiers", {"identifier_type": "Income support number", "identifier": "000 000 000 X"}
	)
	identity.insert()


def is_child(person: dict) -> bool:
	return person["age"] < 18
