"""Term sheets with every id as long as ids may be, for the length of formulas.

Tranches, fees, collateral, reserves, exchanges and the rest are renamed wherever they are
named: in their own tables, in the scenarios, and in the terms that point to them.
"""

LONGEST = 40
# The tables whose keys are ids, and the terms whose values are.
TABLES = {
    "tranche",
    "fees",
    "borrowing_base",
    "borrowing_base_limits",
    "ineligible",
    "reserves",
    "warrant",
    "exchange",
    "options",
    "repurchase",
    "stock_for_interest",
}
POINTERS = {
    "tranche",
    "tranches",
    "order",
    "unless_extended",
    "new_tranche",
    "warrants",
    "of",
    "classes",
    "limits",
    "option",
    "lines",
}


def with_long_ids(tables: dict, length: int = LONGEST) -> dict:
    """The tables of a term sheet with each id lengthened, two letters telling them apart."""
    found = dict.fromkeys(_ids(tables))
    longer = {each: _longer(each, place, length) for place, each in enumerate(found)}
    return _renamed(tables, longer, ())


def _holds_ids(path: tuple[str, ...]) -> bool:
    """Whether the keys of the table are ids; a passage may be called 'fees'."""
    return bool(path) and path[-1] in TABLES and path[0] not in ("scenario", "passage")


def _ids(tables: dict, path: tuple[str, ...] = ()):
    for key, value in tables.items():
        if _holds_ids(path):
            yield key
        if isinstance(value, dict) and key not in ("source", "assumption"):
            yield from _ids(value, (*path, key))


def _longer(each: str, place: int, length: int) -> str:
    start = (each + "-of-the-same-first-words-as-all-the-others")[: length - 2].rstrip("-")
    return start.ljust(length - 2, "x") + chr(97 + place // 26) + chr(97 + place % 26)


def _renamed(value, longer: dict[str, str], path: tuple[str, ...]):
    if isinstance(value, dict):
        return {
            _key(key, longer, path): _renamed(each, longer, (*path, key))
            for key, each in value.items()
        }
    if isinstance(value, list | tuple):
        return type(value)(_renamed(each, longer, path) for each in value)
    points = POINTERS & set(path[-2:]) and "source" not in path and "assumption" not in path
    return longer.get(value, value) if points and isinstance(value, str) else value


def _key(key: str, longer: dict[str, str], path: tuple[str, ...]) -> str:
    """A key of a table of ids, of a scenario's table by tranche, or of a lender's shares."""
    in_scenario = len(path) > 2 and path[0] == "scenario"
    is_share = path[:1] == ("lender",) and path[-1] == "share"
    return longer.get(key, key) if in_scenario or is_share or _holds_ids(path) else key
