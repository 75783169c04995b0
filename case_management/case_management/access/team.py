"""The team of a case: whoever is on it today sees the client (design §5), so it changes by actions only."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from case_management.case_management.access import covering, planned_hand_over
from case_management.case_management.access.grants import SECONDED
from case_management.case_management.access.planned_hand_over import PLANNED, add_event
from case_management.case_management.record.actions import action
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.settings import get_setting
from case_management.permissions import is_only_seconded

# Roles that may be on a team.
TEAM_ROLES = ("Case Worker", "Seconded Case Worker", "Case Manager Lead")


class TeamActions:
	"""The actions of a case that change its team."""

	@frappe.whitelist(methods=["POST"])
	@action
	def add_team_member(
		self,
		user: str | None = None,
		team_role: str = "Co-worker",
		from_date: str | date | None = None,
		to_date: str | date | None = None,
		agency: str | None = None,
		reason: str | None = None,
	) -> dict:
		"""Put somebody on the team, so that they see the client (C12, C44); once for a person and role.

		:param user: the user's e-mail address
		:param team_role: Co-worker, Seconded Case Manager, Specialist or Cover
		:param from_date: from when on, YYYY-MM-DD; today if none is given
		:param to_date: the last day, YYYY-MM-DD; open if none is given, which a seconded one may not be
		:param agency: the External Agency a seconded case manager comes from
		:param reason: why, in words
		:return: `case_manager`, and `team`: the users who are on it today
		:raises frappe.ValidationError: there is no such user, they are disabled or have no role of a worker,
		        they would leave before joining, or a seconded one has no agency or no last day
		:raises frappe.PermissionError: the user is neither a team leader nor, where Settings allow it, the
		        case manager
		"""
		validate_may_change(self)
		validate_given(self, user)
		member = {"user": user, "team_role": team_role, "agency": agency, "reason": reason}
		member["from_date"] = get_date(self, _("From"), from_date)
		member["to_date"] = get_date(self, _("Until"), to_date) if to_date else None
		add_member(self, member)
		self.save()
		return get_team(self)

	@frappe.whitelist(methods=["POST"])
	@action
	def end_team_member(self, user: str | None = None, on: str | date | None = None) -> dict:
		"""End somebody's place on the team, and with it their access to the client (C44).

		:param user: the user's e-mail address
		:param on: their last day, YYYY-MM-DD; yesterday if none is given, so that access ends now
		:return: `case_manager`, and `team`: the users who are on it today
		:raises frappe.ValidationError: the user is the case manager, or is not on the team today (so also
		        when called twice)
		:raises frappe.PermissionError: the user is neither a team leader nor, where Settings allow it, the
		        case manager
		"""
		validate_may_change(self)
		validate_given(self, user)
		end_member(self, user, get_date(self, _("Until"), on or add_days(getdate(), -1)))
		self.save()
		return get_team(self)

	@frappe.whitelist(methods=["POST"])
	@action
	def change_case_manager(self, user: str | None = None, on: str | date | None = None) -> dict:
		"""Hand the case to another case manager; the one before leaves the team the day before (C12, C20).

		A day ahead is planned: until then the one before has the case, and the new one sees it from that day. A hand-over
		that was planned before is taken back by it.

		:param user: the user's e-mail address
		:param on: from when on, YYYY-MM-DD; today if none is given
		:return: `case_manager`, and `team`: the users who are on it today
		:raises frappe.ValidationError: there is no such user, they are disabled or have no role of a worker,
		        or the day is no date
		:raises frappe.PermissionError: the user is neither a team leader nor, where Settings allow it, the
		        case manager
		"""
		validate_may_change(self)
		validate_given(self, user)
		day = get_date(self, _("From"), on)
		if user != self.case_manager and not planned_hand_over.is_planned(self, user, day):
			change_manager(self, user, day)
			self.save()
		return get_team(self)

	@frappe.whitelist(methods=["POST"])
	@action
	def cover_case_manager(
		self,
		user: str | None = None,
		on: str | date | None = None,
		until: str | date | None = None,
		reason: str | None = None,
	) -> dict:
		"""Let somebody cover for the case manager during leave: they see the client and hold the meetings of these days (C12).

		The meetings and follow-ups of these days are theirs; the case manager stays, and keeps all that lies after.

		:param user: the user's e-mail address
		:param on: from when on, YYYY-MM-DD; today if none is given
		:param until: the last day, YYYY-MM-DD
		:param reason: why, in words
		:return: `case_manager`, and `team`: the users who are on it today
		:raises frappe.ValidationError: no last day is given, there is no such user, they are disabled, have no role of a
		        worker or are the case manager, or the last day lies before the first
		:raises frappe.PermissionError: the user is neither a team leader nor, where Settings allow it, the
		        case manager
		"""
		validate_may_change(self)
		validate_given(self, user)
		validate_cover(self, user, until)
		days = get_date(self, _("From"), on), get_date(self, _("Until"), until)
		if not covering.is_covered(self, user, *days):
			covering.cover(self, user, *days, reason)
			self.save()
			covering.update_days(self, user, *days)
		return get_team(self)

	@frappe.whitelist(methods=["POST"])
	@action
	def take_back_hand_over(self) -> dict:
		"""Take back a hand-over that is planned for a day ahead: the case manager stays (C20).

		:return: `case_manager`, and `team`: the users who are on it today; the same where nothing is planned
		:raises frappe.PermissionError: the user is neither a team leader nor, where Settings allow it, the
		        case manager
		"""
		validate_may_change(self)
		if planned_hand_over.take_back(self):
			self.save()
		return get_team(self)


def get_team(case: Document) -> dict:
	users = sorted({member.user for member in case.team if is_on(member)})
	return {"case_manager": case.case_manager, "team": users}


def validate_given(case: Document, user: str | None) -> None:
	if not user or not frappe.db.exists("User", user):
		refuse(case, _("There is no user {0}.").format(user or ""), _("Give the user's e-mail address."))


def validate_cover(case: Document, user: str, until: str | date | None) -> None:
	"""Refuse a cover without a last day, or by the case manager."""
	if not until:
		refuse(case, _("The last day of the cover is missing."), _("Enter until when it lasts."))
	if user == case.case_manager:
		refuse(case, _("{0} is its case manager.").format(user), _("Choose somebody else to cover."))


def validate_may_change(case: Document) -> None:
	"""Refuse to change a team for somebody who is neither a team leader nor, where Settings allow, the case manager."""
	user = frappe.session.user
	if user == "Administrator" or "Case Manager Lead" in frappe.get_roles(user):
		return
	managers_may = get_setting("case_manager_changes_team")
	if managers_may and case.case_manager == user:
		return
	refuse(
		case,
		_("Its team decides who sees the client, and is changed by a team leader."),
		_("Ask the leader of the program {0}.").format(case.program),
		frappe.PermissionError,
	)


def is_on(member: Document, day: date | None = None) -> bool:
	"""Tell whether a team row is in force on a day (today if none is given)."""
	day = getdate(day)
	return getdate(member.from_date) <= day and (not member.to_date or getdate(member.to_date) >= day)


def is_to_come(member: Document) -> bool:
	"""Tell whether a team row is in force today or will be."""
	return not member.to_date or getdate(member.to_date) >= getdate()


def set_manager_on_team(case: Document) -> None:
	"""Put the case manager on the team; a household member's case relies on the head's team where they are on it."""
	planned_hand_over.set_manager_of_today(case)
	if case.case_manager and not serves(case, case.case_manager) and not on_head_team(case):
		row = {"user": case.case_manager, "team_role": "Case Manager"}
		case.append("team", {**row, "from_date": getdate(case.opened_on) if case.is_new() else getdate()})
	case.has_own_team = int(has_begun(case))


def has_begun(case: Document) -> bool:
	"""Tell whether a case has a team of its own by now: somebody who joins on a day ahead makes none before it."""
	return any(getdate(row.from_date) <= getdate() for row in case.team)


def serves(case: Document, user: str) -> bool:
	return any(member.user == user and is_on(member) for member in case.team)


def on_head_team(case: Document) -> bool:
	if not case.head_case or has_begun(case):
		return False
	return serves(frappe.get_doc("Client Case", case.head_case), case.case_manager)


def add_member(case: Document, member: dict) -> None:
	"""Add a row to the team unless the same person serves in the same role already."""
	for row in case.team:
		if row.user == member["user"] and row.team_role == member["team_role"] and is_to_come(row):
			row.update({key: value for key, value in member.items() if value})
			return
	case.append("team", member)


def end_member(case: Document, user: str, last_day: date) -> None:
	"""Let a person's access end with `last_day`.

	:raises frappe.ValidationError: they are not on the team, or are its case manager
	"""
	if user == case.case_manager:
		refuse(
			case,
			_("{0} is its case manager.").format(user),
			_("Name another case manager first, with “Change Case Manager”."),
		)
	if user in planned_hand_over.get_next_managers(case):
		refuse(
			case,
			_("{0} is to be its case manager.").format(user),
			_("Take the hand-over back first, with “Take Back Hand-over”."),
		)
	rows = [row for row in case.team if row.user == user and is_to_come(row)]
	if not any(row.user == user for row in case.team):
		refuse(case, _("{0} is not on its team.").format(user), _("Choose somebody who is on the team."))
	end_rows(case, rows, last_day)


def end_rows(case: Document, rows: list[Document], last_day: date) -> None:
	"""Set the last day of team rows; one that would end before it began is taken off."""
	for row in rows:
		row.to_date = last_day
	case.set(
		"team",
		[row for row in case.team if not row.to_date or getdate(row.to_date) >= getdate(row.from_date)],
	)


def change_manager(case: Document, user: str, on: date) -> None:
	"""Make `user` the case manager from a day on; the one before leaves the team the day before.

	A day ahead is only planned: the case manager changes on that day (`planned_hand_over.py`).
	"""
	planned_hand_over.take_back(case)
	leaving = [row for row in case.team if row.user == case.case_manager and row.team_role == "Case Manager"]
	end_rows(case, [row for row in leaving if is_on(row)], add_days(on, -1))
	case.append("team", {"user": user, "team_role": "Case Manager", "from_date": on})
	if getdate(on) > getdate():
		add_event(case, case.case_manager, user, on, PLANNED)
	else:
		case.case_manager, case.flags.handed_over_on = user, on


def validate_team(case: Document) -> None:
	"""Check each row: a person with a role for it, dates in order; a seconded one has an agency and a last day (C44)."""
	for row in case.team:
		if row.to_date and getdate(row.to_date) < getdate(row.from_date):
			refuse(
				case, _("{0} leaves the team before joining it.").format(row.user), _("Correct the dates.")
			)
		if row.team_role == SECONDED and not (row.agency and row.to_date):
			refuse(
				case,
				_("A seconded case manager comes from an agency and until a day."),
				_("Name the agency and the last day of {0}.").format(row.user),
			)
		if row.is_new():
			validate_member(case, row.user)
			validate_seconded(case, row)


def validate_member(case: Document, user: str) -> None:
	if not may_serve(user):
		refuse(
			case,
			_("{0} cannot be on a team.").format(user),
			_("Choose an enabled user with one of the roles {0}.").format(
				", ".join(_(role) for role in TEAM_ROLES)
			),
		)


def may_serve(user: str) -> bool:
	"""Tell whether somebody works here and has a role that may be on a team."""
	enabled = frappe.db.get_value("User", user, "enabled")
	return bool(enabled) and not set(TEAM_ROLES).isdisjoint(frappe.get_roles(user))


def validate_seconded(case: Document, row: Document) -> None:
	"""Refuse a seconded worker in another role: it would have no last day, and reach the household (C44)."""
	if row.team_role != SECONDED and is_only_seconded(row.user):
		refuse(
			case,
			_("{0} works here for another agency.").format(row.user),
			_("Put them on the team as Seconded Case Manager, with agency and last day."),
		)
