"""One journey of the fixtures while it is being told: who, when, and what there is so far."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from case_management.setup.demo.actors import act
from case_management.setup.demo.data import get_day
from case_management.setup.demo.service import World


@dataclass
class Story:
	"""A case and the records of its household. Days count from the day the case opened."""

	plan: dict
	world: World
	case: str = ""
	client: str = ""
	worker: str = ""
	# Key of each member of the household who has a case of their own → client and case.
	members: dict[str, tuple[str, str]] = field(default_factory=dict)
	# Key of a goal → its name and what the fixtures say of it.
	goals: dict[str, str] = field(default_factory=dict)
	told: dict[str, dict] = field(default_factory=dict)
	support_plan: str = ""
	assessment: str = ""

	def __post_init__(self) -> None:
		# A made-up service, told the same way each time: nothing here is to be unguessable.
		self.random = Random(self.plan["who"])  # noqa: S311
		self.worker = self.world.staff[self.plan["manager"]]

	@property
	def person(self) -> dict:
		return self.world.people[self.plan["who"]]

	@property
	def lead(self) -> str:
		return self.world.leads[self.plan["program"]]

	@property
	def program(self) -> str:
		return self.world.programs[self.plan["program"]]

	@property
	def is_voluntary(self) -> bool:
		return self.plan["program"] == "outreach"

	def day(self, number: int) -> date:
		"""Return a day of the journey, today if it would lie ahead."""
		return min(get_day(number - self.plan["began"]), getdate())

	def act(self, number: int, user: str | None = None) -> date:
		"""Be the worker, or another user, on a day of the journey; return the day."""
		day = self.day(number)
		act(user or self.worker, day)
		return day

	def get_case(self) -> Document:
		return frappe.get_doc("Client Case", self.case)

	def new(self, doctype: str, **values: object) -> Document:
		"""Return a new record of this client and case, not stored."""
		links = {"client": self.client, "client_case": self.case}
		return frappe.get_doc({"doctype": doctype, **links, **values})

	def pick(self, words: str) -> object:
		return self.random.choice(self.world.words[words])

	def last_day(self) -> int:
		"""Return the number of the day on which the support ends, today's if it goes on."""
		return self.plan.get("exit", {}).get("close") or self.plan["began"]


def add(day: date, days: int) -> date:
	return getdate(add_days(day, days))
