"""Code lists: their codes, and the fields that take them."""

import json

import frappe

from case_management.case_management.record.codes import get_code_fields, get_meaning, get_names
from case_management.setup.defaults import get_codes
from case_management.tests.base import CaseTestCase
from case_management.tests.factories import make_agency, make_client, make_user

APP_DOCTYPES = {"module": "Case Management"}


def make_code(code: str, code_list: str = "Agency Type", **values) -> frappe._dict:
	return frappe.get_doc(
		{"doctype": "Case Code", "code_list": code_list, "code": code, "label": code.title(), **values}
	)


class TestCaseCode(CaseTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.admin = make_user("Case Management Admin")

	def test_an_administrator_adds_a_code_named_by_its_list_and_code(self) -> None:
		with self.as_user(self.admin):
			self.assertEqual(make_code("library").insert().name, "Agency Type-library")

	def test_blanks_around_list_and_code_make_no_other_code(self) -> None:
		with self.as_user(self.admin):
			self.assertEqual(make_code(" library ", "Agency Type ").insert().name, "Agency Type-library")

	def test_a_code_is_not_added_twice(self) -> None:
		with self.as_user(self.admin), self.refused(exception=frappe.DuplicateEntryError):
			make_code("centrelink").insert()

	def test_list_and_code_are_set_once(self) -> None:
		code = make_code("library").insert()
		for field in ("code", "code_list"):
			with self.as_user(self.admin), self.refused(exception=frappe.CannotChangeConstantError):
				frappe.get_doc("Case Code", code.name).update({field: "other"}).save()

	def test_a_code_is_not_renamed(self) -> None:
		make_code("library").insert()
		with self.as_user(self.admin), self.refused():
			frappe.rename_doc("Case Code", "Agency Type-library", "Agency Type-books")
		self.assertTrue(frappe.db.exists("Case Code", "Agency Type-library"))

	def test_a_label_may_be_changed(self) -> None:
		with self.as_user(self.admin):
			code = make_code("library").insert()
			code.update({"label": "Public library"}).save()
		self.assertEqual(self.stored(code, "label"), "Public library")

	def test_a_code_without_a_label_is_refused(self) -> None:
		with self.as_user(self.admin), self.refused("label", exception=frappe.MandatoryError):
			make_code("library", label="").insert()

	def test_a_code_in_use_is_not_deleted(self) -> None:
		make_agency("Test Library").update({"agency_type": make_code("library").insert().name}).save()
		frappe.get_doc("Case Code", "Agency Type-library")
		with self.assertRaises(frappe.LinkExistsError):
			frappe.delete_doc("Case Code", "Agency Type-library")

	def test_a_worker_reads_codes_and_does_not_change_them(self) -> None:
		with self.as_user(make_user("Case Worker")):
			self.assertIn("Agency Type-centrelink", get_names("Agency Type"))
			with self.refused(exception=frappe.PermissionError):
				frappe.get_doc("Case Code", "Agency Type-centrelink").update({"label": "X"}).save()


class TestFieldsWithCodes(CaseTestCase):
	def test_a_code_of_another_list_is_refused_by_name(self) -> None:
		agency = make_agency()
		with self.refused(agency.name, "Missing Data-8", "Agency Type"):
			agency.update({"agency_type": "Missing Data-8"}).save()
		self.assertFalse(self.stored(agency, "agency_type"))

	def test_a_code_that_does_not_exist_is_refused(self) -> None:
		agency = make_agency()
		with self.refused():
			agency.update({"agency_type": "Agency Type-nowhere"}).save()

	def test_a_disabled_code_is_refused_where_it_is_new(self) -> None:
		code = make_code("library", enabled=0).insert()
		agency = make_agency()
		with self.refused(agency.name, code.name):
			agency.update({"agency_type": code.name}).save()

	def test_a_disabled_code_stays_where_it_was(self) -> None:
		code = make_code("library").insert()
		agency = make_agency().update({"agency_type": code.name}).save()
		code.update({"enabled": 0}).save()
		agency.update({"phone": "02 5550 0000"}).save()
		self.assertEqual(self.stored(agency, "agency_type"), code.name)

	def test_a_clients_living_arrangement_takes_its_own_list(self) -> None:
		client = make_client(living_arrangement="Living Arrangement-group")
		self.assertEqual(client.living_arrangement, "Living Arrangement-group")
		with self.refused(client.name, "Agency Type-centrelink"):
			client.update({"living_arrangement": "Agency Type-centrelink"}).save()

	def test_every_list_that_a_field_names_has_codes(self) -> None:
		known = {code["code_list"] for code in get_codes()}
		for doctype in frappe.get_all("DocType", filters=APP_DOCTYPES, pluck="name"):
			for field, code_list in get_code_fields(frappe.get_meta(doctype)):
				self.assertIn(code_list, known, f"{doctype}.{field.fieldname}")

	def test_every_field_with_codes_names_its_list(self) -> None:
		for doctype in frappe.get_all("DocType", filters=APP_DOCTYPES, pluck="name"):
			meta = frappe.get_meta(doctype)
			named = {field.fieldname for field, _list in get_code_fields(meta)}
			links = {field.fieldname for field in meta.get_link_fields() if field.options == "Case Code"}
			self.assertEqual(links, named, doctype)


class TestDefaultCodes(CaseTestCase):
	def test_no_code_is_given_twice(self) -> None:
		names = [f"{code['code_list']}-{code['code']}" for code in get_codes()]
		self.assertEqual(len(names), len(set(names)))

	def test_every_code_has_label_list_and_standard(self) -> None:
		for code in get_codes():
			self.assertTrue(code["label"] and code["code_list"] and code["standard"], json.dumps(code))

	def test_b3_codes_for_reasons_not_provided_say_which_are_unmet_need(self) -> None:
		unmet = [
			name for name in get_names("Reason Service Not Provided") if get_meaning(name) == "No Resource"
		]
		self.assertEqual([name.rpartition("-")[2] for name in unmet], ["4", "5", "6", "10"])

	def test_codes_that_mean_somebody_died_or_was_lost_are_marked(self) -> None:
		self.assertEqual(get_meaning("Support Period End Reason-8"), "Lost Contact")
		self.assertEqual(get_meaning("Support Period End Reason-11"), "Died")
		self.assertEqual(get_meaning("Closure Without Exit Plan-died"), "Died")

	def test_most_codes_mean_nothing_in_particular(self) -> None:
		self.assertEqual(get_meaning("Agency Type-centrelink"), "")
		self.assertEqual(get_meaning(None), "")

	def test_a_list_keeps_its_standards_order(self) -> None:
		codes = [name.rpartition("-")[2] for name in get_names("Reason for Seeking Assistance")]
		self.assertEqual(codes, [*[str(number) for number in range(1, 27)], "99"])

	def test_an_incomplete_list_has_no_invented_codes(self) -> None:
		codes = {code["code"] for code in get_codes() if code["code_list"] == "Formal Referral Source"}
		self.assertFalse(codes & {"6", "16", "17", "21"})

	def test_c43_agency_types_include_those_the_service_works_with(self) -> None:
		types = {name.rpartition("Agency Type-")[2] for name in get_names("Agency Type")}
		named = {"department-of-housing", "centrelink", "community-health-centre"}
		self.assertLessEqual(named | {"financial-counsellor", "nutritionist", "specialist-counsellor"}, types)
