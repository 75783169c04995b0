import frappe
from frappe import _

from case_management.case_management.assessment import assessing, sensitive
from case_management.case_management.record.client_record import ClientRecord
from case_management.case_management.record.ratings import set_ratings
from case_management.case_management.record.refusal import refuse


class SensitiveRating(ClientRecord):
	"""What was said of a sensitive life domain in an assessment: for the case worker and the leader only (C32)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		assessment: DF.Link
		client: DF.Link
		client_case: DF.Link
		client_name: DF.Data | None
		client_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
		domain: DF.Link
		in_need: DF.Check
		naming_series: DF.Literal["SENS-.YYYY.-.#####"]
		past_achievement: DF.SmallText | None
		possible_future_need: DF.SmallText | None
		present_need: DF.SmallText | None
		previous_client_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
		previous_worker_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
		strength: DF.SmallText | None
		worker_rating: DF.Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
	# end: auto-generated types

	def before_validate(self) -> None:
		super().before_validate()
		set_ratings(self)

	def validate(self) -> None:
		self.validate_record()
		self.validate_open()
		self.validate_domain()
		self.validate_single()
		assessing.validate_scores(self, self)
		self.set_previous()

	def on_update(self) -> None:
		self.update_row()

	def validate_open(self) -> None:
		"""Design rule 4: what belongs to an agreed assessment is kept as it was agreed; and it is of the same case."""
		fields = ["client_case", "status"]
		assessment = frappe.db.get_value("Client Assessment", self.assessment, fields, as_dict=True)
		if assessment and assessment.client_case != self.client_case:
			refuse(
				self,
				_("The assessment {0} belongs to another case.").format(self.assessment),
				_("Choose one of the case {0}.").format(self.client_case),
			)
		if assessment and assessment.status not in assessing.OPEN and not self.flags.with_assessment:
			refuse(
				self,
				_("The assessment {0} is {1} and is kept as it was agreed.").format(
					self.assessment, _(assessment.status)
				),
				_("Revise it: that makes a new version."),
			)

	def validate_domain(self) -> None:
		if not self.is_new() or self.flags.with_assessment:
			return
		if not sensitive.is_sensitive(self.domain):
			refuse(
				self,
				_("{0} is no sensitive life domain.").format(self.domain),
				_("Write it in the assessment itself."),
			)
		if not self.get_row():
			refuse(
				self,
				_("{0} is not in the assessment {1}.").format(self.domain, self.assessment),
				_("Add it to the assessment's life domains first."),
			)

	def validate_single(self) -> None:
		same = {"assessment": self.assessment, "domain": self.domain, "name": ("!=", self.name or "")}
		if other := frappe.db.get_value("Sensitive Rating", same, "name"):
			refuse(
				self,
				_("What was said of {0} is kept in {1} already.").format(self.domain, other),
				_("Write it there."),
			)

	def get_row(self) -> str | None:
		"""Return the name of the domain's row in the assessment."""
		row = {"parenttype": "Client Assessment", "parent": self.assessment, "domain": self.domain}
		return frappe.db.get_value("Assessment Domain Rating", row, "name")

	def set_previous(self) -> None:
		"""B18: show the ratings of the client's last agreed assessment beside the new ones."""
		if self.is_new() and not self.previous_client_rating and not self.previous_worker_rating:
			assessment = frappe.get_doc("Client Assessment", self.assessment)
			previous = sensitive.get_stored(assessing.get_previous_assessment(assessment)).get(
				self.domain, {}
			)
			self.previous_client_rating = previous.get("client_rating") or ""
			self.previous_worker_rating = previous.get("worker_rating") or ""

	def update_row(self) -> None:
		"""Let the assessment say that this is kept apart; what it says there is no change of the assessment."""
		if row := self.get_row():
			frappe.db.set_value("Assessment Domain Rating", row, "recorded_apart", 1, update_modified=False)
