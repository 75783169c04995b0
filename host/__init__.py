"""A Frappe site from package registries alone: see README.md in this folder."""
