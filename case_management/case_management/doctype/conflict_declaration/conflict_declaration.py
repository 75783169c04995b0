import frappe
from frappe import _
from frappe.utils import getdate

from case_management.case_management.record.actions import lock_client
from case_management.case_management.access import conflicts
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.access.leads import get_leads_to_tell
from case_management.case_management.access.responsible import tell_if_unattended
from case_management.permissions import is_visible


class ConflictDeclaration(conflicts.ConflictActions, ClientRecord):
	"""A worker and a client who know each other, or a client's “not this worker”: denies access."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		client: DF.Link
		client_name: DF.Data | None
		declared_by: DF.Literal["Worker", "Client", "Team Leader"]
		declared_on: DF.Date
		ended_by: DF.Link | None
		ended_on: DF.Date | None
		ended_reason: DF.SmallText | None
		involved: DF.Check
		naming_series: DF.Literal["CONF-.YYYY.-.#####"]
		people_told: DF.SmallText | None
		reason: DF.SmallText | None
		user: DF.Link
	# end: auto-generated types

	PAST_DATES = ("declared_on", "ended_on")

	def onload(self) -> None:
		"""Leave the client's banner out for who has just lost sight of the client."""
		if is_visible("Client", self.client):
			super().onload()

	def before_validate(self) -> None:
		"""A worker who declares that they know a client is the worker it is about."""
		super().before_validate()
		self.declared_by = self.declared_by or "Worker"
		if self.declared_by == "Worker" and not self.user:
			self.user = frappe.session.user

	def before_insert(self) -> None:
		lock_client(self.client)

	def validate(self) -> None:
		self.validate_record()
		self.validate_order()
		self.validate_declaration()
		self.set_involved()

	def on_update(self) -> None:
		self.update_work()
		tell_if_unattended([self.client])
		self.set_unseen()

	def validate_order(self) -> None:
		if self.ended_on and getdate(self.ended_on) < getdate(self.declared_on):
			self.refuse_date("ended_on", _("lies before it was declared."))

	def validate_declaration(self) -> None:
		if self.is_new():
			conflicts.validate_worker(self)
			conflicts.validate_declarer(self)
			conflicts.validate_once(self)

	def set_involved(self) -> None:
		"""Note, before anything changes, whether work must be taken over, and who is told so."""
		if not self.is_new():
			return
		self.involved = int(conflicts.is_involved(self.user, self.client))
		self.people_told = ",".join(get_leads_to_tell(self.client, without=self.user)) or None

	def update_work(self) -> None:
		conflicts.update_cases_of(self.user)
		if self.ended_on:
			return
		conflicts.update_meetings_of(self.user, self.client)
		lead = (self.people_told or "").split(",")[0] or None
		conflicts.hand_over_todos(self.user, self.client, lead)

	def set_unseen(self) -> None:
		"""Take out of what is sent back what the worker who declared may no longer see."""
		if self.user == frappe.session.user:
			self.client_name = self.people_told = None
			frappe.msgprint(
				_("You no longer see the client {0}. The team leader takes over what there is to do.").format(
					self.client
				),
				alert=True,
			)
