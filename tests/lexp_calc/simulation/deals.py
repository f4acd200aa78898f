"""All tranches of a deal, day by day: those that look at one another go together."""

from tests.lexp_calc.simulation.amounts import MINOR_UNIT_DIGITS, day_of, per_cent, rounded
from tests.lexp_calc.simulation.dates import ONE_DAY, calendar
from tests.lexp_calc.simulation.tranches import Tranche


def simulate(tables, scenario_name=None):
    """The rows of every tranche's schedule, by tranche id, from the tables of a term sheet.

    Whether a maturity springs is seen only on the way: the deal is run again with what was
    seen until it is what was taken.
    """
    deal = Deal(tables, scenario_name or tables["default_scenario"])
    springs = {each: deal.springs(each, None) for each in tables["tranche"]}
    while True:
        found = deal.run(springs)
        seen = {each: deal.springs(each, found) for each in tables["tranche"]}
        if seen == springs:
            return {each: tranche.ledger.rows for each, tranche in found.items()}
        springs = seen


def scenario_tables(tables, name):
    """A scenario with what it inherits: its own tables go before."""
    own = tables["scenario"][name]
    if "inherits" not in own:
        return own
    inherited = scenario_tables(tables, own["inherits"])
    merged = dict(inherited)
    for key, each in own.items():
        both = isinstance(each, dict) and isinstance(inherited.get(key), dict)
        merged[key] = {**inherited[key], **each} if both else each
    return merged


class Deal:
    """Terms and a scenario."""

    def __init__(self, tables, scenario_name):
        self.tables = tables
        self.scenario = scenario_tables(tables, scenario_name)
        self.closing = tables["closing_date"]
        self.calendar = calendar(tables["calendar"])
        self.digits = MINOR_UNIT_DIGITS[tables["currency"]]
        self.sweep = tables.get("excess_cash_sweep")

    def cents(self, amount):
        """Currency units as whole minor units."""
        scaled = amount * 10**self.digits
        assert scaled == int(scaled), amount
        return int(scaled)

    def is_extended(self, tranche_id):
        """Whether the tranche's own extension is exercised."""
        extended = self.scenario.get("extend", {}).get(tranche_id, False)
        return extended and "extension" in self.tables["tranche"][tranche_id]

    def maturity(self, tranche_id, springs):
        """The maturity in force."""
        terms = self.tables["tranche"][tranche_id]
        if springs:
            return terms["springing"]["maturity"]
        is_extended = self.is_extended(tranche_id)
        return terms["extension"]["maturity"] if is_extended else terms["maturity"]

    def springs(self, tranche_id, tranches):
        """Whether the earlier maturity holds, as the tranches stood; not, before they did."""
        springing = self.tables["tranche"][tranche_id].get("springing")
        if not springing:
            return False
        if "unless_extended" in springing:
            return not self.is_extended(springing["unless_extended"])
        if tranches is None:
            return False
        test = springing["if_outstanding"]
        rows = [r for r in tranches[test["tranche"]].ledger.rows if r["payment_date"] <= test["on"]]
        return bool(rows) and rows[-1]["closing_balance"] > self.cents(test["above"])

    def excess_cash(self, day):
        """What of the day's excess cash flow is offered to the first."""
        table = self.scenario.get("excess_cash", {}) if self.sweep else {}
        amount = sum(self.cents(each) for key, each in table.items() if day_of(key) == day)
        return max(rounded(per_cent(self.sweep["percentage"]) * amount), 0) if amount else 0

    def run(self, springs):
        """Every tranche from closing to its last payment."""
        tranches = {}
        for name, terms in self.tables["tranche"].items():
            maturity = self.maturity(name, springs[name])
            tranches[name] = Tranche(name, terms, self.scenario, self, maturity)
        order = list(self.sweep["order"]) if self.sweep else []
        in_order = order + [name for name in tranches if name not in order]
        today = self.closing
        while any(not each.is_over for each in tranches.values()):
            offered = self.excess_cash(today)
            for name in in_order:
                tranche = tranches[name]
                if not tranche.is_over:
                    tranche.wake_up(today)
                    offered -= tranche.pay(offered if name in order else 0)
                    tranche.go_to_bed()
            today += ONE_DAY
        return tranches
