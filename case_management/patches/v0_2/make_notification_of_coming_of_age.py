"""Give an existing site the notification of a household's child who comes of age."""

from case_management.setup import defaults

NAME = "Household Member Came of Age"


def execute() -> None:
	"""Make the new default. Run again it changes nothing."""
	defaults.make_missing([row for row in defaults.read("notification") if row["name"] == NAME], "name")
