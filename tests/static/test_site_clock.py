"""Days and times in scripts are the site's, by which the server counts (L28): not the browser's, nor those of a user's own time zone."""

import re

from source import APP, read

CLOCKS = re.compile(
	r"new Date\(\)|Date\.now|moment\(\)|frappe\.datetime\.(?:get_today|now_date|nowdate|now_time|now_datetime|(?:week|month|quarter|year)_(?:start|end))"
)


def test_life_l28_scripts_read_no_clock_but_the_sites() -> None:
	scripts = list(APP.rglob("*.js"))
	assert len(scripts) > 60
	found = {(script.name, clock) for script in scripts for clock in CLOCKS.findall(read(script))}
	assert found == set()
