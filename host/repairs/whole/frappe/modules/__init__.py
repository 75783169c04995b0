"""Names that apps import from frappe.modules."""

from frappe import get_module_path, scrub
from frappe.modules.utils import *  # noqa: F403

__all__ = [name for name in globals() if not name.startswith("__")]
