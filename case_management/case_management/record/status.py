"""Status belongs to the code, the Workflow to the administrator.

Rules look at `status` and at nothing else. An active Workflow decides who may move a record and through which
states of its own; each of its states sets `status` by Frappe's update field and value. This module is where the
two meet: what moves are legal at all, and that none goes past an active Workflow.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_transitions, get_workflow, get_workflow_name, has_approval_access

from case_management.case_management.record.refusal import refuse


def status_changed_to(doc: Document, *statuses: str) -> bool:
	"""Tell whether this save brings `doc` to one of `statuses`."""
	before = doc.get_doc_before_save()
	return doc.status in statuses and (not before or before.status != doc.status)


def validate_status_change(doc: Document) -> None:
	"""Refuse a status the record cannot begin with or move to, and a move past an active Workflow."""
	before = doc.get_doc_before_save()
	if not before:
		validate_first_status(doc)
		return
	if before.status != doc.status:
		validate_next_status(doc, before.status, doc.status)
	if workflow := get_active_workflow(doc.doctype):
		validate_through_workflow(doc, before, workflow)
	elif before.status != doc.status and not doc.flags.by_rule:
		refuse(doc, _("Its status is not changed directly."), _("Use the record's actions."))


def validate_first_status(doc: Document) -> None:
	first = next(iter(doc.NEXT_STATUS))
	doc.status = doc.status or first
	if doc.status != first:
		refuse(
			doc,
			_("A new record begins as {0}, not as {1}.").format(_(first), _(doc.status)),
			_("Save it without a status, then use its actions."),
		)


def validate_next_status(doc: Document, old: str, new: str) -> None:
	legal = doc.NEXT_STATUS.get(old, ())
	if new not in legal:
		refuse(
			doc,
			_("It is {0} and cannot become {1}.").format(_(old), _(new)),
			_("Possible now: {0}.").format(", ".join(_(status) for status in legal) or _("nothing more")),
		)


def validate_through_workflow(doc: Document, before: Document, workflow: Document) -> None:
	"""Refuse a status that moves without the Workflow's state, or the state without its status.

	Frappe checks role and condition of the step when the state changes, whichever way the change came. It checks
	self-approval only in its own action, so that is repeated here.
	"""
	field = workflow.workflow_state_field
	if before.status == doc.status and before.get(field) == doc.get(field):
		return
	if before.get(field) == doc.get(field) or get_status_of_state(workflow, doc.get(field)) != doc.status:
		refuse(
			doc,
			_("Its status follows the workflow {0} and is not changed directly.").format(workflow.name),
			_("Use the record's actions."),
		)
	validate_self_approval(doc, before, workflow)


def validate_self_approval(doc: Document, before: Document, workflow: Document) -> None:
	field = workflow.workflow_state_field
	steps = [step for step in get_transitions(before, workflow) if step.next_state == doc.get(field)]
	if steps and not any(has_approval_access(frappe.session.user, doc, step) for step in steps):
		refuse(
			doc,
			_("Who made a record cannot take this step with it themselves."),
			_("Ask a colleague to do it."),
			frappe.PermissionError,
		)


def move_to(doc: Document, status: str) -> None:
	"""Save `doc` with its new status: by a step of the active Workflow that the user may take, else directly.

	:raises frappe.PermissionError: the Workflow has such a step, but not for this user
	:raises frappe.ValidationError: no step of the Workflow leads there, the move is not legal, or a rule refuses
	"""
	validate_next_status(doc, doc.status, status)
	workflow = get_active_workflow(doc.doctype)
	if workflow:
		step = get_step(doc, workflow, status)
		doc.set(workflow.workflow_state_field, step.next_state)
	doc.status = status
	doc.save()
	if workflow:
		doc.add_comment("Workflow", _(doc.get(workflow.workflow_state_field)))


def validate_can_move_to(doc: Document, status: str) -> None:
	"""Refuse like `move_to` where the user may not take `doc` to `status` now, as far as status and Workflow go."""
	validate_next_status(doc, doc.status, status)
	if workflow := get_active_workflow(doc.doctype):
		get_step(doc, workflow, status)


def can_move_to(doc: Document, status: str) -> bool:
	"""Tell whether the user may take `doc` to `status` now, as far as status and Workflow go."""
	if status not in doc.NEXT_STATUS.get(doc.status, ()):
		return False
	workflow = get_active_workflow(doc.doctype)
	return not workflow or bool(find_step(doc, workflow, status))


def get_step(doc: Document, workflow: Document, status: str) -> frappe._dict:
	"""Return the Workflow's step from the record's state to a state that sets `status`."""
	step = find_step(doc, workflow, status)
	if step:
		return step
	roles = {_(row.allowed) for row in get_rows_leading_to(doc, workflow, status)}
	state = _(doc.get(workflow.workflow_state_field))
	if roles:
		refuse(
			doc,
			_("The workflow {0} does not let you take it from {1} to {2}.").format(
				workflow.name, state, _(status)
			),
			_("Ask somebody with the role {0}.").format(" / ".join(sorted(roles))),
			frappe.PermissionError,
		)
	refuse(
		doc,
		_("The workflow {0} has no step from {1} to {2}.").format(workflow.name, state, _(status)),
		_("Take the workflow's next step first."),
	)


def find_step(doc: Document, workflow: Document, status: str) -> frappe._dict | None:
	"""Return a step to a state that sets `status` that the user may take, None if there is none."""
	leads_there = {row.next_state for row in get_rows_leading_to(doc, workflow, status)}
	for step in get_transitions(doc, workflow):
		if step.next_state in leads_there and has_approval_access(frappe.session.user, doc, step):
			return step
	return None


def get_rows_leading_to(doc: Document, workflow: Document, status: str) -> list[Document]:
	"""Return the Workflow's transitions, for any role, from the record's state to one that sets `status`."""
	state = doc.get(workflow.workflow_state_field)
	return [
		row
		for row in workflow.transitions
		if row.state == state and get_status_of_state(workflow, row.next_state) == status
	]


def set_status_by_rule(doc: Document, status: str, **values) -> None:
	"""Store a status that follows from another record (a plan superseded by its next version, for example).

	No user takes this step, so no role is asked; the Workflow's state follows.

	:param values: further fields to store with it
	"""
	values["status"] = status
	if workflow := get_active_workflow(doc.doctype):
		values[workflow.workflow_state_field] = get_state_of_status(workflow, status)
	doc.db_set(values)


def cancel_by_rule(doctype: str, filters: dict, field: str, reason: str) -> list[str]:
	"""Cancel the records that follow another one to its end; return their codes.

	:param filters: which records
	:param field: the field that says why
	:param reason: why, in words
	"""
	names = frappe.get_all(doctype, filters, pluck="name", order_by="name")
	for name in names:
		set_status_by_rule(frappe.get_doc(doctype, name), "Cancelled", **{field: reason})
	return names


def get_active_workflow(doctype: str) -> Document | None:
	name = get_workflow_name(doctype)
	return get_workflow(doctype) if name else None


def get_status_of_state(workflow: Document, state: str) -> str | None:
	"""Return the status a Workflow's state sets, None where it sets none."""
	for row in workflow.states:
		if row.state == state and row.update_field == "status":
			return row.update_value
	return None


def get_state_of_status(workflow: Document, status: str) -> str | None:
	"""Return the first state of the Workflow that sets `status`."""
	return next(
		(row.state for row in workflow.states if get_status_of_state(workflow, row.state) == status), None
	)


def update_states(workflow: Document, event: str | None = None) -> None:
	"""Bring the records' workflow state into line with their status when a Workflow is saved or switched on.

	Called for every Workflow of the site; those of other apps' DocTypes are left alone.
	"""
	from case_management.permissions import CLIENT_RECORDS

	if not workflow.is_active or workflow.document_type not in CLIENT_RECORDS:
		return
	table = frappe.qb.DocType(workflow.document_type)
	state = table[workflow.workflow_state_field]
	for status in {row.update_value for row in workflow.states if row.update_field == "status"}:
		states = [row.state for row in workflow.states if get_status_of_state(workflow, row.state) == status]
		(
			frappe.qb.update(table)
			.set(state, states[0])
			.where((table.status == status) & (state.isnull() | state.notin(states)))
			.run()
		)
