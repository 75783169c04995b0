"""Each of the 86 requirements has a place in the app and a test, and the page that says so is true."""

import pytest
from requirements_page import NUMBERS, PAGE, get_page, get_tests, is_there, read


def test_all_86_requirements_are_on_the_page() -> None:
	assert list(read()) == NUMBERS
	assert len(NUMBERS) == 86


@pytest.mark.parametrize("number", NUMBERS)
def test_a_requirement_has_a_test_of_its_number(number: str) -> None:
	assert get_tests().get(number), f"no test is named test_{number.lower()}_…"


@pytest.mark.parametrize("number", NUMBERS)
def test_a_requirement_lives_where_the_page_says(number: str) -> None:
	missing = [place for place in read()[number]["lives"] if not is_there(place)]
	assert not missing


def test_no_test_carries_a_number_that_is_none() -> None:
	assert set(get_tests()) <= set(NUMBERS)


def test_the_page_is_what_places_and_tests_give() -> None:
	assert PAGE.read_text(encoding="utf-8") == get_page(), "run: python tests/static/requirements_page.py"
