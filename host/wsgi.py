"""What gunicorn serves, on our engine and on a real bench: Frappe's own application, with /assets and /files.

Runs in the bench's `sites` folder; the environment variable CASE_SITE names the one site that is served.
"""

import os
from pathlib import Path

import frappe.app

frappe.app._site = os.environ["CASE_SITE"]
frappe.app._sites_path = str(Path.cwd())
application = frappe.app.application_with_statics()
