"""The size of things, printed: `pytest -s` shows the figures. They are ceilings to stay below, not goals."""

import ast
import math
import statistics

from source import (
	APP,
	REPO,
	TYPE_BLOCK,
	count_lines,
	get_app_code,
	get_controllers,
	get_functions,
	get_length,
	get_methods,
	get_python,
	read,
	where,
)


def get_percentile(values: list[int], share: float) -> int:
	"""Return the smallest value that at least `share` of the values do not exceed."""
	return sorted(values)[math.ceil(len(values) * share) - 1]


def tell(what: str, values: list[int]) -> tuple[float, int, int]:
	"""Print and return the median, the 90th percentile and the maximum."""
	figures = statistics.median(values), get_percentile(values, 0.9), max(values)
	print(
		f"\n{what}: {len(values)}; median {figures[0]:g}, 90th percentile {figures[1]}, maximum {figures[2]}"
	)
	return figures


def get_work(function: ast.FunctionDef) -> int:
	"""Return a function's lines without its docstring, which is as long as it needs to be."""
	first = function.body[0]
	has_docstring = ast.get_docstring(function) is not None
	return get_length(function) - (get_length(first) if has_docstring else 0)


def count(paths: list) -> int:
	"""Return the lines of files, without the type blocks that Frappe writes."""
	return sum(len(TYPE_BLOCK.sub("", read(path)).splitlines()) for path in paths)


def test_controllers_are_short() -> None:
	"""Lines without the type block; child tables have no code and are left out."""
	median, ninetieth, longest = tell("Controllers, lines", [count_lines(path) for path in get_controllers()])
	# Fifteen of the 23 are client records: the declared states, rules by name and one line of documentation for each
	# action take more than the 40 lines that were aimed at.
	assert median <= 95
	assert ninetieth <= 120
	assert longest <= 200


def test_methods_of_controllers_are_short() -> None:
	lengths = [get_length(method) for path in get_controllers() for method in get_methods(path)]
	median, ninetieth, _longest = tell("Methods of controllers, lines", lengths)
	assert median <= 7
	assert ninetieth <= 20


def test_functions_are_short() -> None:
	"""Lines without the docstring: an action's says what comes in and goes out."""
	lengths = [get_work(function) for path in get_app_code() for function in get_functions(path)]
	median, ninetieth, longest = tell("All functions, lines without docstring", lengths)
	assert median <= 7
	assert ninetieth <= 20
	assert longest <= 40


def test_functions_do_little() -> None:
	"""Lines without the docstring; a signature that takes many arguments counts, the story of the demo does not."""
	found = [
		f"{where(path, function)} {function.name}: {get_work(function)}"
		for path in get_app_code()
		if APP / "setup" / "demo" not in path.parents
		for function in get_functions(path)
		if get_work(function) > 22 + len(function.args.args)
	]
	assert found == []


def test_modules_are_short() -> None:
	median, _ninetieth, longest = tell("Modules, lines", [count([path]) for path in get_app_code()])
	assert median <= 100
	assert longest <= 320


def test_hooks_are_few() -> None:
	lines = [line.strip() for line in read(APP / "hooks.py").splitlines()]
	live = sum(bool(line) and not line.startswith("#") for line in lines)
	print(f"\nLive lines in hooks.py: {live}")
	assert live <= 60


def test_half_of_the_python_is_tests() -> None:
	tests, app = count(get_python(APP / "tests", REPO / "tests")), count(get_app_code())
	share = tests / (tests + app)
	print(f"\nLines of tests: {tests}, of the app: {app}; share of tests {share:.0%}")
	assert share >= 0.5
