"""The rows of one tranche's schedule as they are written, and what is owed after each."""

from fractions import Fraction

AMOUNTS = (
    "drawn", "interest", "pik_interest", "scheduled_principal", "prepayment", "balloon", "fees"
)  # fmt: skip


class Ledger:
    """Rows with the columns of a schedule, amounts in minor units."""

    def __init__(self, coupon, day_count, closing):
        self.coupon, self.day_count, self.today = coupon, day_count, closing
        self.rows, self.rows_before = [], 0
        self.balance = self.interest = 0

    def turn_to(self, today):
        """A new day."""
        self.today, self.rows_before = today, len(self.rows)

    def add(self, start, end, accrual=None, **amounts):
        """A row; with the rates of the accrual that it pays for."""
        index = all_in = Fraction(0)
        if accrual:
            index = self.coupon.shown_index(start, end)
            if part := accrual.part_of_year:
                all_in = (accrual.ratio + accrual.ratio_in_kind) / part
        found = dict.fromkeys(AMOUNTS, 0) | amounts
        repaid = found["scheduled_principal"] + found["prepayment"] + found["balloon"]
        row = {
            "payment_date": self.today,
            "accrual_start": start,
            "accrual_end": end,
            "days": self.day_count.days(start, end),
            "opening_balance": self.balance,
            "index_rate": index,
            "all_in_rate": all_in,
            **found,
            "total_payment": found["interest"] + repaid + found["fees"],
        }
        self.balance += found["drawn"] + found["pik_interest"] - repaid
        row["closing_balance"] = self.balance
        self.interest += found["interest"] + found["pik_interest"]
        self.rows.append(row)

    def charge(self, amount):
        """A fee on the day's last row, or on one of its own where that pays for days before."""
        is_late = self.rows[-1]["accrual_end"] < self.today
        if amount and (len(self.rows) == self.rows_before or is_late):
            self.add(self.today, self.today)
        self.charge_with_last(amount)

    def charge_with_last(self, amount):
        """A fee that is paid with the day's last row."""
        if amount and len(self.rows) == self.rows_before:
            self.add(self.today, self.today)
        self.rows[-1]["fees"] += amount
        self.rows[-1]["total_payment"] += amount
