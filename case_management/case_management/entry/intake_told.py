"""What the person who made contact was told: how entry works, and what was decided (B2)."""

from datetime import datetime

from frappe import _
from frappe.model.document import Document

from case_management.case_management.record.dates import get_time
from case_management.case_management.record.refusal import refuse


def validate_process_told(intake: Document) -> None:
	if not (intake.process_informed_on or intake.process_not_informed_reason):
		refuse(
			intake,
			_("No decision before the person was told how entry and screening work."),
			_("Record when that was explained, or why it was not safe or possible."),
		)


def validate_decision_told(intake: Document) -> None:
	"""Refuse a decision the person was not told; that they were told of the waiting list does not tell them the next."""
	told = intake.decision_informed_on
	if (
		told
		and intake.waitlist_told_on
		and get_time(intake, "", told) == get_time(intake, "", intake.waitlist_told_on)
	):
		told = None
	if not (told or intake.decision_not_informed_reason):
		refuse(
			intake,
			_("No decision before the person was told of it."),
			_("Record when and how they were told, or why it was not safe or possible."),
		)


def set_told(
	intake: Document,
	what: str,
	on: str | datetime | None,
	how: str | None,
	reason: str | None,
	default_now: bool = False,
) -> bool:
	"""Note when and how the person was told of the `process` or the `decision`, or why not; tell whether anything was.

	:param on: now, if only `how` is given
	:param default_now: with nothing given at all, they are told now
	"""
	if on or how or (default_now and not reason):
		intake.set(
			f"{what}_informed_on", get_time(intake, _(intake.meta.get_label(f"{what}_informed_on")), on)
		)
		intake.set(f"{what}_informed_how", how or intake.get(f"{what}_informed_how"))
		if what == "decision":
			intake.waitlist_told_on = None
	if reason:
		intake.set(f"{what}_not_informed_reason", reason)
	return bool(on or how or reason or default_now)
