"""Plans from assessed needs, and what must be there before one is Active (design rules 3 and 5; B9 to B11, C23)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, getdate

from case_management.case_management.assessment.sensitive import get_answers, is_sensitive
from case_management.case_management.households.household import get_children
from case_management.case_management.plan.goals import (
	LIVE,
	begin,
	get_actions,
	has_action,
	is_action_required,
	make_goal,
)
from case_management.case_management.record.actions import lock_case, store
from case_management.case_management.record.dates import get_date
from case_management.case_management.record.refusal import refuse
from case_management.case_management.record.rows import get_child_values, get_rows
from case_management.case_management.record.settings import get_setting

OPEN = ("Draft", "With Client")
STRATEGY_FIELDS = ("strategy",)
STEP_FIELDS = ("step", "responsible", "responsible_user", "responsible_agency", "responsible_name", "due_on")


def make_plan(assessment: Document) -> Document:
	"""Return the draft plan of an Agreed assessment: its needs, strengths and limitations; asked again, the same.

	:raises frappe.ValidationError: the assessment is not Agreed, or the case has an Active plan
	"""
	if assessment.status != "Agreed":
		refuse(
			assessment,
			_("A plan is made from an assessment the client agreed to; this one is {0}.").format(
				_(assessment.status)
			),
			_("Record the client's agreement first."),
		)
	lock_case(assessment.client_case)
	draft = {"assessment": assessment.name, "status": ("in", OPEN)}
	if existing := frappe.db.get_value("Support Plan", draft, "name", for_update=True):
		return frappe.get_doc("Support Plan", existing)
	if active := get_active_plan(assessment.client_case):
		refuse(assessment, _("The case has the Active plan {0}.").format(active), _("Revise that plan."))
	return store(frappe.get_doc({"doctype": "Support Plan", **get_plan_values(assessment)}))


def get_plan_values(assessment: Document) -> dict:
	needs = [get_need(row) for row in get_answers(assessment) if row.in_need]
	strengths = [row for row in assessment.domains if row.strength]
	return {
		"client": assessment.client,
		"client_case": assessment.client_case,
		"assessment": assessment.name,
		"needs": needs,
		"strengths": get_child_values(strengths, "domain", "strength"),
		"limitations": get_child_values(assessment.limitations, "kind", "limitation", "taken_into_account"),
	}


def get_need(answer: frappe._dict) -> dict:
	"""Return a need of the plan; one of a sensitive domain without words, which the client chooses for the plan (C32)."""
	if is_sensitive(answer.domain):
		return {"domain": answer.domain}
	return {"domain": answer.domain, "need": answer.present_need, "strength": answer.strength}


def get_active_plan(case: str) -> str | None:
	"""Return the code of the case's Active plan, read past what this transaction saw at its beginning."""
	return frappe.db.get_value(
		"Support Plan", {"client_case": case, "status": "Active"}, "name", for_update=True
	)


def get_content(plan: Document) -> dict:
	"""Return what a leader approves of a plan: its own words and its goals, as values that JSON can write."""
	filters = {"client_case": plan.client_case, "status": ("in", LIVE)}
	goals = frappe.get_all("Support Goal", filters, ["name", "goal", "horizon", "domain"], order_by="name")
	needs = get_child_values(plan.needs, "domain", "need")
	limitations = get_child_values(plan.limitations, "kind", "limitation", "taken_into_account")
	return {"vision": plan.vision, "needs": needs, "limitations": limitations, "goals": goals}


def add_goal(plan: Document, values: dict, strategies: object, steps: object) -> Document:
	"""Return the plan's live goal with these words, made now if there is none; in an Active plan it begins at once.

	:param values: fields of Support Goal as they came from outside
	:param strategies: texts or rows of Goal Strategy
	:param steps: texts or rows of Goal Step
	:raises frappe.ValidationError: no words are given, or the plan is over
	"""
	if plan.status not in (*OPEN, "Active"):
		refuse(plan, _("It is {0}.").format(_(plan.status)), _("Add the goal to the plan that is in force."))
	if not (values["goal"] or "").strip():
		refuse(plan, _("A goal has words."), _("Give it in the client's words; every goal is valid."))
	same = {"plan": plan.name, "goal": values["goal"], "status": ("in", LIVE)}
	if existing := frappe.db.get_value("Support Goal", same, "name"):
		return frappe.get_doc("Support Goal", existing)
	given = {field: value for field, value in values.items() if value is not None}
	if values["target_on"]:
		given["target_on"] = get_date(plan, _("Hoped for by"), values["target_on"])
	given["strategies"] = get_rows(plan, _("Strategies"), strategies, STRATEGY_FIELDS, "strategy")
	given["steps"] = get_rows(plan, _("Steps"), steps, STEP_FIELDS, "step")
	given |= {"client": plan.client, "client_case": plan.client_case, "plan": plan.name}
	return make_goal(given, "Active" if plan.status == "Active" else "Proposed")


def get_review_due(plan: Document) -> str | None:
	program = frappe.db.get_value("Client Case", plan.client_case, "program")
	days = program and frappe.get_cached_value("Support Program", program, "review_interval_days")
	return add_days(getdate(plan.offered_on), cint(days)) if days else None


def get_goals(plan: Document) -> list[Document]:
	"""Return the goals a version of the plan is about: its own, those of no plan, and in a revision all live ones."""
	filters = {"client_case": plan.client_case, "status": ("in", LIVE)}
	goals = frappe.get_all(
		"Support Goal", filters=filters, fields=["name", "plan"], order_by="creation, name"
	)
	return [
		frappe.get_doc("Support Goal", goal.name)
		for goal in goals
		if plan.revises or not goal.plan or goal.plan == plan.name
	]


def get_goals_to_print(plan: Document) -> list[Document]:
	"""Return the goals of a plan's own client that the reader sees: those agreed, or before that those to be agreed."""
	agreed = [row.goal for row in plan.agreed_goals]
	wanted = {"name": ("in", agreed)} if agreed else {"status": ("in", ("Proposed", "Active"))}
	filters = {"client": plan.client, "client_case": plan.client_case, **wanted}
	names = frappe.get_list("Support Goal", filters=filters, pluck="name", order_by="creation asc")
	return [
		frappe.get_doc("Support Goal", name) for name in sorted(names, key=agreed.index if agreed else str)
	]


def validate_goals(plan: Document) -> None:
	"""Design rule 5: an Active plan has a goal, and each goal that is or will be worked on a step or a strategy.

	No goal is refused for its content (C38).
	"""
	goals = get_goals(plan)
	if not goals:
		refuse(plan, _("It has no goal."), _("Add the client's first goal with “Add Goal”."))
	required = is_action_required()
	idle = [goal.name for goal in goals if goal.status in ("Proposed", "Active") and not has_action(goal)]
	if required and idle:
		refuse(
			plan,
			_("These goals have neither a step nor a strategy: {0}.").format(", ".join(idle)),
			_("Agree with the client on a first step for each."),
		)


def validate_only_plan(plan: Document) -> None:
	"""Refuse a second Active plan of a case, except the version that takes the first one's place."""
	lock_case(plan.client_case)
	active = get_active_plan(plan.client_case)
	if active and active not in (plan.name, plan.revises):
		refuse(
			plan, _("The case has the Active plan {0}.").format(active), _("Revise or complete that plan.")
		)


def validate_children_planned(plan: Document) -> None:
	"""B11: no agreement with an adult while a child in their care has no Active plan of its own."""
	required = get_setting("child_plan_required")
	if not required or plan.children_without_plan_reason:
		return
	children = get_children(plan.client_case)
	planned = {"status": "Active"}
	missing = [
		child.name
		for child in children
		if not frappe.db.exists("Support Plan", {**planned, "client": child.client})
	]
	if missing:
		refuse(
			plan,
			_("A child of the household has no Active plan of its own ({0}).").format(", ".join(missing)),
			_("Make each child's plan first, or say why that is not possible yet."),
		)


def set_agreed_goals(plan: Document) -> None:
	"""Keep in the plan its goals as they stand at the agreement; the goals themselves live on."""
	plan.set("agreed_goals", [get_agreed_goal(goal) for goal in get_goals(plan)])


def get_agreed_goal(goal: Document) -> dict:
	return {
		"goal": goal.name,
		"goal_text": goal.goal,
		"horizon": goal.horizon,
		"status": "Active" if goal.status == "Proposed" else goal.status,
		"actions": get_actions(goal),
	}


def update_goals(plan: Document) -> None:
	"""Begin the goals that a plan agreed on proposes; those of no plan become its own."""
	for goal in get_goals(plan):
		if not goal.plan:
			goal.db_set("plan", plan.name, update_modified=False)
		if goal.status == "Proposed":
			begin(frappe.get_doc("Support Goal", goal.name, for_update=True))
