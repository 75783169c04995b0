"""Stages of a residential program: how a resident moves through it, at their own pace and in any order (C28, C31)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import date_diff, formatdate, getdate

from case_management.case_management.record.actions import action
from case_management.case_management.record.refusal import refuse


class StageActions:
	"""The action of a case by which it comes to a stage."""

	@frappe.whitelist(methods=["POST"])
	@action
	def move_to_stage(
		self, stage: str | None = None, on: str | date | None = None, note: str | None = None
	) -> dict:
		"""Note that the resident has come to a stage of the program (C28); forward or back, as it is.

		:param stage: one of the program's stages
		:param on: a day, YYYY-MM-DD; today if none is given
		:param note: what it means to the client, or why, in words
		:return: `stage`, and `since`, the day they came to it; moved to the stage it is at, nothing happens
		:raises frappe.ValidationError: the program has no such stage, the case is closed, or the day lies
		        before the case opened or the last move, or in the future
		"""
		if not stage:
			refuse(self, _("No stage is given."), get_choice(self))
		if stage != self.stage:
			self.flags.stage_on = self.get_event_date(_("At the Stage from"), on)
			self.flags.stage_note = note
			self.stage = stage
			self.save()
		return {"stage": self.stage, "since": get_since(self)}


def get_stages(case: Document) -> list[str]:
	return [row.stage for row in frappe.get_cached_doc("Support Program", case.program).stages]


def get_choice(case: Document) -> str:
	"""Return what to do next for who named no stage of the program."""
	if stages := get_stages(case):
		return _("Choose one of: {0}.").format(", ".join(stages))
	return _("Ask an administrator to add stages to the program {0}.").format(case.program)


def validate_stage(case: Document) -> None:
	"""Refuse a stage that is none of the program's, and leaving a stage for none.

	A stage that the program dropped later holds up no other change of the case.
	"""
	before = case.get_doc_before_save()
	if (case.stage or None) == ((before and before.stage) or None):
		return
	if not case.stage:
		refuse(case, _("It has left the stage {0} for none.").format(before.stage), get_choice(case))
	if case.stage not in get_stages(case):
		refuse(case, _("“{0}” is not a stage of {1}.").format(case.stage, case.program), get_choice(case))


def set_stage_history(case: Document) -> None:
	"""Add a line for each move to a stage, whichever way it came; lines follow one another in time.

	:raises frappe.ValidationError: the move lies before the last one
	"""
	before = case.get_doc_before_save()
	if not case.stage or (before and before.stage == case.stage):
		return
	day = getdate(case.flags.stage_on or (case.opened_on if case.is_new() else None))
	since = get_since(case)
	if since and day < since:
		refuse(
			case,
			_("{0} lies before the move to {1} ({2}).").format(
				formatdate(day), case.stage_history[-1].stage, formatdate(since)
			),
			_("Correct the date."),
		)
	row = {"stage": case.stage, "from_date": day, "by_user": frappe.session.user}
	case.append("stage_history", {**row, "note": case.flags.stage_note})


def get_since(case: Document) -> date | None:
	"""Return the day the case came to the stage it is at."""
	return getdate(case.stage_history[-1].from_date) if case.stage_history else None


def get_days_at_stage(case: Document) -> int | None:
	"""Return for how many days the case has been at its stage, None at no stage."""
	since = get_since(case)
	if not case.stage or not since:
		return None
	return date_diff(case.closed_on or getdate(), since)
