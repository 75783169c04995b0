"""How long records are kept, that nothing is deleted before, and that a disposal leaves no trace (B26; design rule 10)."""

import json
from unittest.mock import patch

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, add_years, getdate, now_datetime
from pypika.terms import Criterion

from case_management.case_management.keeping import disposal, retention
from case_management.case_management.keeping.disposal import dispose, dispose_expired, dispose_intake
from case_management.permissions import CLIENT_RECORDS
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import (
	make_active_case,
	make_agency,
	make_case,
	make_client,
	make_consent,
	make_intake,
	make_lead,
	make_referral,
	make_user,
	make_worker,
)
from case_management.tests.plan_factories import make_note
from case_management.tests.record_factories import (
	change_setting,
	get_retain_until,
	make_granted_request,
	make_old_case,
	make_request,
)

NAME = "Quillonette"
TEXTS = ("char", "varchar", "text", "mediumtext", "longtext", "json")


class TestRetainUntil(CaseTestCase):
	def test_b26_a_record_is_kept_seven_years_after_the_case_closed(self) -> None:
		case = make_old_case(years=2)
		self.assertEqual(get_retain_until(case.client), add_years(getdate(case.closed_on), 7))

	def test_b26_with_an_open_case_there_is_no_date_and_reopening_takes_it_away(self) -> None:
		case = make_old_case(years=2)
		case.db_set("status", "Active")
		self.assertIsNone(get_retain_until(case.client))

	def test_b26_a_later_note_or_follow_up_moves_the_date(self) -> None:
		case = make_old_case(years=2)
		note = make_note(make_active_case(frappe.get_doc("Client", case.client)))
		note.db_set("noted_on", add_days(now_datetime(), -30))
		frappe.db.set_value("Client Case", note.client_case, "status", "Closed")
		self.assertEqual(retention.update_retain_until(case.client), add_years(add_days(getdate(), -30), 7))
		follow_up = {"client": case.client, "client_case": case.name, "due_on": getdate()}
		follow_up = frappe.get_doc({"doctype": "Case Follow Up", **follow_up})
		follow_up.insert().record_done(outcome="Well")
		self.assertEqual(get_retain_until(case.client), add_years(getdate(), 7))

	def test_b26_what_did_not_take_place_is_no_service(self) -> None:
		case = make_old_case(years=2)
		for doctype, status, field in (
			("Case Meeting", "Missed", "held_on"),
			("Case Follow Up", "Not Reached", "done_on"),
		):
			doc = frappe.new_doc(doctype).update({"client": case.client, "status": status, field: getdate()})
			doc.update({"name": f"X-{frappe.scrub(doctype)}"}).db_insert()
		self.assertEqual(retention.update_retain_until(case.client), add_years(getdate(), 5))

	def test_b26_the_last_service_counts_whichever_record_says_so(self) -> None:
		case = make_old_case(years=3)
		for years, (doctype, field, status) in enumerate(reversed(retention.SERVICES[1:])):
			day = add_years(now_datetime(), years - 2) if years < 2 else add_days(now_datetime(), years - 100)
			doc = frappe.new_doc(doctype).update({"client": case.client, field: day, "name": f"X-{years}"})
			doc.update({"status": status or "Accepted"}).db_insert()
			self.assertEqual(
				retention.update_retain_until(case.client), getdate(add_years(getdate(day), 7)), doctype
			)

	def test_b26_a_minors_record_is_kept_until_the_age_of_25(self) -> None:
		born = add_years(getdate(), -10)
		case = make_old_case(make_client("Kim", birth_date=born), years=2)
		self.assertEqual(get_retain_until(case.client), add_years(born, 25))

	def test_b26_who_was_an_adult_at_the_last_service_is_kept_seven_years(self) -> None:
		case = make_old_case(make_client(birth_date=add_years(getdate(), -20)), years=1)
		self.assertEqual(get_retain_until(case.client), add_years(getdate(), 6))

	def test_b26_a_birth_date_that_is_put_right_moves_the_date(self) -> None:
		case = make_old_case(years=2)
		client = frappe.get_doc("Client", case.client)
		client.update({"birth_date": add_years(getdate(), -5)}).save()
		self.assertEqual(get_retain_until(case.client), add_years(getdate(), 20))
		self.assertEqual(client.retain_until, add_years(getdate(), 20))

	def test_b26_an_open_request_puts_the_date_off_and_a_granted_deletion_does_not(self) -> None:
		case = make_old_case(years=2)
		request = make_request(case.client)
		self.assertIsNone(get_retain_until(case.client))
		request.db_set("status", "Completed")
		make_granted_request(
			case.client, "Deletion", reasons="Kept until then", informed_on=getdate(), complaint_path_told=1
		)
		self.assertEqual(get_retain_until(case.client), add_years(getdate(), 5))

	def test_b26_an_open_intake_puts_the_date_off(self) -> None:
		case = make_old_case()
		make_intake().db_set("client", case.client)
		self.assertIsNone(get_retain_until(case.client))

	def test_a_client_without_any_service_is_kept_from_the_day_they_were_recorded(self) -> None:
		self.assertEqual(get_retain_until(make_client().name), add_years(getdate(), 7))

	def test_nobody_sets_the_date_by_hand(self) -> None:
		case = make_old_case()
		with self.as_user(make_lead()):
			frappe.get_doc("Client", case.client).update({"retain_until": getdate()}).save()
		self.assertEqual(get_retain_until(case.client), add_years(getdate(), -1))

	def test_the_job_brings_every_date_into_line_and_a_second_run_changes_nothing(self) -> None:
		cases = [make_old_case(years=3) for _number in range(3)]
		change_setting(self, "retention_years", 10)
		with patch.object(retention, "BATCH", 2):
			self.assertGreaterEqual(retention.update_retention(), 3)
			self.assertEqual(retention.update_retention(), 0)
		for case in cases:
			self.assertEqual(get_retain_until(case.client), add_years(getdate(), 7))


class TestDeletion(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_old_case(years=2)
		self.client = frappe.get_doc("Client", self.case.client)

	def test_b26_nobody_deletes_a_client_before_the_date_with_whatever_force(self) -> None:
		for user, words in (("Administrator", "is kept until"), (make_user("System Manager"), "not found")):
			denied = self.refused(self.client.name, words, exception=Exception)
			with self.as_user(user), denied:
				frappe.delete_doc("Client", self.client.name, force=True, ignore_permissions=True)
		self.assertTrue(frappe.db.exists("Client", self.client.name))

	def test_b26_no_client_record_has_a_way_to_be_deleted(self) -> None:
		for doctype in CLIENT_RECORDS:
			doc = frappe.new_doc(doctype)
			doc.update({"name": "X-1", "client": self.client.name})
			with self.assertRaises(frappe.ValidationError, msg=doctype):
				doc.run_method("on_trash")

	def test_b26_the_refusal_says_why(self) -> None:
		for values, words in (
			({"legal_hold": 1}, "legal hold"),
			({"legal_hold": 0, "retain_until": None}, "in use"),
			({"retain_until": add_days(getdate(), -1)}, "Records Due for Disposal"),
		):
			self.client.db_set(values)
			self.client.db_set(values)  # the date is computed again after the first
			frappe.db.set_value("Client", self.client.name, values)
			with self.refused(self.case.name, words):
				frappe.delete_doc("Client Case", self.case.name, force=True)

	def test_b26_a_record_without_a_client_is_kept_too(self) -> None:
		intake = make_intake()
		with self.refused(intake.name, "service's record"):
			frappe.delete_doc("Client Intake", intake.name, force=True)


class TestDispose(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.case = make_old_case()
		self.client = self.case.client
		self.admin = make_user("Case Management Admin")

	def dispose(self, user: str | None = None, **arguments) -> Document:
		with self.as_user(user or self.admin):
			return frappe.get_doc("Record Disposal", dispose(self.client, **arguments))

	def test_b26_an_administrator_disposes_of_a_record_and_one_line_stays(self) -> None:
		line = self.dispose()
		self.assertEqual((line.client_code, line.reason), (self.client, "Retention Ended"))
		self.assertEqual((line.disposed_by, line.retain_until), (self.admin, add_years(getdate(), -1)))
		self.assertEqual(line.record_count, 2)
		self.assertEqual(line.records, "Client: 1, Client Case: 1")
		self.assertFalse(frappe.db.exists("Client", self.client))

	def test_b26_a_leader_of_the_clients_program_may_and_others_may_not(self) -> None:
		for user in (make_worker(), make_user("Case Auditor")):
			with self.refused("team leader", exception=frappe.PermissionError):
				self.dispose(user)
		# For a leader who does not see the client there is none.
		with self.refused("no record"):
			self.dispose(make_lead("other-lead"))
		self.assertEqual(self.dispose(make_lead()).disposed_by, make_lead())

	def test_disposed_of_twice_is_once(self) -> None:
		self.assertEqual(self.dispose().name, self.dispose().name)

	def test_what_does_not_exist_or_is_no_code_is_refused(self) -> None:
		for code in ("CL-00000", "", None):
			with self.as_user(self.admin), self.refused("no record"):
				dispose(code)

	def test_b26_before_its_day_it_is_refused_also_where_the_stored_date_is_wrong(self) -> None:
		self.case.db_set("closed_on", add_years(getdate(), -3))
		frappe.db.set_value("Client", self.client, "retain_until", add_days(getdate(), -1))
		with self.refused(self.client, "It is kept until"):
			self.dispose(make_lead())

	def test_b26_on_its_last_day_it_is_still_kept(self) -> None:
		self.case.db_set("closed_on", add_years(getdate(), -7))
		with self.refused(self.client, "It is kept until"):
			self.dispose(make_lead())

	def test_b26_under_a_legal_hold_it_is_refused(self) -> None:
		frappe.db.set_value("Client", self.client, "legal_hold", 1)
		with self.refused(self.client, "legal hold"):
			self.dispose(make_lead())
		self.assertTrue(frappe.db.exists("Client", self.client))

	def test_b26_with_something_open_it_is_refused(self) -> None:
		make_case(frappe.get_doc("Client", self.client))
		with self.refused(self.client, "is open"):
			self.dispose(make_lead())

	def test_an_administrator_is_not_told_of_a_client_who_is_not_due(self) -> None:
		make_case(frappe.get_doc("Client", self.client))
		for code in (self.client, f"{self.client}9"):
			with self.as_user(self.admin), self.refused(f"There is no record {code} that is due."):
				dispose(code)

	def test_a_reason_of_ones_own_is_refused(self) -> None:
		with self.refused(self.client, "no reason of a disposal"):
			self.dispose(reason="Because")

	def test_b26_a_granted_deletion_is_done_by_the_job_when_the_retention_has_ended(self) -> None:
		other, in_use = make_old_case(), make_case(make_client())
		make_granted_request(self.client, "Deletion")
		self.assertEqual(dispose_expired(), [self.client])
		line = frappe.get_last_doc("Record Disposal")
		self.assertEqual((line.client_code, line.reason), (self.client, "Deletion Requested"))
		self.assertTrue(frappe.db.exists("Client", other.client))
		self.assertNotIn(in_use.client, [row.name for row in disposal.get_due_clients()])

	def test_b26_the_job_disposes_of_all_that_is_due_only_where_settings_say_so(self) -> None:
		kept = make_old_case(years=2).client
		self.assertEqual(dispose_expired(), [])
		change_setting(self, "dispose_automatically", 1)
		self.assertIn(self.client, dispose_expired())
		self.assertEqual(dispose_expired(), [])
		self.assertTrue(frappe.db.exists("Client", kept))

	def test_one_that_cannot_be_disposed_of_stops_no_other(self) -> None:
		change_setting(self, "dispose_automatically", 1)
		other = make_old_case(years=9).client
		remove = disposal.remove

		def fail_for_other(records: dict, *arguments) -> None:
			if other in records["Client"]:
				raise ValueError(NAME)
			remove(records, *arguments)

		with patch.object(disposal, "remove", fail_for_other):
			self.assertEqual(dispose_expired(), [self.client])
		self.assertTrue(frappe.db.exists("Client", other))
		self.assertEqual(frappe.db.count("Error Log", {"method": ("like", f"%{other}%")}), 1)
		self.assertEqual(frappe.db.count("Error Log", {"error": ("like", f"%{NAME}%")}), 0)

	def test_b26_an_intake_that_led_nowhere_is_disposed_of_after_the_same_years(self) -> None:
		intake = make_intake(NAME)
		decided = add_years(now_datetime(), -7)
		intake.db_set({"status": "Not Accepted", "decided_on": decided, "creation": decided})
		with self.as_user(make_lead()), self.refused(intake.name, "kept until"):
			dispose_intake(intake.name)
		decided = add_days(decided, -1)
		intake.db_set({"decided_on": decided, "creation": decided})
		self.assertIn(intake.name, [row.name for row in disposal.get_due_intakes()])
		with self.as_user(self.admin):
			line = frappe.get_doc("Record Disposal", dispose_intake(intake.name))
		self.assertEqual((line.client_code, line.record_count), (intake.name, 1))
		self.assertEqual(find_traces(NAME, intake.name), {f"tabRecord Disposal.client_code: {line.name}"})

	def test_an_intake_of_a_client_or_an_open_one_is_not_disposed_of_alone(self) -> None:
		for values in ({"client": self.client}, {"client": None, "status": "New"}):
			intake = make_intake()
			intake.db_set(values)
			with self.as_user(make_lead()), self.refused(intake.name, "is open"):
				dispose_intake(intake.name)

	def test_nobody_makes_changes_or_deletes_the_line(self) -> None:
		line = self.dispose()
		for user in ("Administrator", self.admin):
			with self.as_user(user):
				with self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
					line.update({"record_count": 0}).save()
				with self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
					frappe.delete_doc("Record Disposal", line.name, force=True)
				with self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
					frappe.copy_doc(line).insert()


class TestNoTrace(CaseTestCase):
	def test_b26_after_the_disposal_no_table_of_the_site_names_the_client(self) -> None:
		client = make_client(NAME)
		sister = make_client("Sister", relationships=[relate(client.name)])
		sister.update({"relationships": [*sister.relationships, relate(client.name)]}).save()
		case = make_old_case(client)
		frappe.db.set_value("Client Case", make_active_case(sister).name, "head_case", case.name)
		leave_traces(client, case)
		self.assertGreater(len(find_traces(NAME, client.name)), 15)
		line = dispose(client.name)
		self.assertEqual(find_traces(NAME, client.name), {f"tabRecord Disposal.client_code: {line}"})
		self.assertEqual(find_traces(case.name), set())
		rows = frappe.get_doc("Client", sister.name).relationships
		self.assertEqual([row.related_client for row in rows], [None, None])
		self.assertNotIn(NAME, [row.person_name for row in rows])
		frappe.get_doc("Client", sister.name).save()

	def test_b26_what_another_record_says_of_others_stays(self) -> None:
		kept, gone = make_client("Stays"), make_old_case(make_client(NAME))
		kept.add_comment("Comment", f"Came with {gone.client}, {gone.client}0 and NOTE-1")
		dispose(gone.client)
		comment = frappe.get_last_doc("Comment", {"reference_name": kept.name, "comment_type": "Comment"})
		self.assertEqual(comment.content, f"Came with –, {gone.client}0 and NOTE-1")

	def test_b26_a_tag_that_others_have_too_stays(self) -> None:
		case, other = make_old_case(), make_client("Other")
		for doc in (frappe.get_doc("Client", case.client), other):
			doc.add_tag("urgent")
		dispose(case.client)
		self.assertEqual(frappe.get_all("Tag Link", {"tag": "urgent"}, pluck="document_name"), [other.name])
		self.assertTrue(frappe.db.exists("Tag", "urgent"))

	def test_b26_a_contact_of_the_client_goes_and_one_of_somebody_else_too_stays(self) -> None:
		case, other = make_old_case(), make_client("Other")
		for name, clients in ((NAME, [case.client]), ("Shared", [case.client, other.name])):
			links = [{"link_doctype": "Client", "link_name": client} for client in clients]
			make("Contact", first_name=name, links=links)
		dispose(case.client)
		links = frappe.get_all("Dynamic Link", {"link_doctype": "Client"}, ["parent", "link_name"])
		self.assertEqual([link.link_name for link in links], [other.name])
		self.assertEqual(find_traces(NAME), set())

	def test_b26_what_people_saved_of_other_clients_stays(self) -> None:
		case, other = make_old_case(), make_client("Other")
		for number, code in enumerate((case.client, other.name)):
			filters = json.dumps([["Client Case", "client", "=", code]])
			make("List Filter", filter_name=f"x{number}", reference_doctype="Client Case", filters=filters)
		dispose(case.client)
		self.assertEqual(frappe.get_all("List Filter", pluck="filter_name"), ["x1"])

	def test_b26_files_go_from_the_disk_too(self) -> None:
		case = make_old_case()
		file = make_file("Client Case", case.name)
		path = file.get_full_path()
		dispose(case.client)
		self.assertFalse(frappe.utils.os.path.exists(path))


def relate(client: str) -> dict:
	code = "Relationship to Head of Household-4"
	return {"related_client": client, "person_name": NAME, "relationship": code, "note": NAME}


def make_file(doctype: str, name: str) -> Document:
	attached = {"attached_to_doctype": doctype, "attached_to_name": name, "is_private": 1}
	content = f"{NAME} {frappe.generate_hash()}"
	return frappe.get_doc(
		{"doctype": "File", "file_name": f"{NAME}.txt", "content": content, **attached}
	).insert()


def leave_traces(client: Document, case: Document) -> None:
	"""Make what people and Frappe leave around a client's records."""
	for doc in (client, case):
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.add_comment("Comment", NAME)
		doc.add_tag(NAME)
		make_file(doc.doctype, doc.name)
		about = {"reference_doctype": doc.doctype, "reference_name": doc.name}
		make("Communication", subject=NAME, content=NAME, sender="a@example.org", **about)
		make("Activity Log", subject=f"{NAME} {doc.name}", **about)
		make("View Log", viewed_by="Administrator", **about)
		make("ToDo", description=NAME, reference_type=doc.doctype, reference_name=doc.name)
		make("Notification Log", subject=NAME, document_type=doc.doctype, document_name=doc.name)
		make("Email Queue", message=NAME, recipients=[{"recipient": "a@example.org"}], **about)
		data = json.dumps({"name": doc.name, "preferred_name": NAME})
		make("Deleted Document", deleted_doctype=doc.doctype, deleted_name=doc.name, data=data)
		make("Route History", user="Administrator", route=f"Form/{doc.doctype}/{doc.name}")
		make("Error Log", method="x", error=f"{doc.name} {NAME}")
		make("List Filter", filter_name="x", reference_doctype=doc.doctype, filters=json.dumps([doc.name]))
	frappe.get_doc("Client", client.name).update({"pronouns": "she", "safe_contact_note": NAME}).save()
	make("Error Log", method="x", error=f"in the record of {client.name}0")
	frappe.db.set_value("Client Case", case.name, "status", "Active")
	make_note(case, note=NAME)
	consent = make_consent(client.name, make_agency().name)
	make_referral(case).send(consent=consent.name, what_was_shared=NAME)
	make("Client Identity", client=client.name, legal_given_name=NAME)
	frappe.get_doc("Client Case", case.name).db_set("status", "Closed")
	for doctype in ("Case Note", "Case Referral", "Client Consent"):
		frappe.db.set_value(doctype, {"client": client.name}, "client_name", NAME)
	frappe.db.set_value("Case Note", {"client": client.name}, "noted_on", add_years(now_datetime(), -8))
	settings = {"user": "Administrator", "doctype": "Client", "data": json.dumps({"filters": [client.name]})}
	frappe.db.delete("__UserSettings", {"user": "Administrator", "doctype": "Client"})
	table = frappe.qb.DocType("__UserSettings")
	frappe.qb.into(table).columns(*settings).insert(*settings.values()).run()


def make(doctype: str, **values) -> Document:
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)


def find_traces(*words: str) -> set[str]:
	"""Return each table, column and row of the site's database in which a word stands as a word of its own."""
	found = set()
	for table, columns in get_text_columns().items():
		fields = [frappe.qb.Field(column) for column in columns]
		likes = [field.like(f"%{word}%") for word in words for field in fields]
		query = frappe.qb.from_(frappe.qb.Table(table)).select("*").where(Criterion.any(likes))
		for row in query.run(as_dict=True):
			named = [column for column in columns if names(row[column], words)]
			found |= {f"{table}.{column}: {row.get('name')}" for column in named}
	return found


def get_text_columns() -> dict[str, list[str]]:
	"""Return the columns of every table of the site that hold text."""
	columns = frappe.qb.Schema("information_schema").columns
	query = (
		frappe.qb.from_(columns).select(columns.table_name, columns.column_name, columns.data_type).distinct()
	)
	found: dict[str, list[str]] = {}
	tables = set(frappe.db.get_tables(cached=False))
	for table, column, kind in query.run():
		if table in tables and table.startswith(("tab", "__")) and kind.startswith(TEXTS):
			found.setdefault(table, []).append(column)
	return found


def names(text: object, words: tuple[str, ...]) -> bool:
	return any(word in frappe.cstr(text).replace(f"{word}0", "") for word in words)
