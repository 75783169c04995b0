"""The checks by the name under which a Practice Standard asks for them."""

from collections.abc import Callable

from case_management.case_management.standards import (
	assessment,
	coordination,
	direct_service,
	ending,
	entry,
	monitoring,
	planning,
	record_keeping,
)
from case_management.case_management.standards.check import Check, Scope

CHECKS: dict[str, Callable[[Scope], Check]] = {
	"Timely Response": entry.check_timely_response,
	"Informed of Process and Decision": entry.check_informed,
	"Alternatives Given": entry.check_alternatives,
	"Rights Acknowledged": entry.check_rights,
	"Part in Assessment": assessment.check_part_in_assessment,
	"Holistic Assessment": assessment.check_holistic_assessment,
	"Child Assessed": assessment.check_child_assessed,
	"Agencies Contributed": assessment.check_contributors,
	"Part in Planning": planning.check_part_in_planning,
	"Goals by Horizon": planning.check_goals_by_horizon,
	"Child Has Plan": planning.check_child_has_plan,
	"Safety Plan": direct_service.check_safety,
	"Least Intrusive": direct_service.check_least_intrusive,
	"Revised With Reason": direct_service.check_flexible,
	"Information Given": direct_service.check_information,
	"Agencies Involved": coordination.check_agencies,
	"Services Serve Goals": coordination.check_services_by_goal,
	"Reassessed in Time": monitoring.check_reassessment,
	"Reviewed in Time": monitoring.check_review,
	"Feedback Invited": monitoring.check_feedback,
	"Exit Planning Offered": ending.check_exit_offered,
	"Exit Plan Given": ending.check_exit_plan_given,
	"Follow-up Assessed": ending.check_follow_up,
	"Evaluation Offered": ending.check_evaluation,
	"Policies Current": record_keeping.check_policies,
	"Requests in Time": record_keeping.check_record_requests,
}
