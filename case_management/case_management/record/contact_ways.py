"""Ways to reach somebody: whether one is safe is the person's answer, and unknown until they were asked."""

from frappe.model.document import Document

# How callers of 0.1 said it: a tick or none.
TICKS = {"1": "Yes", "True": "Yes", "0": "No", "False": "No"}


def set_safe(client: Document) -> None:
	"""Take a tick, or its absence, for the answer that it was."""
	for row in client.contact_ways:
		if row.safe_to_use is not None:
			row.safe_to_use = TICKS.get(str(row.safe_to_use), row.safe_to_use)
