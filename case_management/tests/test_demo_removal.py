"""The made-up service is taken away without a trace; a part of it tells as much as the whole."""

from pathlib import Path
from unittest.mock import patch

import frappe

from case_management.case_management.reminders.kinds import DAILY
from case_management.case_management.reminders.sending import remind
from case_management.setup import demo
from case_management.setup.demo import registry
from case_management.tests.demo_base import DemoTestCase, count_all

WORKER = "wren.worker@example.org"
LEAD = "kite.lead@example.org"
# A family, who left, who asked for their record: of everything that is loaded there is something.
TOLD = ("maple", "aroha", "hakea", "grevillea", "kestrel")
# What reminders leave, with the fields that say of which record.
REMINDED = (
	("ToDo", "reference_type", "reference_name"),
	("Notification Log", "document_type", "document_name"),
)


def forget_who_stayed() -> None:
	"""Take away the demo's people on a site where they stayed when the app was taken off it."""
	staff = [login["user"] for login in demo.get_logins()]
	if frappe.db.exists("DefaultValue", {"parent": ("in", staff)}):
		with patch.object(demo, "get_journeys", list):
			demo.load()
	demo.remove()


class TestRemoval(DemoTestCase):
	"""Loads once for all tests; nothing is committed, so the site is as before afterwards."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		journeys = demo.get_journeys
		with (
			patch.object(frappe.db, "commit"),
			patch.object(demo, "get_journeys", lambda: [row for row in journeys() if row["who"] in TOLD]),
		):
			forget_who_stayed()
			cls.before = count_all()
			demo.load()
		cls.clients = len(registry.get_made("Client"))

	def test_removing_takes_away_exactly_what_was_loaded_from_the_disk_as_well(self) -> None:
		url = frappe.get_all("Record Request", {"bundle": ("is", "set")}, pluck="bundle")[0]
		path = Path(frappe.get_site_path(url.lstrip("/")))
		# Another test may have taken it from the disk, where nothing is rolled back.
		path.touch()
		with patch.object(frappe.db, "commit"):
			removed = demo.remove()
		self.assertEqual((removed["Client"], removed["User"]), (self.clients, 12))
		self.assertFalse(path.exists())
		left = count_all()
		left.subtract(self.before)
		self.assertEqual({doctype: count for doctype, count in left.items() if count}, {})

	def test_removing_also_takes_what_was_recorded_and_said_since(self) -> None:
		client = registry.get_made("Client")["maple"]
		values = {"client": client, "client_case": frappe.db.get_value("Client Case", {"client": client})}
		note = {"doctype": "Case Note", **values, "note": "Written after the load"}
		with self.as_user(WORKER):
			note = frappe.get_doc(note).insert()
		values = {"program": registry.get_made("Support Program")["house"], "kind": "During Support"}
		with self.as_user(LEAD):
			unnamed = {"doctype": "Client Feedback", "anonymous": 1, "comments": "Given since", **values}
			unnamed = frappe.get_doc(unnamed).insert()
		for reminder in DAILY:
			list(remind(reminder))
		self.assertGreater(count_all()["ToDo"], self.before["ToDo"])
		with patch.object(frappe.db, "commit"):
			demo.remove()
		self.assertFalse(frappe.db.exists("Case Note", note.name))
		self.assertFalse(frappe.db.exists("Version", {"ref_doctype": "Case Note", "docname": note.name}))
		self.assertFalse(frappe.db.exists("Client Feedback", unnamed.name))
		self.assertFalse(frappe.db.exists("Support Program", values["program"]))
		for doctype, of_doctype, of_name in REMINDED:
			rows = frappe.get_all(doctype, fields=[f"{of_doctype} as kind", f"{of_name} as name"])
			self.assertEqual([row for row in rows if not frappe.db.exists(row.kind, row.name)], [], doctype)

	def test_removing_keeps_a_program_that_somebody_elses_client_is_in(self) -> None:
		program = registry.get_made("Support Program")["outreach"]
		client = frappe.get_doc({"doctype": "Client", "preferred_name": "Real Person"}).insert()
		case = {"doctype": "Client Case", "client": client.name, "program": program}
		case = frappe.get_doc(case).insert()
		with patch.object(frappe.db, "commit"):
			demo.remove()
		self.assertTrue(frappe.db.exists("Client Case", case.name))
		self.assertTrue(frappe.db.exists("Support Program", program))
		self.assertFalse(frappe.db.exists("Support Program", "Example House"))

	def test_removing_twice_removes_nothing_more(self) -> None:
		with patch.object(frappe.db, "commit"):
			demo.remove()
			self.assertEqual(demo.remove(), {})
