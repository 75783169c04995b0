"""Our own bench, from nothing to running services: every step is passed over when its result is there."""

from __future__ import annotations

from . import assets, engine, environment, machine, services, site
from .paths import OWN_BENCH
from .services import Services


def prepare(*, tests: bool) -> tuple[Services, bool]:
	"""Make bench and services ready. Return the services, and whether they had to be started."""
	machine.check_python()
	if not OWN_BENCH.python.exists():
		machine.check_room()
	machine.install_packages(browser=tests)
	environment.build_env(tests=tests)
	engine.build_engine()
	engine.link_into_env()
	running, started = services.start_services()
	site.lay_out_bench(running)
	assets.build_assets()
	return running, started
