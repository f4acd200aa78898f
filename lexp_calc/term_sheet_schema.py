"""The JSON Schema of a term sheet, made from the types of its terms.

JSON Schema (draft 2020-12) can say what a term looks like, not whether terms fit one another:
what it takes may still be refused by `lexp check`. Names are as spelled here, though a term
sheet may write them in any case. Dates are strings of format "date": that is what editors
(taplo, Even Better TOML) hand on for TOML's own dates. Patterns hold to what their regular
expressions know, so no look-ahead.
"""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from lexp_calc.ageing_files import AGEING, AS_OF
from lexp_calc.calendars import CALENDARS
from lexp_calc.coupons import LONGEST_LOOKBACK, read_lookback
from lexp_calc.day_count import DAY_COUNTS
from lexp_calc.deal import Deal
from lexp_calc.mail_addresses import LONGEST_ADDRESS, read_address, read_allowed
from lexp_calc.money import LARGEST_AMOUNT
from lexp_calc.rates import INDICES
from lexp_calc.scenario import (
    ByDate,
    read_draw,
    read_index,
    read_move,
    read_outstanding,
    read_reserves,
)
from lexp_calc.term_descriptions import description
from lexp_calc.terms import (
    EARLIEST_DATE,
    LARGEST_COUNT,
    LARGEST_LEVERAGE,
    LATEST_DATE,
    OneOf,
    not_negative,
    not_negative_rate,
    positive,
    positive_rate,
    read_amount,
    read_calendar,
    read_day,
    read_day_count,
    read_identifier,
    read_leverage,
    read_long_text,
    read_name,
    read_rate,
    read_share,
    read_volatility,
    read_whole_number,
    read_yes_or_no,
    whole,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTITY = "urn:lexp:term-sheet"
RESERVED = ("source", "assumption")

_UNSIGNED = r"[0-9]+(\.[0-9]+)?"
_ABOVE_ZERO = r"([0-9]*[1-9][0-9]*(\.[0-9]+)?|0+\.[0-9]*[1-9][0-9]*)"
_LIMIT = int(LARGEST_AMOUNT)

AMOUNT = {
    "type": ["number", "string"],
    "pattern": rf"^[+-]?{_UNSIGNED}$",
    "exclusiveMinimum": -_LIMIT,
    "exclusiveMaximum": _LIMIT,
    "description": "An amount in currency units: a number, or the text of one.",
    "examples": [1_250_000, 1250000.5, "1250000.50"],
}
POSITIVE = {"pattern": rf"^\+?{_ABOVE_ZERO}$", "exclusiveMinimum": 0}
NOT_NEGATIVE = {"pattern": rf"^\+?{_UNSIGNED}$", "minimum": 0}
MOVE = {**AMOUNT, **POSITIVE}
INDEX = {"type": "string", "enum": list(INDICES), "examples": ["prime"]}

# What each reader takes.
WRITTEN_AS: dict[Any, dict] = {
    read_amount: AMOUNT,
    read_rate: {
        "type": "string",
        "pattern": r"^[+-]?0*(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?)%$",
        "description": "A rate with its per-cent sign, between -100% and 100%.",
        "examples": ["5.50%"],
    },
    read_volatility: {
        "type": "string",
        "pattern": r"^\+?(?!0*(\.0+)?%)0*(500(\.0+)?|[0-4]?[0-9]{1,2}(\.[0-9]+)?)%$",
        "description": "A volatility a year with its per-cent sign, above 0%, at most 500%.",
        "examples": ["35%"],
    },
    read_share: {
        "type": "string",
        "pattern": rf"^\+?0*(100(\.0+)?|{_ABOVE_ZERO})%$",
        "description": "A share with its per-cent sign, above 0%, at most 100%.",
        "examples": ["60%"],
    },
    read_address: {
        "type": "string",
        "maxLength": LONGEST_ADDRESS,
        "pattern": r"^[!-?A-~]+@[^@\s]+\.[^@\s]+$",
        "description": "The address of one mailbox.",
        "examples": ["loans@firstbank.example"],
    },
    read_allowed: {
        "type": "string",
        "maxLength": LONGEST_ADDRESS,
        "pattern": r"^[!-?A-~]*@[^@\s]+\.[^@\s]+$",
        "description": "An address, or @ and a domain for all addresses at it.",
        "examples": ["loans@firstbank.example", "@firstbank.example"],
    },
    read_day: {
        "type": "string",
        "format": "date",
        "pattern": r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        "description": f"A date as in ISO 8601, from {EARLIEST_DATE} to {LATEST_DATE}.",
        "examples": ["2006-06-30"],
    },
    read_name: {
        "type": "string",
        "maxLength": 200,
        "pattern": r"^\S(.*\S)?$",
        "description": "A name: text of one line.",
        "examples": ["Term loan"],
    },
    read_long_text: {
        "type": "string",
        "maxLength": 32_000,
        "pattern": r"^\S(.*\S)?$",
        "description": "Text of one line, however long.",
        "examples": ["US loan practice"],
    },
    read_identifier: {
        "type": "string",
        "maxLength": 40,
        "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        "description": "An id of a-z, 0-9 and single hyphens, a letter first.",
        "examples": ["term-loan"],
    },
    read_whole_number: {
        "type": "integer",
        "minimum": 1,
        "maximum": LARGEST_COUNT,
        "description": f"A whole number from 1 to {LARGEST_COUNT:,}.",
        "examples": [45],
    },
    read_yes_or_no: {"type": "boolean", "description": "true or false.", "examples": [True]},
    read_day_count: {
        "type": "string",
        "enum": list(DAY_COUNTS),
        "description": "A day count convention.",
        "examples": ["ACT/360"],
    },
    read_calendar: {
        "anyOf": [
            {"type": "string", "enum": list(CALENDARS)},
            {"type": "string", "pattern": r"[/.]", "description": "The path of a CSV file."},
        ],
        "examples": [*CALENDARS, "holidays.csv"],
    },
    read_leverage: {
        "type": ["number", "string"],
        "pattern": rf"^\+?{_UNSIGNED}$",
        "minimum": 0,
        "exclusiveMaximum": LARGEST_LEVERAGE,
        "description": "Debt over earnings, a plain number.",
        "examples": [3.25],
    },
    read_lookback: {
        "type": "integer",
        "minimum": 0,
        "maximum": LONGEST_LOOKBACK,
        "description": f"Business days, from 0 to {LONGEST_LOOKBACK}.",
        "examples": [5],
    },
    read_index: INDEX,
    read_move: {**MOVE, "description": "An amount above 0.", "examples": [500_000]},
    read_draw: {
        **AMOUNT,
        "description": "What is drawn; below zero what is repaid.",
        "examples": [1_000_000, -250_000],
    },
    read_outstanding: {**AMOUNT, **NOT_NEGATIVE},
    read_reserves: {
        "anyOf": [
            {**AMOUNT, **NOT_NEGATIVE},
            {
                "type": "object",
                "additionalProperties": {**AMOUNT, **NOT_NEGATIVE},
                "description": "By the ids of the reserves that the revolver names.",
            },
        ]
    },
}
# What a check narrows a reader to.
NARROWED_TO: dict[Any, dict] = {
    not_negative: NOT_NEGATIVE,
    positive: POSITIVE,
    not_negative_rate: {
        "pattern": r"^\+?[0-9]+(\.[0-9]+)?%$",
        "description": "A rate of 0% or more with its per-cent sign, up to 100%.",
    },
    positive_rate: {
        "pattern": rf"^\+?({_ABOVE_ZERO})%$",
        "description": "A rate above 0% with its per-cent sign, up to 100%.",
    },
    whole: {
        "type": ["integer", "string"],
        "pattern": r"^\+?[0-9]*[1-9][0-9]*(\.0+)?$",
        "exclusiveMinimum": 0,
        "description": "A whole number above 0.",
        "examples": [1000],
    },
}
RATE_FILE = {
    "type": "object",
    "properties": {
        "file": {
            "type": "string",
            "description": "A CSV file of dates and rates, its path from the term sheet's folder.",
            "examples": ["prime-h15.csv"],
        }
    },
    "required": ["file"],
    "additionalProperties": False,
}
AGEING_FILE = {
    "type": "object",
    "properties": {
        AGEING: {
            "type": "string",
            "description": "A CSV file of open invoices, its path from the term sheet's folder.",
            "examples": ["ageing.csv"],
        },
        AS_OF: WRITTEN_AS[read_day],
    },
    "required": [AGEING],
}


def term_sheet_schema() -> dict:
    """The JSON Schema of a term sheet, with what each term means."""
    schema = Deal.model_json_schema(schema_generator=TermSheetSchema)
    inputs = schema["$defs"]["Scenario"]["properties"]
    inputs["index"]["additionalProperties"]["anyOf"].append(RATE_FILE)
    classes = inputs["collateral"]["additionalProperties"]
    lines = classes["additionalProperties"]
    aged = {**AGEING_FILE, "additionalProperties": lines["additionalProperties"]}
    classes["additionalProperties"] = {"anyOf": [lines, aged]}
    head = {"$schema": DIALECT, "$id": IDENTITY, "title": "lexp term sheet"}
    return {**head, **{key: each for key, each in schema.items() if key not in head}}


class TermSheetSchema(GenerateJsonSchema):
    """pydantic's schema with our readers, and without what TOML does not have (null)."""

    def function_before_schema(self, schema):
        """What the reader takes; what it makes of it is no matter of the file."""
        return read_as(schema["function"]["function"]) or self.generate_inner(schema["schema"])

    def function_after_schema(self, schema):
        """The reader's schema, narrowed by the check."""
        inner = self.generate_inner(schema["schema"])
        return {**inner, **NARROWED_TO.get(schema["function"]["function"], {})}

    def nullable_schema(self, schema):
        """A term that may be left out: TOML has no null."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema):
        """Defaults that say nothing (None, an empty table) are left out."""
        inner = self.generate_inner(schema["schema"])
        default = schema.get("default")
        return {**inner, "default": default} if isinstance(default, (bool, str, int)) else inner

    def dict_schema(self, schema):
        """A table by name: its keys are read as terms are."""
        names = self.generate_inner(schema["keys_schema"])
        values = self.generate_inner(schema["values_schema"])
        return {"type": "object", "propertyNames": names, "additionalProperties": values}

    def tagged_union_schema(self, schema):
        """What stands beside `type` is held to the table of that type alone.

        With oneOf an editor would mark the whole table for one wrong value. The anyOf takes
        anything: editors complete from the tables that it lists.
        """
        types = super().tagged_union_schema(schema)["discriminator"]["mapping"]
        tables = [{"$ref": table} for table in types.values()]
        is_of = [{"properties": {"type": {"const": each}}, "required": ["type"]} for each in types]
        return {
            "type": "object",
            "properties": {"type": {"type": "string", "enum": list(types)}},
            "required": ["type"],
            "allOf": [
                {"if": each, "then": table} for each, table in zip(is_of, tables, strict=True)
            ],
            "anyOf": [*tables, {}],
        }

    def field_title_should_be_set(self, schema):
        """No titles beside the descriptions."""
        return False

    def model_schema(self, schema):
        """The table of a type of term: each term described, sources and assumptions by term."""
        made = super().model_schema(schema)
        model = schema["cls"]
        fields = [name for name in model.model_fields if name not in RESERVED]
        for name, written in made["properties"].items():
            if words := description(model.__name__, name):
                kind = written.get("description")
                written["description"] = f"{words} {kind}" if kind else words
            if name in RESERVED:
                each = written["additionalProperties"]
                del written["propertyNames"]
                written["properties"] = {field: {"type": each["type"]} for field in fields}
                written["additionalProperties"] = False
        return made


def read_as(reader: Any) -> dict | None:
    """The schema of what a reader takes; None where it is not known here."""
    if isinstance(reader, OneOf):
        return {"type": "string", "enum": list(reader.names), "examples": [reader.names[0]]}
    if isinstance(reader, ByDate):
        return _by_date(reader)
    written = WRITTEN_AS.get(reader)
    return None if written is None else dict(written)


def _by_date(reader: ByDate) -> dict:
    """A value, or a table of values by date."""
    value = read_as(reader.read) or {}
    dated = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": read_as(read_day),
        "additionalProperties": value,
        "description": f"By date: {reader.example}.",
    }
    return {"anyOf": [value, dated]} if reader.flat_allowed else dated


def choices(schema: dict, type_name: str, field: str) -> tuple[str, ...]:
    """The names that a term may be: those of an enum, or the types of what may stand there."""
    table = schema if type_name == Deal.__name__ else schema["$defs"][type_name]
    written = table["properties"][field]
    for step in ("additionalProperties", "items"):
        written = written.get(step, written)
    written = next((each for each in written.get("anyOf", ()) if "enum" in each), written)
    named = written if "enum" in written else written["properties"]["type"]
    return tuple(named["enum"])
