"""Ratings and levels: Selects of whole numbers, where an empty one means that it was not given."""

from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr

from case_management.case_management.record.refusal import refuse


def set_ratings(doc: Document) -> None:
	"""Store the ratings of a record and its rows as the text of their Select; a number is taken as well.

	:raises frappe.ValidationError: a rating is not one of the numbers its field takes
	"""
	for row in [doc, *doc.get_all_children()]:
		for field in row.meta.get_select_fields():
			options = (field.options or "").split("\n")
			if "0" in options and row.get(field.fieldname) is not None:
				row.set(field.fieldname, get_rating(doc, _(field.label), row.get(field.fieldname), options))


def get_rating(doc: Document, label: str, value: object, options: list[str]) -> str:
	"""Return the text of a rating; a number without fraction counts as its text."""
	whole = isinstance(value, float) and value.is_integer()
	text = cstr(int(value) if whole else value).strip()
	if isinstance(value, bool) or text not in options:
		numbers = [option for option in options if option]
		refuse(
			doc,
			_("{0}: “{1}” is no number of this scale.").format(label, text[:140]),
			_("Give a whole number from {0} to {1}, or leave it empty.").format(numbers[0], numbers[-1]),
		)
	return text
