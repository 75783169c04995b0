"""A field that holds one value takes neither lists nor objects: a look-up would read an object as a filter."""

import frappe
from frappe.model.document import Document

from case_management.case_management.record.values import validate_values
from case_management.tests.base import CaseTestCase


def new(doctype: str, **values) -> Document:
	return frappe.get_doc({"doctype": doctype, **values})


class TestValues(CaseTestCase):
	def test_one_value_a_field_is_fine(self) -> None:
		validate_values(new("Client", preferred_name="Kim", restricted=1, birth_date="1990-01-01"))
		validate_values(new("Client Intake", person_name="Kim", reasons=[{"reason": "Reason-1"}]))

	def test_a_filter_in_the_place_of_a_link_is_refused(self) -> None:
		for value in ({"preferred_name": ["like", "A%"]}, ["CL-00001"], [], {}):
			with self.refused("Client takes one value"):
				validate_values(new("Client Consent", client=value))

	def test_an_object_in_a_row_is_refused(self) -> None:
		with self.refused("Reason takes one value"):
			validate_values(new("Client Intake", reasons=[{"reason": {"label": "x"}}]))

	def test_an_object_in_a_text_is_refused(self) -> None:
		with self.refused("Preferred Name takes one value"):
			validate_values(new("Client", preferred_name={"a": 1}))

	def test_a_number_in_a_text_is_its_digits(self) -> None:
		client = new("Client", preferred_name=7, alerts=[{"alert": 1, "kind": "Safety"}]).insert()
		self.assertEqual((client.preferred_name, client.alerts[0].alert), ("7", "1"))

	def test_a_series_of_ones_own_is_refused(self) -> None:
		for series in ("SECRET-.#####", "x" * 300, True, -1):
			with self.refused("is not one of its series", "CL-"):
				validate_values(new("Client", preferred_name="Kim", naming_series=series))

	def test_a_stored_record_keeps_the_series_it_was_made_with(self) -> None:
		client = new("Client", preferred_name="Kim", naming_series="CL-.#####").insert()
		client.naming_series = "OLD-.#####"
		validate_values(client)
