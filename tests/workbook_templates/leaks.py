"""What a lender's workbook must not hold, and the search for it in every part of the file.

The search knows nothing of how the workbook was made: it unpacks the archive and reads each
part as bytes, as text, and with its tags taken out, so that a word split into runs is found.
"""

import re
import unicodedata
import zipfile
from decimal import Decimal
from fractions import Fraction
from html import unescape

FEWEST_DIGITS = 6  # of an amount that stands in no file by chance
FEWEST_SHARE_DIGITS = 3
TAG = re.compile(r"<[^>]*>")
NUMBER = re.compile(r"(?<![\w.])[0-9][0-9,]*(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?(?![\w])")


def plain(text):
    return unicodedata.normalize("NFKC", text).casefold()


def rounded(exact):
    """To the cent, half away from zero, by whole numbers alone."""
    cents = abs(exact) * 100
    return Decimal((2 * cents.numerator + cents.denominator) // (2 * cents.denominator)) / 100


def significant(number):
    return len(format(number, "f").replace(".", "").strip("0"))


class Forbidden:
    """The words and numbers that one lender's workbook of one tranche must not hold."""

    def __init__(self, projection, tranche_id, lender_id):
        deal = projection.deal
        own = deal.lender[lender_id]
        self.words = set()
        self.numbers = {}
        for other_id, other in deal.lender.items():
            if other_id != lender_id:
                self.words |= {other_id, other.name, *other.contacts}
                self.words |= {each.partition("@")[2] for each in other.contacts}
                for held, share in other.share.items():
                    self._share(share, f"share of {other_id}")
                    self._amounts(projection[held], share, f"of {other_id}")
        for other_id, tranche in deal.tranche.items():
            if other_id != tranche_id:
                self.words |= {other_id, tranche.name}
                self._number(tranche.size, f"size of {other_id}")
                self._amounts(projection[other_id], Decimal(1), f"of {other_id}")
        for held, share in own.share.items():
            if held != tranche_id:
                self._share(share, f"own share of {held}")
                self._amounts(projection[held], share, f"own of {held}")
        allowed = set(self._all_amounts(projection[tranche_id], Decimal(1)))
        allowed |= set(self._all_amounts(projection[tranche_id], own.share[tranche_id]))
        allowed |= set(self._all_amounts(projection[tranche_id], own.share[tranche_id], True))
        allowed |= {own.share[tranche_id], own.share[tranche_id] * 100}
        self.numbers = {key: each for key, each in self.numbers.items() if key not in allowed}

    def _share(self, share, what):
        for number in (share, share * 100):
            if significant(number) >= FEWEST_SHARE_DIGITS and share < 1:
                self.numbers[number.normalize()] = what

    def _number(self, number, what):
        if significant(number) >= FEWEST_DIGITS:
            self.numbers[Decimal(number).normalize()] = what

    def _amounts(self, schedule, share, what):
        for moved in (False, True):
            for amount in self._all_amounts(schedule, share, moved):
                self._number(amount, what)

    def _all_amounts(self, schedule, share, moved=False):
        """Each amount of a schedule times a share; `moved`: what the rounded balance moves by."""
        for row in schedule.rows:
            if moved:
                before, after = (
                    rounded(Fraction(each, 100) * Fraction(share))
                    for each in (row.opening_balance, row.closing_balance)
                )
                yield abs(after - before).normalize()
                continue
            for cents in (row.opening_balance, row.drawn, row.interest, row.scheduled_principal,
                          row.prepayment, row.balloon, row.fees, row.total_payment,
                          row.closing_balance):  # fmt: skip
                yield rounded(Fraction(cents, 100) * Fraction(share)).normalize()

    def found_in(self, path):
        """(part, what was found) for each thing that the file holds all the same."""
        found = []
        with zipfile.ZipFile(path) as archive:
            places = [("names of parts", "\n".join(archive.namelist()))]
            places.append(("comment of the archive", archive.comment.decode("utf-8", "replace")))
            for name in archive.namelist():
                places.append((name, archive.read(name).decode("utf-8", "replace")))
        for part, text in places:
            found += [(part, each) for each in self._in_text(text)]
        return found

    def _in_text(self, raw):
        text = unescape(raw)
        texts = [plain(each) for each in (raw, text, unescape(TAG.sub("", raw)))]
        for word in self.words:
            wanted = plain(word)
            if any(_stands_in(wanted, each) for each in texts):
                yield word
        seen = set()
        for match in NUMBER.finditer(unescape(TAG.sub(" ", raw)) + " " + text):
            number = Decimal(match[0].replace(",", "")).normalize()
            if number in self.numbers and number not in seen:
                seen.add(number)
                yield f"{match[0]}, {self.numbers[number]}"
        # A share in a formula or text with a comma: 37,31 %.
        for number, what in self.numbers.items():
            with_comma = format(number, "f").replace(".", ",")
            if what.startswith("share") and "," in with_comma and f"{with_comma}%" in text:
                yield f"{with_comma}%, {what}"


def _stands_in(word, text):
    return word in text and bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text))
