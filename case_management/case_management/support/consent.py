"""Consent: information goes to an agency only with a live consent, or a stated legal basis (design rule 7)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import formatdate, getdate

from case_management.case_management.record.actions import store
from case_management.case_management.record.codes import get_meaning, get_names
from case_management.case_management.record.refusal import refuse

# What a consent's purpose means where information about a client may go to an agency that is to help.
SHARING = ("Referral", "Coordination")
# Referrals that still rely on their consent.
RELYING_REFERRALS = ("Draft", "Sent", "Accepted")


def is_live_on(consent: Document | frappe._dict, on: date | str | None = None) -> bool:
	"""Tell whether a consent is given and not expired on a day (today if none is given), and not withdrawn since."""
	day = getdate(on)
	if not consent.given_on or getdate(consent.given_on) > day:
		return False
	if consent.expires_on and getdate(consent.expires_on) < day:
		return False
	return not consent.withdrawn_on


def validate_consent(
	doc: Document,
	consent: str,
	agency: str | None = None,
	meanings: tuple[str, ...] | None = None,
	on: date | str | None = None,
) -> None:
	"""Refuse a consent that does not cover what `doc` does with it.

	:param agency: to whom information goes; a consent that names no agency covers every one
	:param meanings: what the purpose's code may mean, anything if none are given
	:param on: the day on which information goes, today if none is given
	:raises frappe.ValidationError: it is another client's, expired, withdrawn, or for another agency or purpose
	"""
	fields = ["name", "client", "agency", "purpose", "given_on", "expires_on", "withdrawn_on"]
	given = frappe.db.get_value("Client Consent", consent, fields, as_dict=True)
	if not given or given.client != doc.client:
		refuse_consent(doc, consent, _("is not of the client {0}.").format(doc.client))
	if not is_live_on(given, on):
		refuse_consent(doc, consent, _("is not live on {0}.").format(formatdate(getdate(on))))
	if agency and given.agency and given.agency != agency:
		refuse_consent(doc, consent, _("is for {0}, not for {1}.").format(given.agency, agency))
	if meanings and get_meaning(given.purpose) not in meanings:
		refuse_consent(doc, consent, _("is for another purpose."))


def refuse_consent(doc: Document, consent: str, rule: str) -> None:
	refuse(
		doc,
		_("The consent {0} {1}").format(consent, rule),
		_("Ask the client for their consent and record it, or give a legal basis."),
	)


def validate_basis(doc: Document, agency: str, on: date | str | None = None) -> None:
	"""Refuse sharing information with an agency on no basis (design rule 7).

	:param doc: a record with `consent`, `legal_basis`, `legal_basis_note` and `what_was_shared`
	:param on: the day on which it is shared, today if none is given
	"""
	if not doc.what_was_shared:
		refuse(doc, _("What is shared is recorded."), _("Say what {0} is told.").format(agency))
	if doc.consent:
		validate_consent(doc, doc.consent, agency, SHARING, on)
	elif not doc.legal_basis:
		refuse(
			doc,
			_("Information goes to {0} only with the client's live consent or a legal basis.").format(agency),
			_("Choose the consent, or one of the legal bases {0} with the reason why it applies.").format(
				", ".join(get_names("Legal Basis for Disclosure"))
			),
		)
	elif not doc.legal_basis_note:
		refuse(doc, _("A legal basis has a reason."), _("Say why {0} applies.").format(doc.legal_basis))


def get_consents(client: str, meanings: tuple[str, ...]) -> list[dict]:
	"""Return what a client has agreed to for certain purposes, as it stands today, for who is about to rely on it.

	:param meanings: what the purposes' codes mean
	:return: rows of `name`, `purpose` (its label), `agency` (None for any), `given_on`, `expires_on`, `withdrawn_on`,
	        `what_may_be_shared` and `what_to_withhold`, the newest first
	"""
	codes = {"code_list": "Consent Purpose", "meaning": ("in", meanings)}
	labels = dict(frappe.get_all("Case Code", codes, ["name", "label"], as_list=True))
	fields = ["name", "purpose", "agency", "given_on", "expires_on", "withdrawn_on"]
	fields += ["what_may_be_shared", "what_to_withhold"]
	filters = {"client": client, "purpose": ("in", list(labels))}
	consents = frappe.get_all("Client Consent", filters, fields, order_by="given_on desc, name")
	return [{**row, "purpose": labels[row.purpose]} for row in consents if is_live_on(row)]


def make_disclosure(doc: Document, on: date | str) -> str:
	"""Store what a referral shares with its agency, once; return the Disclosure's code."""
	if existing := get_disclosure(doc):
		return existing
	disclosure = frappe.new_doc("Disclosure")
	fields = (
		"client",
		"client_case",
		"agency",
		"what_was_shared",
		"consent",
		"legal_basis",
		"legal_basis_note",
	)
	disclosure.update({field: doc.get(field) for field in fields})
	disclosure.update({"referral": doc.name, "disclosed_on": on, "disclosed_by": frappe.session.user})
	return store(disclosure).name


def get_disclosure(referral: Document) -> str | None:
	return frappe.db.get_value("Disclosure", {"referral": referral.name}, "name")


def get_reliance(consent: str) -> list[dict]:
	"""Return what relied on a consent, to be told when it is withdrawn (design rule 7).

	:return: rows of `doctype`, `name`, `on` and `agency`: each Disclosure, each referral that is not finished, each
	        assessment an agency contributed to and each case an agency is involved in
	"""
	return [
		*get_relying("Disclosure", consent, "disclosed_on"),
		*get_relying("Case Referral", consent, "sent_on", RELYING_REFERRALS),
		*get_relying_rows("Assessment Contributor", consent, "contributed_on"),
		*get_relying_rows("Case Agency", consent, "from_date"),
	]


def get_relying(doctype: str, consent: str, day: str, statuses: tuple[str, ...] = ()) -> list[dict]:
	"""Return the records that name the consent, of certain statuses where there are any."""
	table = DocType(doctype)
	query = frappe.qb.from_(table).where(table.consent == consent).orderby(table.name)
	if statuses:
		query = query.where(table.status.isin(statuses))
	rows = query.select(table.name, table[day].as_("on"), table.agency).run(as_dict=True)
	return [{"doctype": doctype, **row} for row in rows]


def get_relying_rows(child: str, consent: str, day: str) -> list[dict]:
	"""Return the records whose rows name the consent."""
	table = DocType(child)
	query = frappe.qb.from_(table).where(table.consent == consent).orderby(table.parent, table.idx)
	return query.select(
		table.parenttype.as_("doctype"), table.parent.as_("name"), table[day].as_("on"), table.agency
	).run(as_dict=True)
