"""One household's way through the service, from the first contact to wherever it is today."""

from collections.abc import Callable

import frappe

from case_management.setup.demo import assessment, cycle, ending, entry, living, planning, talks
from case_management.setup.demo.data import get_birth_date, get_code
from case_management.setup.demo.people import describe
from case_management.setup.demo.story import Story
from case_management.setup.demo.turns import TURNS, take_note

# Days from the opening of the case.
RIGHTS, ASSESSMENT, PLAN, FIRST_MEETING = 1, 5, 10, 16
# Where a journey may stand today, in its order.
STEPS = (
	"pending",
	"assessment draft",
	"assessment shared",
	"plan draft",
	"plan shared",
	"plan declined",
	"active",
)


def tell(story: Story) -> None:
	"""Play a journey of the fixtures through the app, in the order of its days."""
	until = STEPS.index(story.plan.get("until", "active"))
	entry.open_case(story)
	living.settle(story)
	join(story)
	describe(story)
	acknowledge(story)
	if until == STEPS.index("pending"):
		return
	tell_assessment(story, until)
	if until >= STEPS.index("plan draft"):
		tell_planning(story, STEPS[until])
	tell_days(story)
	if story.plan.get("exit", {}).get("status") == "closed":
		tell_after(story)


def join(story: Story) -> None:
	"""Let members join the household after the case was opened."""
	for key in story.plan.get("with", []) if "joins" in story.plan else []:
		day = story.act(story.plan["joins"])
		person = story.world.people[key]
		relationship = get_code("Relationship to Head of Household", 2)
		values = {"preferred_name": person["name"], "birth_date": get_birth_date(person)}
		answer = story.get_case().add_household_member(**values, relationship=relationship, on=day)
		story.members[key] = (answer["client"], answer["client_case"])


def acknowledge(story: Story) -> None:
	"""Tell that everybody in the household was given the rights statement; a voluntary case also needs agreement."""
	if story.plan.get("until") == "pending" and not story.is_voluntary:
		return
	day = story.act(story.plan.get("joins", 0) + RIGHTS)
	members = [(case, "A parent") for _client, case in story.members.values()]
	for case, by in [(story.case, "Client"), *members]:
		values = {
			"by": by,
			"on": day,
			"format": "Read aloud, and on paper",
			"language": story.person.get("language"),
		}
		if story.plan.get("override") and case == story.case:
			values = {"override_reason": story.plan["override"]}
		if story.is_voluntary and story.plan.get("until") != "pending":
			values |= {"agreed_on": day, "agreement_how": "Spoken"}
		frappe.get_doc("Client Case", case).acknowledge_rights(**values)
		ending.date_event(case, "Activated", day)


def tell_assessment(story: Story, until: int) -> None:
	step = STEPS[until]
	assessment.assess(
		story,
		ASSESSMENT + story.plan.get("joins", 0),
		share_only=step == "assessment shared",
		draft_only=step == "assessment draft",
	)


def tell_planning(story: Story, step: str) -> None:
	number = PLAN + story.plan.get("joins", 0)
	if step == "plan declined":
		planning.decline_plan(story, number)
	else:
		planning.make_plans(
			story, number, {"plan draft": "draft", "plan shared": "shared"}.get(step, "agreed")
		)


def tell_days(story: Story) -> None:
	"""Tell meetings, turns and ordinary contacts in the order of their days."""
	meetings = get_meetings(story)
	events = [
		(number, meet_on(story, place, len(meetings))) for place, number in enumerate(meetings, start=1)
	]
	events += [(number, take_turn(name, values)) for number, name, values in story.plan["turns"]]
	events += [(number + 4, contact if place else inform) for place, number in enumerate(meetings[1::3])]
	events += get_ending(story)
	for number, event in sorted(events, key=lambda item: item[0]):
		event(story, number)
	if "exit" not in story.plan or story.plan["exit"]["status"] != "closed":
		cycle.set_next(story, meetings[-1] if meetings else None)


def get_meetings(story: Story) -> list[int]:
	until = story.plan.get("until", "active")
	if until not in ("active", "plan declined"):
		return []
	return cycle.get_days(story, FIRST_MEETING + story.plan.get("joins", 0), story.last_day() - 1)


def meet_on(story: Story, place: int, count: int) -> Callable:
	return lambda story, number: talks.meet(story, number, place, count)


def take_turn(name: str, values: dict) -> Callable:
	return lambda story, number: TURNS[name](story, number, **values)


def contact(story: Story, number: int) -> None:
	if number < story.last_day():
		take_note(story, number, story.pick("contacts"), minutes=story.random.choice((5, 10, 20)))


def inform(story: Story, number: int) -> None:
	"""Tell that the client was given information, and what they chose (B15)."""
	if number < story.last_day():
		topic, options, choice, words = story.pick("information")
		told = {"topic": topic, "options": options, "choice": choice, "format": "Spoken, and a leaflet"}
		take_note(story, number, words, kind="Information Given", channel="In Person", minutes=20, **told)


def get_ending(story: Story) -> list[tuple]:
	plan = story.plan.get("exit", {})
	events = []
	if "plan" in plan:
		events.append((plan["plan"], lambda story, number: ending.plan_exit(story)))
	if "close" in plan:
		events.append((plan["close"], lambda story, number: ending.close(story)))
	return events


def tell_after(story: Story) -> None:
	"""Tell what came after the closure: follow-ups, and for some a return."""
	ending.follow_up(story)
	if "reopen" not in story.plan:
		return
	began = ending.reopen(story)
	living.settle(story, began)
	numbers = cycle.get_days(story, began + 8, story.plan["began"])
	for place, number in enumerate(numbers, start=1):
		talks.meet(story, number, place, len(numbers) + 6)
	cycle.set_next(story, numbers[-1] if numbers else None)
