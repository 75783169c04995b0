"""A household changes: somebody leaves it, or its head's case ends while others' go on (B7).

Who relied on the team of the head's case gets it as a team of their own, as it is today, so that nobody is left without a
case manager, a team, or meetings. Whom a secondment gave to the head's case alone stays there (C44).
"""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import getdate

from case_management.case_management.access.grants import SECONDED
from case_management.case_management.access.team import is_on, may_serve
from case_management.case_management.households.household import get_members
from case_management.case_management.meeting.meetings import ensure_next_meeting
from case_management.case_management.record.actions import action, store


class HouseholdChangeActions:
	"""The actions of a case by which a household changes."""

	@frappe.whitelist(methods=["POST"])
	@action
	def leave_household(self, on: str | date | None = None) -> dict:
		"""Let the client of a member's case leave the household: the case goes on with a team and meetings of its own.

		:param on: the day they left, YYYY-MM-DD; today if none is given
		:return: `client_case`, and `left`: the code of the head's case, None where the case had no head
		:raises frappe.ValidationError: the day lies before the case opened or in the future
		"""
		head = self.head_case
		if head:
			day = self.get_event_date(_("Left on"), on)
			others = {
				frappe.db.get_value("Client Case", head, "client"),
				*(row.client for row in get_members(head)),
			}
			self.give_own_team(frappe.get_doc("Client Case", head))
			self.head_case = self.relationship_to_head = None
			self.add_event("Left the Household", day)
			self.save()
			part(self.client, others - {self.client})
			ensure_next_meeting(self.name)
		return {"client_case": self.name, "left": head}

	def give_own_team(self, head: Document) -> None:
		"""Put who is on the head's team today on the case's own, where it has none."""
		for row in head.team if not self.has_own_team else ():
			if is_on(row) and row.team_role != SECONDED and may_serve(row.user):
				place = {"user": row.user, "team_role": row.team_role, "to_date": row.to_date}
				self.append("team", {**place, "from_date": getdate()})


def part(client: str, others: set[str]) -> None:
	"""Note of a client and of these others that they do not live together any more."""
	row = DocType("Client Relationship")
	one = (row.parent == client) & row.related_client.isin(list(others))
	other = row.parent.isin(list(others)) & (row.related_client == client)
	query = frappe.qb.update(row).set(row.in_household, 0)
	query.where((row.parenttype == "Client") & (one | other)).run()
	for name in (client, *others):
		frappe.clear_document_cache("Client", name)


def keep_household(head: Document) -> None:
	"""Let the open cases of a household go on when its head's case has ended."""
	names = [member.name for member in get_members(head.name)]
	for name in names:
		case = frappe.get_doc("Client Case", name)
		case.give_own_team(head)
		store(case)
		ensure_next_meeting(name)
	if names:
		frappe.msgprint(
			_("These cases of the household go on with a team and meetings of their own: {0}.").format(
				", ".join(sorted(names))
			),
			alert=True,
		)
