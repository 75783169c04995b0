"""The one error that the host shows to a person."""


class HostError(Exception):
	"""Something a person has to put right: one line saying what is wrong and what to do."""
