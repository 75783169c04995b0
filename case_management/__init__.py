"""Client-focused case management for Frappe and ERPNext sites."""

__version__ = "0.2.0"
