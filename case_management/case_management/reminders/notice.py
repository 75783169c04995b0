"""A Notification as reminders send it."""

from typing import Any

import frappe
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs
from frappe.email.doctype.notification.notification import Notification, get_context
from frappe.model.document import Document

from case_management.case_management.reminders.readers import get_seen


class Notice(Notification):
	"""A Notification that tells nobody who does not see the record, whoever its recipients are.

	“Send To All Assignees” stands for the person whom the reminder makes responsible. A record is never attached.
	"""

	def is_for(self, doc: Document) -> bool:
		return not self.condition or bool(frappe.safe_eval(self.condition, None, get_context(doc)))

	def render(self, doc: Document) -> frappe._dict:
		"""Return `subject` and `message` in the administrator's words."""
		context = {"doc": doc, "alert": self, "comments": None}
		return frappe._dict(
			subject=frappe.render_template(self.subject, context),
			message=frappe.render_template(self.message, context),
		)

	def send_to(self, doc: Document, responsible: str) -> None:
		self.flags.responsible = responsible
		self.send(doc)

	def get_list_of_recipients(self, doc: Document, context: dict) -> tuple[list, list, list]:
		"""Return the addresses of Frappe's three lists, without those that belong to nobody who sees the record."""
		to_responsible, self.send_to_all_assignees = self.send_to_all_assignees, 0
		lists = super().get_list_of_recipients(doc, context)
		self.send_to_all_assignees = to_responsible
		told = {self.flags.responsible} if to_responsible else set()
		recipients = get_readers(doc, {*lists[0], *told})
		return recipients, get_readers(doc, lists[1]), get_readers(doc, lists[2])

	def create_system_notification(self, doc: Document, context: dict[str, Any]) -> None:
		"""Store the message at once, where Frappe hands it to a worker: it and the reminder's mark are stored together or not."""
		text = self.render(doc)
		log = {
			"type": "Alert",
			"document_type": doc.doctype,
			"document_name": doc.name,
			"subject": text.subject,
			"email_content": text.message,
			"from_user": frappe.session.user,
		}
		users = {user for users in self.get_list_of_recipients(doc, context) for user in users}
		if users:
			make_notification_logs(frappe._dict(log), list(users))

	def get_attachment(self, doc: Document) -> list:
		return []


def get_readers(doc: Document, addresses: set[str] | list[str]) -> list[str]:
	"""Return the addresses, of users' names and addresses, of those who see the record."""
	known = {"name": ("in", list(addresses)), "email": ("in", list(addresses))}
	users = frappe.get_all("User", {"enabled": 1}, ["name", "email"], or_filters=known) if addresses else []
	return sorted(user.email for user in users if get_seen(doc.doctype, [doc.name], user.name))


def get_notices(doctype: str, method: str) -> list[Notice]:
	"""Return the enabled Notifications of a reminder, the oldest first; none: the reminder is switched off."""
	filters = {"document_type": doctype, "event": "Method", "method": method, "enabled": 1}
	names = frappe.get_all("Notification", filters, pluck="name", order_by="creation")
	return [Notice("Notification", name) for name in names]
