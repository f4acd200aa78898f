"""Single inputs by path, as `--set` has them, and scenarios laid over one another."""

from lexp_calc.errors import NotThere, OutOfRange, WrongKind, quoted
from lexp_calc.rates import INDICES
from lexp_calc.scenario import Scenario
from lexp_calc.spelling import expected_one_of, folded, named
from lexp_calc.terms import EARLIEST_DATE
from lexp_calc.validation import validated

# The first part of a path, and how many more parts it takes.
INPUT_PATHS = {
    "index": (1, 2),
    "elect": (1, 2),
    "leverage": (1, 2),
    "default": (1, 2),
    "extend": (1, 1),
    "prepay": (2, 2),
    "draw": (2, 2),
    "collateral": (3, 3),
    "appraisal": (2, 2),
    "reserves": (1, 2),
    "letters_of_credit": (1, 2),
    "pay_in_kind": (1, 2),
    "excess_cash": (1, 1),
    "earnings": (1, 1),
    "treasury_yield": (0, 1),
    "share_price": (0, 0),
    "volatility": (0, 0),
    "riskless_rate": (0, 0),
    "as_of": (0, 0),
}
DATED_BY_ID = (
    "index",
    "elect",
    "leverage",
    "default",
    "prepay",
    "draw",
    "letters_of_credit",
    "pay_in_kind",
)
DATED = ("excess_cash", "earnings", "treasury_yield")
EXAMPLES = (
    'prime=5.00%, prime.2004-06-30=4.25%, elect.term-loan="LIBOR 1M", extend.revolver=true, '
    "prepay.term-loan.2005-02-01=500000, draw.revolver.2004-01-15=1000000, "
    "leverage.term-loan.2004-06-30=3.25, default.term-loan.2004-06-30=true, "
    "collateral.revolver.receivables.gross=20000000, share_price=2.00, volatility=35%, "
    "riskless_rate=3.25%, as_of=2004-06-30"
)
YES_AND_NO = {"true": True, "false": False}


def parse_assignment(text: str) -> tuple[str, object]:
    """PATH=VALUE as typed; true and false become truth values, all else stays text."""
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise WrongKind("--set", f'found "{text}"', f"PATH=VALUE would be right: {EXAMPLES}")
    value = value.strip().strip('"')
    return path.strip(), YES_AND_NO.get(value.casefold(), value)


def scenario_from_inputs(inputs: dict[str, object]) -> Scenario:
    """A scenario of nothing but the inputs given by path."""
    raw: dict = {}
    for path, value in inputs.items():
        parts = _parts(path)
        table = raw
        for part in parts[:-1]:
            table = table.setdefault(part, {})
            if not isinstance(table, dict):
                raise WrongKind(
                    path, "found a flat value beside it", "one of the two would be right"
                )
        if isinstance(table.get(parts[-1]), dict):
            raise WrongKind(path, "found values by date beside it", "one of the two would be right")
        if parts[-1] in table:
            raise OutOfRange(path, "found it twice", "each input once would be right")
        table[parts[-1]] = value
    return validated(Scenario, raw, "")


def _parts(path: str) -> list[str]:
    """The parts of a path; the name of an index stands for index.NAME."""
    if not isinstance(path, str):
        raise WrongKind("inputs", quoted(path), f"a path as in {EXAMPLES} would be right")
    parts = [part.strip().strip('"') for part in path.split(".")]
    if any(folded(parts[0]) == folded(index) for index in INDICES):
        parts = ["index", *parts]
    if parts[0] not in INPUT_PATHS:
        known = [*INPUT_PATHS, *INDICES]
        raise NotThere(path, quoted(parts[0]), expected_one_of(parts[0], known))
    fewest, most = INPUT_PATHS[parts[0]]
    if not fewest <= len(parts) - 1 <= most:
        raise WrongKind(
            path, f"found {len(parts)} parts", f"a path as in {EXAMPLES} would be right"
        )
    if parts[0] == "index":
        parts[1] = named(INDICES, parts[1], path)
    return parts


def merged(base: Scenario, change: Scenario) -> Scenario:
    """`change` laid over `base`: flat values replace, dated ones join by date."""
    fields = {}
    for name in type(base).model_fields:
        old, new = getattr(base, name), getattr(change, name)
        if name in DATED_BY_ID:
            fields[name] = {**old, **{k: _joined(old.get(k, ()), v) for k, v in new.items()}}
        elif name in DATED:
            fields[name] = _joined(old, new)
        elif isinstance(old, dict):
            fields[name] = _deep(old, new)
        else:
            fields[name] = old if new is None else new
    return Scenario.model_construct(**fields)


def _joined(old: tuple, new: tuple) -> tuple:
    """Two dated tables as one; a flat value (dated from the beginning) replaces all."""
    if new and new[0][0] == EARLIEST_DATE:
        return new
    return tuple(sorted({**dict(old), **dict(new)}.items()))


def _deep(old: dict, new: dict) -> dict:
    joined = dict(old)
    for key, value in new.items():
        both = isinstance(value, dict) and isinstance(old.get(key), dict)
        joined[key] = _deep(old[key], value) if both else value
    return joined
