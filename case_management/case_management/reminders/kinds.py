"""Every reminder there is; each has a Notification of the event Method whose method is the reminder's."""

from collections.abc import Callable
from typing import NamedTuple

from case_management.case_management.reminders import (
	approvals,
	cases,
	coming_of_age,
	consents,
	contact,
	duties,
	intakes,
	meetings,
	reviews,
	steps,
)
from case_management.case_management.reminders.due import Due


class Reminder(NamedTuple):
	"""One kind of reminder.

	:param method: what its Notifications have as `method`
	:param doctype: the DocType of the records it is about
	:param find: returns what is due now
	"""

	method: str
	doctype: str
	find: Callable[[], list[Due]]


HOURLY = (
	Reminder("remind_response_overdue", "Client Intake", intakes.get_overdue),
	Reminder("remind_response_long_overdue", "Client Intake", intakes.get_long_overdue),
	Reminder("remind_match_confirmation", "Client Intake", intakes.get_to_confirm),
	Reminder("remind_plan_approval", "Support Plan", approvals.get_plans),
	Reminder("remind_closure_approval", "Client Case", approvals.get_closures),
	Reminder("remind_incident_approval", "Critical Incident", approvals.get_incidents),
)
DAILY = (
	Reminder("remind_meeting_tomorrow", "Case Meeting", meetings.get_tomorrow),
	Reminder("remind_interpreter_to_book", "Case Meeting", meetings.get_to_book),
	Reminder("remind_step_given", "Support Goal", steps.get_given),
	Reminder("remind_step_overdue", "Support Goal", steps.get_overdue),
	Reminder("remind_meeting_to_record", "Case Meeting", meetings.get_to_record),
	Reminder("remind_meetings_missed", "Client Case", meetings.get_missed),
	Reminder("remind_review_due", "Support Plan", reviews.get_plans_due),
	Reminder("remind_review_overdue", "Support Plan", reviews.get_plans_overdue),
	Reminder("remind_safety_plan_due", "Safety Plan", reviews.get_safety_plans_due),
	Reminder("remind_reassessment_due", "Client Case", reviews.get_reassessments_due),
	Reminder("remind_reassessment_overdue", "Client Case", reviews.get_reassessments_overdue),
	Reminder("remind_follow_up_due", "Case Follow Up", reviews.get_follow_ups_due),
	Reminder("remind_follow_up_overdue", "Case Follow Up", reviews.get_follow_ups_overdue),
	Reminder("remind_referral_unanswered", "Case Referral", cases.get_unanswered_referrals),
	Reminder("remind_rights_statement", "Client Case", cases.get_without_rights),
	Reminder("remind_no_case_manager", "Client Case", cases.get_without_manager),
	Reminder("remind_came_of_age", "Client Case", coming_of_age.get_come_of_age),
	Reminder("remind_no_contact", "Client Case", contact.get_without_contact),
	Reminder("remind_no_contact_lead", "Client Case", contact.get_without_contact_for_lead),
	Reminder("remind_no_service", "Client Case", contact.get_without_service),
	Reminder("remind_consent_ending", "Client Consent", consents.get_ending),
	Reminder("remind_consent_ended", "Client Consent", consents.get_ended),
	Reminder("remind_record_request", "Record Request", duties.get_requests_due),
	Reminder("remind_policy_review", "Service Policy", duties.get_policies_due),
)
