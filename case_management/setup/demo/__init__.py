"""A made-up service with a year of work, to look at and to learn on.

`bench --site SITE execute case_management.setup.demo.load` loads it, `….remove` takes it away again.
"""

import frappe

from case_management.case_management.keeping.retention import get_retention, store_changed
from case_management.setup.demo.actors import act, quiet
from case_management.setup.demo.data import read
from case_management.setup.demo.entry import make_contacts
from case_management.setup.demo.journey import tell
from case_management.setup.demo.registry import get_made, note
from case_management.setup.demo.removal import remove_all
from case_management.setup.demo.service import get_logins, make_service
from case_management.setup.demo.story import Story


def load() -> list[dict]:
	"""Load the made-up service of `fixtures/`; what is there already stays, so an interrupted load can be repeated.

	:return: `role`, `user`, `name` and `password` of each member of staff, the first of each role first
	"""
	with quiet():
		act("Administrator")
		world = make_service()
		# Each part is one transaction: nobody on the site waits for a whole year to be written, and a load that was
		# interrupted goes on after the last part.
		frappe.db.commit()
		for plan in get_journeys():
			story = Story(plan, world)
			tell(story)
			store_changed(
				get_retention([story.client, *[client for client, _case in story.members.values()]])
			)
			note("Client Case", plan["key"], "told")
			frappe.db.commit()
		make_contacts(world)
		frappe.db.commit()
	return get_logins()


def get_journeys() -> list[dict]:
	"""Return the journeys that have not been told yet, those that began first at the beginning."""
	told = get_made("Client Case")
	plans = [{"key": plan["who"], **plan} for plan in read("journeys")]
	return sorted((plan for plan in plans if plan["key"] not in told), key=lambda plan: -plan["began"])


def remove() -> dict:
	"""Take the made-up service away, with every trace of its clients and staff.

	Made-up people have no right to be remembered: what was loaded is deleted whatever its retain-until date, also what
	was recorded about these clients since. Records that somebody made in the demo's programs for clients of their own
	stay, and then so do the program and the staff they name.

	:return: DocType → number of records deleted
	"""
	with quiet():
		act("Administrator")
		removed = remove_all()
		# Called from the command line, where nothing else ends the transaction.
		frappe.db.commit()
	return removed
