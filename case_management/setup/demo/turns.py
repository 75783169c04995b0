"""What happens between the meetings of the made-up clients, by the words that the fixtures use for it."""

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from case_management.setup.demo import (
	assessment,
	claims,
	cycle,
	living,
	planning,
	referrals,
	safety,
	talks,
	voices,
)
from case_management.setup.demo.actors import act
from case_management.setup.demo.data import get_code
from case_management.setup.demo.story import Story


def take_note(
	story: Story,
	number: int,
	note: str,
	kind: str = "Contact",
	channel: str = "Phone",
	minutes: int = 15,
	goal: str | None = None,
	confidential: int = 0,
	intrusiveness: str | None = None,
	reason: str | None = None,
	less: str | None = None,
	topic: str | None = None,
	format: str | None = None,
	options: str | None = None,
	choice: str | None = None,
	addendum: str | None = None,
	shared: int = 1,
	services: list[list[int]] | None = None,
) -> None:
	"""Tell a case note, with what was added to it after it was locked.

	:param shared: 0 for one that a seconded worker does not read
	:param services: code of Service Activity and minutes of each
	"""
	day = story.act(number)
	doc = story.new("Case Note", kind=kind, contact_channel=channel, minutes=minutes, note=f"<p>{note}</p>")
	doc.noted_on = get_datetime(day).replace(
		hour=story.random.randint(0, 8), minute=story.random.randint(0, 59)
	)
	doc.update({"goal": story.goals.get(goal), "confidential": confidential, "intrusiveness": intrusiveness})
	doc.update({"intrusiveness_reason": reason, "less_intrusive_considered": less})
	doc.update({"information_topic": topic, "information_format": format})
	doc.update({"options_discussed": options, "client_choice": choice, "shared_with_seconded": shared})
	for service, spent in services or []:
		doc.append("services", {"service": get_code("Service Activity", service), "minutes": spent})
	doc.insert()
	if addendum:
		act(story.worker)
		doc.add_addendum(text=addendum)


def note_for_household(story: Story, number: int, note: str, minutes: int) -> None:
	"""Tell a note that stands in the file of everybody in the household."""
	when = get_datetime(story.act(number)).replace(hour=8)
	values = {"note": f"<p>{note}</p>", "contact_channel": "Home Visit", "noted_on": when, "minutes": minutes}
	story.get_case().write_household_note(
		members=[case for _client, case in story.members.values()], **values
	)


def review(story: Story, number: int, asked: int = 1, reassess: int = 0) -> None:
	"""Tell a review of the plan (B18, B19).

	:param asked: whether the client was asked for feedback in it
	:param reassess: whether a new assessment was found to be wanted
	"""
	doc = cycle.schedule(story, number, kind="Review")
	found = {"feedback_asked": asked, "reassessment_wanted": reassess}
	talks.hold(story, doc, number, number // 14, story.last_day() // 14, **found)


def coordinate(story: Story, number: int, agency: str, person: str, may_discuss: str) -> None:
	"""Tell a meeting with an agency, to which the client invited somebody (B17, C47)."""
	doc = cycle.schedule(story, number, kind="Coordination")
	who = {
		"kind": "Worker From Another Agency",
		"person_name": person,
		"agency": story.world.agencies[agency],
	}
	row = {**who, "may_discuss": may_discuss, "invited_by_client": 1, "attended": 1}
	talks.hold(story, doc, number, 2, 12, attendees=[row])


def restrict(story: Story, number: int, users: list[str], reason: str) -> None:
	"""Tell that only some may see the client and the children (design §5)."""
	story.act(number, story.lead)
	for client in [story.client, *[client for client, _case in story.members.values()]]:
		doc = frappe.get_doc("Client", client)
		doc.restricted = 1
		doc.set("access_list", [{"user": story.world.staff[user], "reason": reason} for user in users])
		doc.save()


def add_to_team(story: Story, number: int, user: str, reason: str) -> None:
	"""Tell that a colleague shares the work (C12)."""
	day = story.act(number, story.lead)
	story.get_case().add_team_member(user=story.world.staff[user], from_date=day, reason=reason)


def change_manager(story: Story, number: int, user: str) -> None:
	day = story.act(number, story.lead)
	story.get_case().change_case_manager(user=story.world.staff[user], on=day)
	story.worker = story.world.staff[user]


def go_on_with(story: Story, number: int, user: str) -> None:
	"""Tell the rest of the journey with another member of the team."""
	story.worker = story.world.staff[user]


def get_goal(story: Story, number: int, goal: str) -> Document:
	story.act(number)
	return frappe.get_doc("Support Goal", story.goals[goal])


def put_on_hold(story: Story, number: int, goal: str, reason: str) -> None:
	get_goal(story, number, goal).put_on_hold(reason=reason)


def resume(story: Story, number: int, goal: str) -> None:
	get_goal(story, number, goal).resume()


def stop(story: Story, number: int, goal: str, reason: str) -> None:
	get_goal(story, number, goal).stop(reason=reason)


def defer(story: Story, number: int, goal: str, code: str, reason: str) -> None:
	get_goal(story, number, goal).defer(reason_code=get_code("Reason a Goal Waits", code), reason=reason)


def achieve(story: Story, number: int, goal: str, level: int, note: str) -> None:
	doc = get_goal(story, number, goal)
	doc.achieve(on=story.day(number), achievement_level=get_code("Goal Achievement Level", level), note=note)


def need_unmet(story: Story, number: int, description: str, service: int, reason: int) -> None:
	"""Tell of a need that nobody could meet (C16)."""
	doc = story.new("Unmet Need", description=description, needed_on=story.act(number), program=story.program)
	doc.service = get_code("Service Requested", service)
	doc.reason = get_code("Reason Service Not Provided", reason)
	doc.insert()


TURNS = {
	"note": take_note,
	"household note": note_for_household,
	"stage": living.reach_stage,
	"move": living.move,
	"review": review,
	"coordination": coordinate,
	"restrict": restrict,
	"worker": claims.want_worker,
	"team": add_to_team,
	"manager": change_manager,
	"by": go_on_with,
	"hold": put_on_hold,
	"resume": resume,
	"stop": stop,
	"defer": defer,
	"achieve": achieve,
	"unmet": need_unmet,
	"refer": referrals.refer,
	"draft": referrals.draft,
	"consent": referrals.consent,
	"withdraw": referrals.withdraw,
	"agency": referrals.involve,
	"reassess": assessment.reassess,
	"correct": assessment.correct,
	"revise": planning.revise,
	"safety plan": safety.plan_safety,
	"safety review": safety.review_plan,
	"safety revised": safety.revise_plan,
	"incident": safety.record_incident,
	"feedback": voices.ask,
	"request": claims.request,
	"conflict": claims.declare,
	"emergency": claims.enter_in_emergency,
}
