"""What Frappe sends, or keeps for everybody, of the records that somebody looks at: nothing of a client's.

Mails leave the system, and their readers may have lost their access since; a Kanban board keeps the names of the cards
in the order of who moved one last, and everybody who opens the board gets them.
"""

import json
import re

import frappe
from frappe import _
from frappe.desk.notifications import extract_mentions
from frappe.model.document import Document

from case_management.case_management.guard.addresses import get_function
from case_management.case_management.guard.attachments import is_about_client
from case_management.case_management.guard.references import reads
from case_management.case_management.guard.referencing import MODULE
from case_management.case_management.record.refusal import refuse
from case_management.permissions import CLIENT_RECORDS, is_visible

FOLLOW = "frappe.desk.form.document_follow."
# Notifications in which somebody writes to somebody, in their own words.
IN_OWN_WORDS = ("Mention", "Assignment", "Share")
# Who never sees a client's name: what their reports show may be mailed.
SEES_NO_NAMES = "Case Auditor"
# A variable's value, as Frappe writes it below each line of a traceback.
VALUE = re.compile(r"^ {6}\w+ = .*\n?", re.MULTILINE)


def drop_follow(follow: Document, event: str | None = None) -> None:
	"""Follow no client's record, nor what points at one: who follows one gets what changed in it by e-mail. Hook: Document Follow, after_insert.

	Frappe follows by itself what somebody makes, comments on or is given, if they want that; their work is not refused.
	"""
	if not is_about_client(follow.ref_doctype, follow.ref_docname):
		return
	frappe.db.delete("Document Follow", {"name": follow.name})
	if get_function().startswith(FOLLOW):
		frappe.msgprint(
			_("What changes in a client's record is not sent by e-mail, so it cannot be followed.")
		)


def drop_share(share: Document, event: str | None = None) -> None:
	"""Share no client's record, nor what points at one: a share shows it whatever the rule says. Hook: DocShare, after_insert.

	Frappe shares by itself what it gives somebody to do, if they do not see it; that they have it to do is not refused.
	"""
	if is_about_client(share.share_doctype, share.share_name):
		frappe.db.delete("DocShare", {"name": share.name})


def validate_mailed_report(mail: Document, event: str | None = None) -> None:
	"""Refuse to mail a report that lists clients, or as somebody else sees it. Hook: Auto Email Report, validate.

	:raises frappe.ValidationError: its rows are clients' records
	:raises frappe.PermissionError: it is to be made with the rights of another user
	"""
	report = frappe.get_cached_doc("Report", mail.report)
	if not mail.enabled or not (report.module == MODULE or report.ref_doctype in CLIENT_RECORDS):
		return
	if SEES_NO_NAMES not in {row.role for row in report.roles}:
		refuse(
			mail,
			_("The report {0} lists clients, who are not sent by e-mail.").format(mail.report),
			_("Open the report instead, or choose one that counts."),
		)
	if mail.user != frappe.session.user and frappe.session.user != "Administrator":
		refuse(
			mail,
			_("A report is mailed as its sender sees it."),
			_("Set up the mail as the user who may see the report."),
			frappe.PermissionError,
		)


def clear_content(notification: Document, event: str | None = None) -> None:
	"""Let a notification about a client's record say where to look, and no more. Hook: Notification Log, before_insert.

	What somebody wrote stays in the record; so does what the reader does not see.
	"""
	doctype, name = notification.document_type, notification.document_name
	if doctype not in CLIENT_RECORDS:
		return
	is_seen = is_visible(doctype, name, notification.for_user)
	if notification.type in IN_OWN_WORDS or not is_seen:
		notification.email_content = ""
	if notification.type in IN_OWN_WORDS:
		writer = (
			frappe.get_cached_value("User", notification.from_user, "full_name") or notification.from_user
		)
		notification.subject = _("{0} wrote to you about {1} {2}").format(writer, _(doctype), name)
	if not is_seen and names_client(doctype, name, notification.subject):
		notification.subject = _("You are asked to look at a record that you do not see")


def names_client(doctype: str, name: str, text: str | None) -> bool:
	"""Tell whether a text has a part of the name of the client that a record is about."""
	client = name if doctype == "Client" else frappe.db.get_value(doctype, name, "client")
	called = frappe.db.get_value("Client", client, "preferred_name") or ""
	return any(part.casefold() in (text or "").casefold() for part in called.split())


def validate_mentions(comment: Document, event: str | None = None) -> None:
	"""Refuse to mention somebody who does not see the record: they would get the comment. Hook: Comment, validate.

	:raises frappe.ValidationError: naming who does not see it
	"""
	doctype, name = comment.reference_doctype, comment.reference_name
	if doctype not in CLIENT_RECORDS or not comment.content:
		return
	for user in extract_mentions(comment.content):
		if not reads(doctype, name, user):
			refuse(
				comment,
				_("{0} does not see {1} {2}.").format(user, _(doctype), name),
				_("Mention people who work with the client, or put {0} on the team first.").format(user),
			)


def refuse_key(key: Document, event: str | None = None) -> None:
	"""Refuse an address by which anybody reads a client's record, or what points at one, in print. Hook: Document Share Key, validate.

	:raises frappe.ValidationError: always, for a client's record
	"""
	if is_about_client(key.reference_doctype, key.reference_docname):
		refuse(
			key,
			_("A client's record has no public address."),
			_("Print {0} and give it by hand.").format(key.reference_docname),
		)


def close_web_form(form: Document, event: str | None = None) -> None:
	"""Let a web form show a client's record to who sees it, and give nobody a list of clients. Hook: Web Form, validate.

	Frappe shows a record to whoever made it, and writes all records that a link may lead to into the page.

	:raises frappe.ValidationError: naming the link
	"""
	if form.doc_type in CLIENT_RECORDS:
		form.apply_document_permissions = 1
	for field in form.web_form_fields:
		if field.fieldtype == "Link" and field.options in CLIENT_RECORDS:
			refuse(
				form,
				_("The field {0} would list every {1} to whoever opens the form.").format(
					field.label or field.fieldname, _(field.options)
				),
				_("Take the field out of the form."),
			)


def clear_order(board: Document, event: str | None = None) -> None:
	"""Keep no order of cards on a board of clients' records. Hook: Kanban Board, validate."""
	if board.reference_doctype in CLIENT_RECORDS:
		for column in board.columns:
			column.order = json.dumps([])


def drop_values(log: Document, event: str | None = None) -> None:
	"""Leave the variables' values out of an error that has to do with clients' records. Hook: Error Log, before_insert.

	Frappe keeps them to find the cause, and who runs the site reads them; where it happened and what was wrong stays.
	"""
	if log.error and any(name in log.error for name in ("case_management", *CLIENT_RECORDS)):
		log.error = VALUE.sub("", log.error)
