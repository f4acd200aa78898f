"""Lenders in a file of their own: read as strictly as a term sheet, with the line of each fault."""

import os
import pickle
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from lexp_calc import LexpError, builtin_deal, read_term_sheet
from lexp_calc.deal_cache import deal_named
from lexp_calc.lender_files import read_lenders, with_lenders
from lexp_calc.lenders import not_placed, share_of, shares_of
from lexp_calc.term_sheet import term_sheet_hash

CLUB = Path(__file__).parents[2] / "examples" / "club-deal.toml"
ONE = '[lender.a]\nname = "A"\ncontacts = ["a@b.example"]\nshare = { term-loan = "60%" }\n'
TWO = ONE + '[lender.b]\nname = "B"\ncontacts = ["b@b.example"]\nshare = { term-loan = "40%" }\n'


@pytest.fixture
def apart(tmp_path):
    """The example with its lenders in a file of their own."""
    text = CLUB.read_text(encoding="utf-8")
    first = text.index("[lender.northgate]")
    last = text.index("# ---", first)
    allow = next(line for line in text.splitlines() if line.startswith("allow"))
    rest = (text[:first] + text[last:]).replace(allow, 'lenders = "banks/lenders.toml"')
    (tmp_path / "banks").mkdir()
    file = tmp_path / "banks" / "lenders.toml"
    file.write_text(f"{allow}\n{text[first:last]}", encoding="utf-8")
    term_sheet = tmp_path / "club.toml"
    term_sheet.write_text(rest, encoding="utf-8")
    return term_sheet, file


def written(tmp_path, content):
    path = tmp_path / "lenders.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused(path):
    with pytest.raises(LexpError) as caught:
        read_lenders(path)
    return str(caught.value).replace(f"{path}: ", "").splitlines()


def test_the_file_says_what_the_term_sheet_would(apart):
    term_sheet, _ = apart
    here, there = read_term_sheet(CLUB), read_term_sheet(term_sheet)
    assert there.lender == here.lender and there.allow == here.allow
    assert there.lenders == "banks/lenders.toml" and here.lenders is None


def test_shares_by_tranche_and_what_is_not_placed():
    lenders = read_term_sheet(CLUB).lender
    assert shares_of(lenders, "revolver") == {
        "northgate": Decimal("0.625"),
        "caisse-rivage": Decimal("0.3125"),
    }
    assert not_placed(lenders, "revolver") == Decimal("0.0625")
    assert not_placed(lenders, "term-loan") == 0
    assert share_of(lenders, "FJORDBANKEN", "term-loan") == Decimal("0.3328")
    with pytest.raises(LexpError, match='"revolver", of which fjordbanken holds nothing'):
        share_of(lenders, "fjordbanken", "revolver")


def test_a_changed_file_is_read_anew(apart):
    """It counts as the term sheet itself does, though that stays as it is."""
    term_sheet, file = apart
    before = deal_named(str(term_sheet)).lender["northgate"].share["term-loan"]
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"43.75%"', '"40%"'), encoding="utf-8")
    later = file.stat().st_mtime_ns + 1_000_000_000
    os.utime(file, ns=(later, later))
    after = deal_named(str(term_sheet)).lender["northgate"].share["term-loan"]
    assert (before, after) == (Decimal("0.4375"), Decimal("0.4"))


def test_problems_name_the_file_and_its_line(apart):
    term_sheet, file = apart
    text = file.read_text(encoding="utf-8")
    text = text.replace('"43.75%", revolver', '"50%", revolvr').replace("syndication@", "")
    file.write_text(f"{text}quux = 1\n[place]\n", encoding="utf-8")
    lines = text.splitlines()
    with pytest.raises(LexpError) as caught:
        read_term_sheet(term_sheet)
    found = str(caught.value).replace(f"{term_sheet}: lenders: banks/lenders.toml: ", "")
    contact = 1 + next(n for n, line in enumerate(lines) if '"fjordbanken.example"' in line)
    share = 1 + next(n for n, line in enumerate(lines) if "revolvr" in line)
    assert found.splitlines() == [
        f'line {len(lines) + 2}: place: found the unknown key "place"; one of "lender", "allow" '
        "would be right",
        f'line {contact}: lender.fjordbanken.contacts[1]: found "fjordbanken.example" with no @; '
        "an address such as loans@firstbank.example would be right",
        f'line {len(lines) + 1}: lender.caisse-rivage.quux: found the unknown key "quux"; one of '
        '"assumption", "contacts", "name", "share", "source" would be right',
        f'line {share}: lender.northgate.share.revolvr: found "revolvr"; one of "revolver", '
        '"term-loan" would be right; did you mean "revolver"?',
    ]


BROKEN = {
    "empty": (b"", "found an empty file; a file of lenders in TOML would be right"),
    "blank": (b" \n\n", "found an empty file; a file of lenders in TOML would be right"),
    "a byte-order mark alone": (
        b"\xef\xbb\xbf",
        "found an empty file; a file of lenders in TOML would be right",
    ),
    "not UTF-8": (b"# \xff\n", "found a byte that is not UTF-8 at position 2; text in UTF-8"),
    "UTF-16": (ONE.encode("utf-16"), "found a byte that is not UTF-8 at position 0; text in UTF-8"),
    "over 1 MB": (b"#" * 1_000_001, "found 1,000,001 bytes; at most 1,000,000 would be right"),
    "nested": (
        b"a = " + b"[" * 30 + b"]" * 30,
        "found tables nested too deeply; the tables of a file of lenders would be right",
    ),
    "nested past all bounds": (
        b"a = " + b"[" * 50_000,
        "found tables nested too deeply; the tables of a file of lenders would be right",
    ),
    "a key twice": (ONE + 'name = "B"\n', "found cannot overwrite a value (at line 5, column 11)"),
    "an id twice": (ONE + "[lender.a]\n", "found cannot declare ('lender', 'a') twice (at line 5"),
    "an id twice, by NFKC": (ONE + '["lender"."\uff41"]\n', "line 5: lender.\uff41: found"),
    "no table": ("lender = 3\n", "line 1: lender: found 3; a table would be right"),
    "no lender": ("[lender]\n", "line 1: lender: found a table; at least one entry"),
    "none": ("allow = []\n", "lender: found nothing; this term is required"),
    "another key": ("lendr = 1\n" + ONE, 'line 1: lendr: found the unknown key "lendr"; one of'),
    "over the whole": (
        TWO.replace("40%", "40.01%"),
        "line 8: lender.b.share.term-loan: found 40.01%, which makes 100.01% of the tranche",
    ),
    "one name": (
        TWO.replace('"B"', '"\uff21"'),
        'line 6: lender.b.name: found "\uff21", the name of lender.a too',
    ),
    "one contact": (
        TWO.replace("b@b.example", "A@B.example"),
        'line 7: lender.b.contacts[1]: found "A@B.example", a contact of lender.a too',
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused(case, tmp_path):
    content, start = BROKEN[case]
    assert refused(written(tmp_path, content))[0].startswith(start)


def test_every_problem_at_once(tmp_path):
    text = TWO.replace("60%", "0%").replace("b@b.example", "b")
    found = refused(written(tmp_path, text))
    assert [line.partition(": found")[0] for line in found] == [
        "line 4: lender.a.share.term-loan",
        "line 7: lender.b.contacts[1]",
    ]


@pytest.mark.parametrize("name", ["none.toml", ".", "x\0y"])
def test_a_file_that_is_not_there(name, tmp_path):
    with pytest.raises(LexpError, match="found (no such file|a folder)"):
        read_lenders(tmp_path / name)


def test_a_byte_order_mark_is_fine(tmp_path):
    path = written(tmp_path, b"\xef\xbb\xbf" + ONE.encode())
    assert read_lenders(path).lender["a"].share == {"term-loan": Decimal("0.6")}


def test_lenders_given_beside_take_the_place_of_the_term_sheets(tmp_path):
    deal = read_term_sheet(CLUB)
    given = with_lenders(deal, read_lenders(written(tmp_path, TWO)))
    assert list(given.lender) == ["a", "b"] and given.allow is None
    assert given.term_sheet_sha256 == deal.term_sheet_sha256 == term_sheet_hash(CLUB)
    assert list(deal.lender) == ["northgate", "fjordbanken", "caisse-rivage"]


def test_lenders_of_another_deal_are_refused(tmp_path):
    path = written(tmp_path, TWO.replace("term-loan", "term-lone"))
    with pytest.raises(LexpError, match='--lenders: lender.a.share.term-lone: .*"term-loan"?'):
        with_lenders(builtin_deal(), read_lenders(path))


@pytest.mark.parametrize("value", ['"none.toml"', '"."', "5", '["lenders.toml"]', '""'])
def test_a_term_sheet_that_names_no_file(value, apart):
    term_sheet, _ = apart
    text = term_sheet.read_text(encoding="utf-8")
    term_sheet.write_text(text.replace('"banks/lenders.toml"', value), encoding="utf-8")
    with pytest.raises(LexpError, match=r"club.toml: lenders: "):
        read_term_sheet(term_sheet)


def test_lenders_in_two_places_are_refused(apart):
    term_sheet, _ = apart
    text = term_sheet.read_text(encoding="utf-8")
    term_sheet.write_text(text + ONE, encoding="utf-8")
    with pytest.raises(LexpError, match="beside lender in this file; all lenders in one place"):
        read_term_sheet(term_sheet)


def test_all_problems_pass_from_one_process_to_another(tmp_path):
    """As a pool of processes hands them on."""
    with pytest.raises(LexpError) as caught:
        read_lenders(written(tmp_path, TWO.replace("60%", "0%").replace("40%", "0%")))
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is type(caught.value) and str(again) == str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path):
    shutil.copy(CLUB, tmp_path / "lenders.xlsx")
    with pytest.raises(LexpError, match='found the ending ".xlsx"; a file of lenders in TOML'):
        read_lenders(tmp_path / "lenders.xlsx")
