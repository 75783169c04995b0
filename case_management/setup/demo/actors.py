"""Who acts, and on which day: the demo goes through the app's own actions, as the staff member concerned."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import frappe
from frappe.model.document import Document


def act(user: str, on: date | None = None) -> None:
	"""Be `user`; what is stored from now on carries the day `on` as its creation."""
	if frappe.session.user != user:
		frappe.set_user(user)
	# Frappe's own switch for the day of creation and modification. Rules still see the real today.
	frappe.flags.current_date = on


@contextmanager
def quiet() -> Iterator[None]:
	"""Load without a storm of mail and notifications, and be who one was again afterwards."""
	user, muted, notify = frappe.session.user, frappe.flags.mute_emails, Document.run_notifications
	frappe.flags.mute_emails = True
	# Frappe has no flag for this alone: `in_import` also leaves out defaults, `in_patch` owners.
	Document.run_notifications = skip
	try:
		yield
	finally:
		Document.run_notifications = notify
		frappe.flags.mute_emails, frappe.flags.current_date = muted, None
		frappe.set_user(user)


def skip(self: Document, method: str) -> None:
	"""Take the place of a document's notifications."""
