"""Consents and referrals of the made-up clients: information goes out on consent or a legal basis (B8, B16, C43)."""

import frappe

from case_management.setup.demo.data import get_code, get_day
from case_management.setup.demo.story import Story

SERVICES = {"homes": 3, "housing": 3, "landlord": 3, "crisis": 1, "legal": 4}


def consent(
	story: Story,
	number: int,
	purpose: str,
	agency: str | None = None,
	share: str = "Name, contact and what is asked for",
	withhold: str | None = None,
	by: str = "Written",
	expires: int | None = None,
) -> str:
	"""Tell that the client consented; return the consent's code.

	:param expires: days from today, which may have passed
	"""
	day = story.act(number)
	doc = story.new(
		"Client Consent",
		purpose=get_code("Consent Purpose", purpose),
		agency=story.world.agencies.get(agency),
		given_on=day,
		how_given=by,
		given_by=story.person["name"],
		what_may_be_shared=share,
		what_to_withhold=withhold,
		expires_on=None if expires is None else get_day(expires),
	)
	return doc.insert().name


def withdraw(story: Story, number: int, agency: str, note: str) -> None:
	"""Tell that the client withdrew the consent for an agency."""
	day = story.act(number)
	filters = {"client": story.client, "agency": story.world.agencies[agency]}
	frappe.get_doc("Client Consent", filters).withdraw(on=day, note=note)


def draft(
	story: Story, number: int, agency: str, help: str, reason: str, goal: str | None = None, **more: object
) -> str:
	story.act(number)
	doc = story.new(
		"Case Referral",
		agency=story.world.agencies[agency],
		help_kind=help,
		reason=reason,
		goal=story.goals.get(goal),
		service=get_code("Service Activity", SERVICES.get(agency)),
		**more,
	)
	return doc.insert().name


def refer(
	story: Story,
	number: int,
	agency: str,
	help: str,
	reason: str,
	goal: str | None = None,
	basis: list[str] | None = None,
	answer: list | None = None,
	outcome: list | None = None,
	withdrawn: str | None = None,
	continues: int = 0,
) -> None:
	"""Tell a referral as far as it came.

	:param basis: code and reason of a legal basis, in place of the client's consent
	:param answer: accepted or declined, the days it took, and the code of the reason
	:param outcome: what came of it, and the days after the answer
	"""
	doc = frappe.get_doc(
		"Case Referral", draft(story, number, agency, help, reason, goal, continues_after_exit=continues)
	)
	doc.send(on=story.day(number), **get_basis(story, number, agency, help, basis))
	if withdrawn:
		doc.withdraw(reason=withdrawn)
	if not answer:
		return
	told, days, *reason_code = answer
	day = story.act(number + days)
	if told == "declined":
		doc.decline(reason=get_code("Reason Service Not Provided", reason_code[0]), on=day)
	else:
		doc.accept(on=day)
	if outcome:
		doc.complete(outcome=outcome[0], on=story.act(number + days + outcome[1]))


def get_basis(story: Story, number: int, agency: str, help: str, basis: list[str] | None) -> dict:
	if help == "Information":
		return {}
	shared = {"what_was_shared": "Name, how to reach them safely, and what is asked for"}
	if basis:
		return {
			**shared,
			"legal_basis": get_code("Legal Basis for Disclosure", basis[0]),
			"legal_basis_note": basis[1],
		}
	return {**shared, "consent": consent(story, number, "referral", agency, withhold="Everything else")}


def involve(story: Story, number: int, agency: str, role: str) -> None:
	"""Tell that an agency takes part in the case, with the client's consent (B16)."""
	given = consent(story, number, "coordination", agency, share="Dates, and how the goals are going")
	case = story.get_case()
	row = {
		"agency": story.world.agencies[agency],
		"role": role,
		"consent": given,
		"from_date": story.day(number),
	}
	case.append("agencies", row)
	case.save()
