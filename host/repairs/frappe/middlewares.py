"""Public files belong to a site."""

from __future__ import annotations

from pathlib import Path

from frappe.middlewares import NotFound, SharedDataMiddleware, cstr


class StaticDataMiddleware(SharedDataMiddleware):
	def get_directory_loader(self, directory):
		def loader(path):
			import frappe.app

			site = frappe.app._site or self.environ.get("HTTP_HOST", "").split(":", 1)[0]
			folder = (Path(directory) / site / "public" / "files").resolve()
			file = (folder / cstr(path)).resolve()
			if not file.is_relative_to(folder) or not file.is_file():
				raise NotFound
			return file.name, self._opener(file)

		return loader
