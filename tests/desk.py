"""The Desk in a browser, as somebody uses it: open a list or a form, press a button, fill in a dialog."""

import time
from collections.abc import Callable
from typing import Any

import requests
from selenium.common.exceptions import JavascriptException
from selenium.webdriver.remote.webdriver import WebDriver

WAIT = 180
# In seconds, and in times that it was looked without a request under way.
POLL, QUIET = 0.1, 5
# A test site has no realtime server; sounds are not played to nobody.
NOISE = ("socket.io", "favicon", "play() failed")
FORM = "window.cur_frm && cur_frm.doc && cur_frm.doc.name"


class Desk:
	"""The Desk of one person who has signed in."""

	def __init__(self, driver: WebDriver, url: str, session: requests.Session) -> None:
		self.driver, self.url = driver, url
		driver.get(f"{url}/api/method/ping")
		driver.delete_all_cookies()
		self.get_errors()
		driver.add_cookie({"name": "sid", "value": session.cookies["sid"], "path": "/"})

	def open(self, route: str) -> None:
		"""Open a page of the Desk and wait until nothing is loading any more."""
		self.driver.get(f"{self.url}/app/{route}")
		self.wait_for("window.frappe && frappe.boot && frappe.get_route && frappe.get_route().length")
		self.settle()

	def open_form(self, doctype: str, name: str) -> None:
		self.open(f"{doctype.lower().replace(' ', '-')}/{name}")
		self.wait_for(f"{FORM} === {name!r} && !cur_frm.is_new()")
		self.settle()

	def settle(self) -> None:
		"""Wait until no request has been under way for a moment: longer than the Desk waits for more typing."""
		quiet = 0
		while quiet < QUIET:
			busy = self.run("return !!(window.frappe && frappe.request && frappe.request.ajax_count)")
			if busy:
				self.wait_for("!frappe.request || !frappe.request.ajax_count")
			quiet = 0 if busy else quiet + 1
			time.sleep(POLL)

	def run(self, script: str, *arguments: Any) -> Any:
		return self.driver.execute_script(script, *arguments)

	def wait_for(self, expression: str, seconds: int = WAIT) -> Any:
		"""Return the value of a JavaScript expression once it is true."""
		return self.wait(lambda: self.run(f"return {expression}"), expression, seconds)

	def wait(self, check: Callable[[], Any], what: str, seconds: int = WAIT) -> Any:
		end = time.monotonic() + seconds
		while time.monotonic() < end:
			try:
				if value := check():
					return value
			except JavascriptException:
				pass  # what is asked for is not there yet
			time.sleep(POLL)
		raise AssertionError(
			f"waited {seconds} s in vain for: {what}\n{self.get_messages()}\n{self.get_errors()}"
		)

	def get_text(self, selector: str) -> str:
		"""Return the text of what is visible and matches."""
		return self.run(
			"return $(arguments[0]).filter(':visible').map((i, e) => e.innerText).get().join('\\n')", selector
		)

	def get_buttons(self) -> list[str]:
		"""Return the labels of the form's action buttons, those in menus included."""
		return self.run(
			"""return cur_frm.page.inner_toolbar.find('button, .dropdown-item').map((i, e) => {
				return decodeURIComponent($(e).attr('data-label') || '') || e.innerText.trim();
			}).get()"""
		)

	def get_workflow_steps(self) -> list[str]:
		"""Return what Frappe's own menu of workflow steps offers."""
		return self.run(
			"""return cur_frm.page.actions.find('.dropdown-item').map((i, e) => e.innerText.trim()).get()
				.filter((label) => label && label !== 'Help')"""
		)

	def press(self, label: str) -> None:
		"""Press an action button of the form."""
		self.run(
			"""const pressed = cur_frm.page.inner_toolbar.find('button, .dropdown-item').filter((i, e) =>
				decodeURIComponent($(e).attr('data-label') || '') === arguments[0]);
			if (!pressed.length) throw new Error('no button ' + arguments[0]);
			pressed.first().trigger('click');""",
			label,
		)

	def fill_dialog(self, **values: Any) -> None:
		"""Fill in the dialog that opens, and confirm it."""
		field = f"&& !!cur_dialog.fields_dict[{next(iter(values))!r}]" if values else ""
		self.wait_for(f"window.cur_dialog && cur_dialog.display {field}")
		self.settle()
		self.driver.execute_async_script(
			"cur_dialog.set_values(arguments[0]).then(arguments[1], arguments[1])", values
		)
		self.settle()
		self.run("cur_dialog.get_primary_btn().trigger('click')")

	def confirm(self) -> None:
		self.fill_dialog()

	def close_message(self) -> None:
		"""Close the message that lies over a dialog, once it is shown in full."""
		self.settle()
		self.run("frappe.hide_msgprint(true)")
		self.wait_for("!frappe.msg_dialog || !frappe.msg_dialog.display")
		self.settle()

	def wait_for_status(self, status: str) -> None:
		self.wait_for(f"cur_frm.doc.status === {status!r} && !cur_frm.is_dirty()")
		self.settle()

	def get_messages(self) -> str:
		"""Return what the Desk says in dialogs and alerts."""
		return self.get_text(".modal.show .modal-body, .desk-alert")

	def get_errors(self) -> list[str]:
		"""Return the errors in the browser's log since it was last asked for."""
		entries = self.driver.get_log("browser")
		return [
			entry["message"]
			for entry in entries
			if entry["level"] == "SEVERE" and not any(noise in entry["message"] for noise in NOISE)
		]
