// Codes, never names: a calendar is looked at over shoulders.
frappe.views.calendar["Case Meeting"] = {
	field_map: {
		start: "scheduled_on",
		end: "ends_on",
		id: "name",
		title: "title",
		allDay: "all_day",
		status: "status",
	},
	get_events_method: "case_management.case_management.meeting.meeting_calendar.get_events",
	update_event_method: "case_management.case_management.meeting.meeting_calendar.move_event",
	get_css_class: (event) =>
		({ Scheduled: "default", Held: "success", Missed: "warning", Cancelled: "danger" }[event.status]),
};
