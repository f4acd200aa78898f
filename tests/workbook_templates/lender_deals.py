"""Deals of several lenders, made up from a seed: odd names, shares and amounts, once each.

Some tranches are shared, some belong to one lender, of some a part is not placed. Agents,
passages and reasons name lenders, as documents do.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

from lexp_calc.term_sheet import deal_from_tables

SYLLABLES = (
    "Bör", "Ñan", "Żuk", "Łód", "Šev", "Ångs", "Çel", "Ðan", "Þor", "Œuv", "ßen", "Đür",
    "Αθή", "Ναυ", "Кре", "Дит", "Бан", "銀行", "信託", "メガ", "בנק", "הלו", "مصر", "تمو",
    "O'Ra", "A&B", "Q<z>", 'S"k', "X_y", "V.w", "J-k", "Té", "Ůl", "Ĝo", "Ħal", "Ỹen",
)  # fmt: skip
ENDINGS = ("Bank", "Trust", "& Co.", "Kreditverein", "Capital, L.P.", "銀行", "N.A.", "S.p.A.")
LETTERS = "abcdefghijkmnpqrstuvwxyz"


class LenderDeal:
    """One deal from its seed: its tables, and the deal that they give."""

    def __init__(self, seed: int):
        self.random = Random(seed)
        self.used: set = set()
        count = self.random.randint(2, 5)
        self.lenders = [self._lender(number) for number in range(count)]
        self.tranche_ids = [self._word(9) for _ in range(self.random.randint(1, 3))]
        tranches = {each: self._tranche(each) for each in self.tranche_ids}
        self._place_shares()
        self.tables = self._tables(tranches)
        self.deal = deal_from_tables(self.tables, Path())

    def _once(self, make):
        """A value that the deal has not had yet."""
        while (value := make()) in self.used:
            pass
        self.used.add(value)
        return value

    def _word(self, length: int) -> str:
        return self._once(lambda: "".join(self.random.choices(LETTERS, k=length)))

    def _name(self) -> str:
        def make():
            parts = self.random.choices(SYLLABLES, k=self.random.randint(2, 4))
            own = "".join(self.random.choices(LETTERS, k=5))  # no name is a part of another
            return f"{''.join(parts)}{own} {self.random.choice(ENDINGS)}"

        return self._once(make)

    def _lender(self, number: int) -> dict:
        domain = self.random.choice(("{}.example", "bü{}.example", "銀{}.example"))
        at = domain.format(self._word(8))
        contacts = [f"{self._word(7)}@{at}" for _ in range(self.random.randint(1, 3))]
        return {"id": f"{self._word(6)}-{number}", "name": self._name(), "contacts": contacts,
                "share": {}}  # fmt: skip

    def _amount(self, least: int, most: int) -> Decimal:
        return self._once(lambda: Decimal(self.random.randint(least * 100, most * 100)) / 100)

    def _rate(self, least: int, most: int) -> str:
        return f"{self._once(lambda: Decimal(self.random.randint(least, most)) / 1000)}%"

    def _tranche(self, tranche_id: str) -> dict:
        kind = self.random.choice(("term loan", "notes", "revolver"))
        terms = {
            "type": kind,
            "name": f"Facility {self._word(8)}",
            "seniority": "senior",
            "maturity": date(2026 + self.random.randint(0, 2), self.random.randint(3, 12), 15),
            "coupon": {
                "type": "fixed",
                "rate": self._rate(3000, 12000),
                "day_count": self.random.choice(("ACT/360", "30/360 US")),
            },
            "payments": {
                "first_payment": date(2025, 4, 15),
                "frequency": self.random.choice(("quarterly", "semiannual")),
                "business_day": "Following",
                "interest_for_delay": "to the day paid",
            },
        }
        amount = self._amount(10**6, 10**9)
        if kind == "revolver":
            terms["commitment"] = amount
        else:
            terms["principal"] = amount
        if kind == "notes":
            terms["redemption"] = "at par with accrued interest"
        if kind == "term loan":
            terms["prepayment"] = "at par with accrued interest"
            instalment = (amount / self.random.randint(15, 40)).quantize(Decimal("0.01"))
            terms["repayment"] = {"type": "instalments", "amount": instalment, "count": 2,
                                  "unpaid_balance_at_maturity": True}  # fmt: skip
        if self.random.random() < 0.5:
            fee = {"type": "closing", "name": "Upfront fee", "rate": self._rate(100, 2000)}
            terms["fees"] = {"upfront": fee} if kind != "revolver" else {}
        if self.random.random() < 0.5:
            agent = self.random.choice(self.lenders)["name"]
            terms["lender"] = f"{agent}, as agent"
            terms["assumption"] = {"maturity": f"by a message of {agent}"}
        return terms

    def _place_shares(self) -> None:
        """Each tranche to one lender, or in parts to several, now and then not all of it."""
        for tranche_id in self.tranche_ids:
            if self.random.random() < 0.25:
                self.random.choice(self.lenders)["share"][tranche_id] = Decimal(100)
                continue
            left = Decimal(100)
            holders = self.random.sample(self.lenders, self.random.randint(2, len(self.lenders)))
            for each in holders[:-1]:
                digits = self.random.choice((2, 4, 6))
                most = int(left * 6 / 10 * 10**digits)

                def make(most=most, digits=digits):
                    return Decimal(self.random.randint(most // 20, most)) / 10**digits

                share = self._once(make)
                each["share"][tranche_id] = share
                left -= share
            holders[-1]["share"][tranche_id] = left - self.random.choice((0, Decimal("1.03")))
        for each in self.lenders:
            if not each["share"]:
                tranche_id = self._idle()
                each["share"][tranche_id] = self._once(
                    lambda: Decimal(self.random.randint(100, 999)) / 1000
                )

    def _idle(self) -> str:
        """A tranche with something left; the shares of the largest holder make room."""
        tranche_id = self.random.choice(self.tranche_ids)
        holders = [each for each in self.lenders if tranche_id in each["share"]]
        largest = max(holders, key=lambda each: each["share"][tranche_id])
        largest["share"][tranche_id] -= 1
        return tranche_id

    def _tables(self, tranches: dict) -> dict:
        for tranche_id, terms in tranches.items():
            holders = [each for each in self.lenders if tranche_id in each["share"]]
            if len(holders) == 1 and holders[0]["share"][tranche_id] == 100:
                terms.pop("lender", None)
            terms["source"] = {"seniority": "ranking"}
        named = " and ".join(each["name"] for each in self.lenders)
        draws = {
            tranche_id: {
                "2025-01-15": self._amount(10**5, 4 * 10**5),
                "2025-06-16": self._amount(10**5, 3 * 10**5),
            }
            for tranche_id, terms in tranches.items()
            if terms["type"] == "revolver"
        }
        prepaid = {
            tranche_id: {"2025-08-18": self._amount(10**4, 10**5)}
            for tranche_id, terms in tranches.items()
            if terms["type"] == "term loan"
        }
        return {
            "id": self._word(10),
            "name": f"Refinancing {self._word(7)}",
            "borrower": f"Borrower {self._word(7)}",
            "currency": "USD",
            "closing_date": date(2025, 1, 15),
            "calendar": "US Federal Reserve",
            "default_scenario": "base",
            "lender": {
                each["id"]: {
                    "name": each["name"],
                    "contacts": each["contacts"],
                    "share": {key: f"{share}%" for key, share in each["share"].items()},
                }
                for each in self.lenders
            },
            "tranche": tranches,
            "scenario": {"base": {"draw": draws, "prepay": prepaid}},
            "document": {"agreement": {"title": "Agreement", "published": "made up"}},
            "passage": {
                "ranking": {
                    "document": "agreement",
                    "paragraph": "1",
                    "wording": "verbatim",
                    "text": f"The claims of {named} rank alike.",
                }
            },
        }
