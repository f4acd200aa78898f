"""The JSON Schema of term sheets, held against the types, the registries and real term sheets.

The oracle is the library `jsonschema`, which knows draft 2020-12.
"""

import copy
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lexp_calc import LexpError
from lexp_calc.calendars import BUSINESS_DAY_CONVENTIONS, CALENDARS
from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.deal import Deal
from lexp_calc.money import MINOR_UNIT_DIGITS
from lexp_calc.periods import FREQUENCIES
from lexp_calc.rates import INDICES
from lexp_calc.term_descriptions import DESCRIPTIONS
from lexp_calc.term_sheet import deal_from_tables, read_tables, term_sheet_path
from lexp_calc.term_sheet_schema import (
    NARROWED_TO,
    TermSheetSchema,
    choices,
    read_as,
    term_sheet_schema,
)
from lexp_calc.tranches import TRANCHE_TYPES
from tests.lexp_calc.test_term_sheet_fuzz import FOLDER, ODD_VALUES, PLACES, TABLES, replaced

SCHEMA = term_sheet_schema()
VALIDATOR = jsonschema.Draft202012Validator(
    SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))


def as_json(value):
    """TOML's values as an editor hands them to a schema: dates as text, decimals as numbers."""
    if isinstance(value, dict):
        return {str(key): as_json(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(each) for each in value]
    if isinstance(value, Decimal):  # exact, so that nothing small becomes 0
        return int(value) if abs(value) < 10**20 and value == int(value) else value
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def problems(tables):
    return [error.message for error in VALIDATOR.iter_errors(as_json(tables))]


def test_it_is_a_schema_of_its_draft():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] and SCHEMA["title"]


@pytest.mark.parametrize("path", [term_sheet_path("lexp-2003"), *EXAMPLES], ids=lambda p: p.stem)
def test_it_takes_the_term_sheets_that_come_with_the_product(path):
    assert problems(read_tables(path)) == []


TRANCHE = ("tranche", "term-loan")
COUPON = ("tranche", "secured-term-loan", "coupon")
MISTAKES = {
    "amount-as-yes": ((*TRANCHE, "principal"), True),
    "amount-with-separators": ((*TRANCHE, "principal"), "13,500,000"),
    "amount-below-zero": ((*TRANCHE, "principal"), -1),
    "amount-of-zero": ((*TRANCHE, "repayment", "amount"), "0.00"),
    "amount-over-the-limit": ((*TRANCHE, "principal"), 10**13),
    "commitment-below-zero": (("tranche", "revolver", "commitment"), "-1"),
    "rate-as-a-number": ((*COUPON, "floor"), 8.25),
    "rate-without-its-sign": ((*COUPON, "floor"), "8.25"),
    "rate-over-100-per-cent": ((*COUPON, "floor"), "100.01%"),
    "date-that-is-none": ((*TRANCHE, "maturity"), "2007-02-30"),
    "date-with-a-time": ((*TRANCHE, "maturity"), datetime(2007, 10, 1)),
    "date-too-early": ((*TRANCHE, "maturity"), date(1899, 12, 31)),
    "date-as-a-number": ((*TRANCHE, "maturity"), 39356),
    "count-of-zero": ((*TRANCHE, "repayment", "count"), 0),
    "count-over-1200": ((*TRANCHE, "repayment", "count"), 1201),
    "count-broken": ((*TRANCHE, "repayment", "count"), 44.5),
    "yes-as-text": (
        ("tranche", "secured-term-loan", "repayment", "unpaid_balance_at_maturity"),
        "yes",
    ),
    "id-in-capitals": (("id",), "LEXP-2003"),
    "id-too-long": (("id",), "x" * 41),
    "name-empty": (("borrower",), ""),
    "name-too-long": (("borrower",), "x" * 201),
    "unknown-currency": (("currency",), "XXX"),
    "unknown-day-count": ((*COUPON, "day_count"), "30/360"),
    "unknown-index": ((*COUPON, "options", 0, "index"), "Prme"),
    "unknown-type": ((*TRANCHE, "type"), "loan"),
    "unknown-key": ((*TRANCHE, "principle"), 1),
    "unknown-key-of-the-deal": (("closing",), date(2003, 12, 18)),
    "source-of-no-term": ((*TRANCHE, "source", "principle"), "p2-1"),
    "no-options": ((*COUPON, "options"), []),
    "index-that-is-none": (("scenario", "closing", "index", "Prme"), "4.00%"),
    "rates-by-no-date": (("scenario", "closing", "index", "prime"), {"2004": "4.00%"}),
    "rates-without-sign": (("scenario", "closing", "index", "prime"), {"2004-01-02": 4}),
    "rates-of-no-file": (("scenario", "closing", "index", "prime"), {"path": "x.csv"}),
    "prepayment-flat": (("scenario", "closing", "prepay"), {"term-loan": 5}),
    "draw-of-a-rate": (("scenario", "closing", "draw"), {"revolver": {"2004-01-02": "5%"}}),
    "warrants-broken": (("warrant", "senior-warrants", "issued"), 424_781.5),
}


@pytest.mark.parametrize(("path", "value"), MISTAKES.values(), ids=MISTAKES)
def test_it_refuses_what_is_plainly_wrong(path, value):
    assert problems(replaced(TABLES, path, value))


@pytest.mark.parametrize("name", ["rate-as-a-number", "unknown-index", "unknown-day-count"])
def test_an_editor_marks_the_wrong_value_and_not_its_table(name):
    path, value = MISTAKES[name]
    (error,) = VALIDATOR.iter_errors(as_json(replaced(TABLES, path, value)))
    assert tuple(error.absolute_path) == path


def test_an_editor_finds_the_tables_of_all_types_where_one_must_be_chosen():
    tranches = SCHEMA["properties"]["tranche"]["additionalProperties"]
    listed = [each["$ref"].rpartition("/")[2] for each in tranches["anyOf"] if each]
    assert sorted(listed) == sorted(each.__name__ for each in TRANCHE_TYPES.values())
    for name in listed:
        assert "name" in SCHEMA["$defs"][name]["properties"]


@pytest.mark.parametrize("path", [("id",), ("tranche",), (*TRANCHE, "maturity"), (*COUPON, "type")])
def test_it_misses_what_is_left_out(path):
    tables = copy.deepcopy(TABLES)
    inner = tables
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    assert problems(tables)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PLACES), ODD_VALUES.filter(lambda value: value is not None))
def test_whatever_is_read_is_valid_too(path, value):
    """Editors never mark as wrong what `lexp check` takes, names in another case aside.

    TOML has no None.
    """
    tables = replaced(TABLES, path, value)
    try:
        deal_from_tables(tables, FOLDER)
    except LexpError:
        return
    assert problems(tables) == []


REGISTRIES = {
    ("Deal", "currency"): MINOR_UNIT_DIGITS,
    ("Deal", "calendar"): CALENDARS,
    ("Deal", "tranche"): TRANCHE_TYPES,
    ("IndexOption", "index"): INDICES,
    ("FloatingCoupon", "day_count"): DAY_COUNTS,
    ("FixedCoupon", "day_count"): DAY_COUNTS,
    ("ExchangeOffer", "day_count"): DAY_COUNTS,
    ("PaymentTerms", "frequency"): FREQUENCIES,
    ("PaymentTerms", "business_day"): BUSINESS_DAY_CONVENTIONS,
}


@pytest.mark.parametrize("field", REGISTRIES, ids=".".join)
def test_names_are_those_of_the_registry(field):
    assert sorted(choices(SCHEMA, *field)) == sorted(REGISTRIES[field])


def test_names_of_indices_are_keys_of_a_scenario():
    index = SCHEMA["$defs"]["Scenario"]["properties"]["index"]
    assert index["propertyNames"]["enum"] == list(INDICES)


def tables_of_terms():
    """Each table of terms in the schema: (its type, its schema)."""
    return [("Deal", SCHEMA), *SCHEMA["$defs"].items()]


@pytest.mark.parametrize(("name", "table"), tables_of_terms(), ids=lambda each: str(each)[:20])
def test_every_term_is_described_and_no_other_key_is_taken(name, table):
    assert table["additionalProperties"] is False
    missing = [field for field, each in table["properties"].items() if not each.get("description")]
    assert not missing, f"{name}: {missing} have no entry in term_descriptions.py"


def test_no_description_is_of_a_term_that_does_not_exist():
    fields = {(name, field) for name, table in tables_of_terms() for field in table["properties"]}
    known = {field for _, field in fields} | {f"{name}.{field}" for name, field in fields}
    assert set(DESCRIPTIONS) <= known


def test_every_reader_and_check_of_a_value_is_known():
    """A new kind of value must say in term_sheet_schema.py what it takes."""
    unknown = []

    class Watching(TermSheetSchema):
        def function_before_schema(self, schema):
            reader = schema["function"]["function"]
            if read_as(reader) is None:
                unknown.append(reader)
            return super().function_before_schema(schema)

        def function_after_schema(self, schema):
            check = schema["function"]["function"]
            if check not in NARROWED_TO and schema["schema"]["type"] != "model":
                unknown.append(check)
            return super().function_after_schema(schema)

    Deal.model_json_schema(schema_generator=Watching)
    assert unknown == []


def test_values_have_examples_that_they_take():
    def parts(schema):
        if isinstance(schema, dict):
            if "examples" in schema:
                yield schema
            for each in schema.values():
                yield from parts(each)

    found = list(parts(SCHEMA["$defs"])) + list(parts(SCHEMA["properties"]))
    assert len(found) > 100
    for schema in found:
        for example in schema["examples"]:
            jsonschema.validate(example, schema)
