"""Who asks about the hidden client of the leak suite: everybody to whom it must not be there, and one to whom it may."""

import frappe
from frappe.desk.doctype.notification_settings.notification_settings import create_notification_settings
from frappe.utils import add_days, today
from frappe.utils.password import update_password

PASSWORD = "leak-Suite-9753"
DOMAIN = "leaks.example.org"

# Who somebody is → their roles. Each but `permitted` is kept from the client by something else.
PEOPLE = {
	"permitted": ("Case Manager Lead", "Case Worker", "Case Intake Worker"),
	"worker of another case": ("Case Worker",),
	"seconded": ("Seconded Case Worker",),
	"in conflict": ("Case Worker",),
	"declared by the client": ("Case Worker",),
	"former team member": ("Case Worker",),
	"not listed": ("Case Worker",),
	"seconded until yesterday": ("Seconded Case Worker",),
	"intake worker": ("Case Intake Worker",),
	"lead of another program": ("Case Manager Lead",),
	"auditor": ("Case Auditor",),
	"admin": ("Case Management Admin",),
	"system manager": ("System Manager",),
	"without a role": (),
	"website user": (),
}
# Whose hidden client is the restricted one: on its team, but not on its list.
UNLISTED = "not listed"


def get_user(who: str) -> str:
	return f"{who.replace(' ', '-')}@{DOMAIN}"


def get_people() -> dict[str, dict]:
	"""Return each one's user and roles; those with the same roles get the same answer about what is not there."""
	return {who: {"user": get_user(who), "roles": list(roles)} for who, roles in PEOPLE.items()}


def make_people() -> None:
	"""Store everybody, past the rules for new users, which take seconds each."""
	for who, roles in PEOPLE.items():
		kind = "Website User" if who == "website user" else "System User"
		values = {"name": get_user(who), "email": get_user(who), "first_name": who, "full_name": who}
		user = frappe.get_doc({"doctype": "User", **values, "enabled": 1, "user_type": kind})
		user.db_insert()
		for role in roles:
			about = {"parent": user.name, "parenttype": "User", "parentfield": "roles"}
			frappe.get_doc({"doctype": "Has Role", "role": role, **about}).db_insert()
		create_notification_settings(user.name)
		update_password(user.name, PASSWORD)


def let_in(number: int) -> None:
	"""Put on the teams whom something keeps from the client nevertheless, and the one who may see it."""
	from case_management.tests.leak_world import HIDDEN, RESTRICTED, SECOND, SEEN, get_name

	case = get_name("Client Case", number)
	if number == RESTRICTED:
		join_team(case, get_user(UNLISTED))
	if number == SEEN:
		let_in_all(case)
	if number != HIDDEN:
		return
	for who in ("in conflict", "declared by the client"):
		join_team(case, get_user(who))
	seconded = get_user("seconded until yesterday")
	join_team(case, seconded, team_role="Seconded Case Manager", to_date=add_days(today(), -1))
	make_closed_case(get_name("Client", number), get_name("Client Case", SECOND))
	declaration = {"client": get_name("Client", number), "user": get_user("declared by the client")}
	declaration.update(
		name=get_name("Conflict Declaration", SECOND), declared_by="Client", declared_on=today()
	)
	frappe.get_doc({"doctype": "Conflict Declaration", **declaration}).db_insert()


def let_in_all(case: str) -> None:
	"""Put everybody on the team who works with clients."""
	for who, roles in PEOPLE.items():
		if "Case Worker" in roles:
			join_team(case, get_user(who))
		if "Seconded Case Worker" in roles:
			join_team(case, get_user(who), team_role="Seconded Case Manager", to_date=add_days(today(), 30))


def make_closed_case(client: str, name: str) -> None:
	"""Store a case of the client that was closed long ago, and whose team sees it no more."""
	ended = add_days(today(), -30)
	case = {
		"name": name,
		"client": client,
		"status": "Closed",
		"closed_on": ended,
		"team_access_until": ended,
	}
	frappe.get_doc({"doctype": "Client Case", **case, "has_own_team": 1}).db_insert()
	join_team(name, get_user("former team member"))


def join_team(case: str, user: str, **values: object) -> None:
	about = {"parent": case, "parenttype": "Client Case", "parentfield": "team"}
	row = {"user": user, "team_role": "Case Manager", "from_date": add_days(today(), -60), **values}
	frappe.get_doc({"doctype": "Case Team Member", **about, **row}).db_insert()


def remove_people() -> None:
	"""Delete everybody, and whatever they left anywhere on the site: logs, settings, sessions, reports."""
	users = [get_user(who) for who in PEOPLE]
	for doctype in frappe.get_all("DocType", {"issingle": 0, "is_virtual": 0}, pluck="name"):
		if frappe.db.table_exists(doctype):
			frappe.db.delete(doctype, {"owner": ("in", users)})
	for table, column in (("Has Role", "parent"), ("Notification Settings", "name"), ("User", "name")):
		frappe.db.delete(table, {column: ("in", users)})
	for table, column in (("__Auth", "name"), ("__UserSettings", "user"), ("Sessions", "user")):
		frappe.db.delete(table, {column: ("in", users)})
