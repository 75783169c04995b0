"""What the made-up service sets up before it sees anybody: staff, agencies, programs and policies."""

from collections.abc import Callable
from dataclasses import dataclass, field

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, get_datetime

from case_management.setup.demo.actors import act
from case_management.setup.demo.data import get_code, get_day, get_people, get_words, read
from case_management.setup.demo.registry import get_made, note


@dataclass
class World:
	"""The names of what was set up, by the keys of the fixtures."""

	staff: dict[str, str] = field(default_factory=dict)
	agencies: dict[str, str] = field(default_factory=dict)
	programs: dict[str, str] = field(default_factory=dict)
	leads: dict[str, str] = field(default_factory=dict)
	people: dict[str, dict] = field(default_factory=dict)
	goals: dict[str, dict] = field(default_factory=dict)
	words: dict = field(default_factory=dict)


def make_service() -> World:
	"""Return the service, set up now as far as it is not there yet."""
	world = World(people=get_people(), goals=read("goals"), words=get_words())
	world.staff = make_all("User", read("staff"), make_user)
	world.agencies = make_all("External Agency", read("agencies"), make_agency)
	programs = read("programs")
	world.programs = make_all("Support Program", programs, lambda values: make_program(values, world))
	world.leads = {program["key"]: world.staff[program["lead"]] for program in programs}
	make_all("Service Policy", read("policies"), lambda values: make_policy(values, world))
	return world


def make_all(doctype: str, records: list[dict], make: Callable[[dict], Document]) -> dict[str, str]:
	"""Return key and name of each record; one that the demo has not made yet is made."""
	made = get_made(doctype)
	for record in records:
		values = dict(record)
		key = values.pop("key", None) or values["title"].replace(" ", "-")
		if key not in made:
			made[key] = note(doctype, key, make(values).name)
	return made


def get_logins() -> list[dict]:
	"""Return role, user, name and password of each member of staff, the first of each role before the others."""
	logins = [
		{
			"role": person["role"],
			"user": person["email"],
			"name": f"{person['first_name']} {person['last_name']}",
			"password": person["password"],
		}
		for person in read("staff")
	]
	roles = [login["role"] for login in logins]
	first = [roles.index(role) for role in dict.fromkeys(roles)]
	return [
		logins[place] for place in sorted(range(len(logins)), key=lambda place: (place not in first, place))
	]


def make_user(person: dict) -> Document:
	"""Store a member of staff; one who stayed on the site when the app was taken off gets role and password back."""
	known = frappe.db.exists("User", person["email"])
	user = frappe.get_doc("User", known) if known else frappe.new_doc("User")
	user.update({field: person[field] for field in ("email", "first_name", "last_name")})
	user.update({"enabled": 1, "send_welcome_email": 0, "new_password": person["password"]})
	user.set("roles", [{"role": person["role"]}])
	user.save(ignore_permissions=True)
	remove_other_roles(user, person["role"])
	return user


def remove_other_roles(user: Document, role: str) -> None:
	"""Take away what a site without a system manager gives its first user: each has the one role only."""
	if [row.role for row in user.roles] != [role]:
		frappe.db.delete("Has Role", {"parent": user.name, "parenttype": "User", "role": ("!=", role)})
		frappe.clear_cache(user=user.name)


def make_agency(values: dict) -> Document:
	values["agency_type"] = get_code("Agency Type", values["agency_type"])
	return frappe.get_doc({"doctype": "External Agency", **values}).insert()


def make_program(values: dict, world: World) -> Document:
	for field_name in ("lead", "deputy_lead"):
		values[field_name] = world.staff[values[field_name]]
	return frappe.get_doc({"doctype": "Support Program", **values}).insert()


def make_policy(values: dict, world: World) -> Document:
	"""Return a policy with its acknowledgements; one that the service has already stays the current one."""
	readers, effective = values.pop("read_by"), get_day(values.pop("effective_on"))
	values.setdefault("language", "English")
	same = {"kind": values["kind"], "language": values["language"], "is_current": 1}
	values.update({"effective_from": effective, "review_due": get_day(values.pop("review_on"))})
	values["policy_owner"] = world.staff[values.pop("owner")]
	values["is_current"] = int(not frappe.db.exists("Service Policy", same))
	policy = frappe.get_doc({"doctype": "Service Policy", **values}).insert()
	for number, reader in enumerate(readers, start=1):
		acknowledge(
			policy.name, world.staff[reader], add_to_date(get_datetime(effective), days=number * 3, hours=9)
		)
	return policy


def acknowledge(policy: str, user: str, on: object) -> None:
	act(user)
	frappe.get_doc("Service Policy", policy).acknowledge()
	act("Administrator")
	# Somebody acknowledges at the moment they do; these did so before the site was there.
	row = {"parent": policy, "user": user}
	frappe.db.set_value("Service Policy Acknowledgement", row, "acknowledged_on", on)
