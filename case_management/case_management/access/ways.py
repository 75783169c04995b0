"""Several ways to a row, each of which can go by an index of its own: what the rule's conditions are put together from.

A database that is given one condition or another reads the whole table; given the rows of the one and the rows of the
other, it looks up each.
"""

from collections.abc import Callable
from functools import reduce

import frappe
from frappe.query_builder import DocType
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

# A condition on the rows of the table it is given.
Condition = Callable[[Table], Criterion]


def unite(queries: list[QueryBuilder]) -> QueryBuilder:
	return reduce(lambda united, query: united.union_all(query), queries)


def find(table: Table, ways: list[Condition], fields: tuple[str, ...] = ("name",)) -> QueryBuilder:
	"""Return the rows for which one of several conditions holds, each of which can go by an index of its own."""
	row = DocType(table.get_table_name().removeprefix("tab")).as_("row")
	columns = [row[field] for field in fields]
	return unite([frappe.qb.from_(row).select(*columns).where(way(row)) for way in ways]).as_("rows")


def either(table: Table, ways: list[Condition], single: bool = False) -> Criterion:
	"""Return that one of several conditions holds."""
	if single or len(ways) == 1:
		return Criterion.any([way(table) for way in ways])
	rows = find(table, ways)
	return table.name.isin(frappe.qb.from_(rows).select(rows.name))


def both(one: Condition, other: Condition, table: Table) -> Criterion:
	return one(table) & other(table)
