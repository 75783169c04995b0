"""Where the made-up clients live, night by night, and the stages of those in the house (C28, C30)."""

from case_management.setup.demo.data import get_code
from case_management.setup.demo.story import Story, add

# Days that somebody lived where they came from.
BEFORE = 60
LOCALITY = "Sampletown"


def settle(story: Story, number: int = 0) -> None:
	"""Tell where a person came from, and for the house, that they moved into a room with who came along."""
	day = story.act(number)
	if "came" in story.plan and not number:
		stay(story, story.plan["came"], from_date=add(day, -BEFORE))
	if story.plan["program"] == "house":
		stay(
			story, "transitional", from_date=day, tenure="program-place", occupancy="6", provided_by_program=1
		)


def stay(story: Story, kind: str, **values: object) -> None:
	"""Insert a stay of the household; the one before it ends with it."""
	for field, code_list in (("tenure", "Tenure Type"), ("occupancy", "Conditions of Occupancy")):
		values[field] = get_code(code_list, values.get(field))
	kind = get_code("Accommodation Type", kind)
	doc = story.new("Accommodation Stay", accommodation_type=kind, locality=LOCALITY, **values).insert()
	if story.members:
		doc.record_for_household()


def move(
	story: Story, number: int, kind: str, tenure: str = "renting", own: int = 1, note: str | None = None
) -> None:
	"""Tell that the client moved, into a place of their own or not."""
	stay(story, kind, from_date=story.act(number), tenure=tenure, is_independent=own, note=note)


def reach_stage(story: Story, number: int, stage: str, note: str | None = None) -> None:
	day = story.act(number)
	story.get_case().move_to_stage(stage=stage, on=day, note=note)
