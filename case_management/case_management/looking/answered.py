"""What is done when a request has been answered, by one hook, since Frappe takes time to call each."""

from werkzeug.wrappers import Request, Response

from case_management.case_management.guard import exports
from case_management.case_management.looking import access_log


def finish(response: Response | None = None, request: Request | None = None) -> None:
	"""Note who looked at which client's record, and take formulas out of a download. Hook: after_request."""
	access_log.log_request(response, request)
	exports.disarm(response)
