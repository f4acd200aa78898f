"""The commented term sheet that `lexp init` writes, with every choice that there is."""

from pathlib import Path
from string import Template
from textwrap import wrap

from lexp_calc.errors import LexpError, NotThere, OutOfRange, WrongKind, printable
from lexp_calc.term_sheet_schema import choices, term_sheet_schema
from lexp_calc.terms import read_identifier
from workbook_templates.files import replace_file

FALLBACK_ID = "my-deal"
WIDTH = 98

# What a placeholder lists: the choices of a field of a type of terms.
CHOICES = {
    "currency": ("Deal", "currency"),
    "calendar": ("Deal", "calendar"),
    "tranche_type": ("Deal", "tranche"),
    "coupon_type": ("TermLoan", "coupon"),
    "index": ("IndexOption", "index"),
    "reset": ("IndexOption", "reset"),
    "day_count": ("FloatingCoupon", "day_count"),
    "frequency": ("PaymentTerms", "frequency"),
    "business_day": ("PaymentTerms", "business_day"),
    "interest_for_delay": ("PaymentTerms", "interest_for_delay"),
    "repayment_type": ("TermLoan", "repayment"),
    "unused_letters": ("UnusedFee", "letters_of_credit"),
    "prepayments_applied": ("TermLoan", "prepayments_applied"),
    "fee_type": ("TermLoan", "fees"),
    "fee_base": ("AnniversaryFee", "base"),
    "loan_prepayment": ("TermLoan", "prepayment"),
    "note_redemption": ("Notes", "redemption"),
    "wording": ("Passage", "wording"),
}

TEMPLATE = Template("""\
#:schema ./lexp.schema.json
# A term sheet for lexp. Everything in it is an example: change it, then try
#
#   lexp check $file
#   lexp show $file
#   lexp workbooks $file
#
# Editors complete and check what you type once `lexp schema > lexp.schema.json` has been run in
# this folder (VS Code: the extension Even Better TOML; others: taplo).
#
# A line that begins with #- is a term that this deal does not need: delete the #- to use it.
#
# Amounts are plain numbers (1_250_000.50), rates carry their per-cent sign ("5.50%"), dates are
# written year-month-day. Ids (the names in [tranche.NAME]) are a-z, 0-9 and hyphens.

id = "$deal_id"
name = "Refinancing of 2026"
borrower = "Example Manufacturing, Inc."
$currency
currency = "USD"
closing_date = 2026-01-15
$calendar
calendar = "US Federal Reserve"
default_scenario = "base"

# Where a term comes from: the id of a passage below, or why it was assumed. Any table of terms
# may have both; `lexp show` lists what is an assumption.
source.name = "summary-1"
assumption.calendar = "payments in New York"

# Shares before the deal, for who owns how much once warrants are exercised.
#- shares_outstanding = 10_000_000

# The only addresses, or whole domains, that workbooks may be sent to.
#- allow = ["@firstbank.example", "agency@secondbank.example", "ops@secondbank.example"]

# Excess cash flow that prepays tranches, one after another.
#- [excess_cash_sweep]
#- percentage = "50%"
#- order = ["term-loan"]

# ---------------------------------------------------------------- the tranches
$tranche_type

# ------ a revolver: drawn and repaid at will; a draw is an input of the scenario
[tranche.revolver]
type = "revolver"
name = "Revolving credit facility"
seniority = "senior secured"
lender = "First Example Bank"             # may be left out
commitment = 10_000_000
maturity = 2029-01-15
extension = { maturity = 2030-01-15 }     # the borrower's option; may be left out
liens = [{ collateral = "current-assets", rank = 1 }]
source.commitment = "summary-1"
#- letter_of_credit_sublimit = 1_000_000
#- minimum_availability = 500_000          # stays undrawn

[tranche.revolver.coupon]
$coupon_type
type = "floating"
# The first option holds until the scenario elects another.
$index
$reset
options = [
  { index = "prime", margin = "0.50%", reset = "daily" },
  { index = "Term SOFR 1M", margin = "2.25%", reset = "per period" },
]
floor = "3.00%"                           # on index plus margin, as is a cap; may be left out
#- cap = "12.00%"
#- default_margin = "2.00%"                # on top while the scenario says default.revolver = true
$day_count
day_count = "ACT/360"

[tranche.revolver.payments]
first_payment = 2026-02-01                # as the contract names it, a holiday or not
$frequency
frequency = "monthly"
$business_day
business_day = "Following"
$interest_for_delay
interest_for_delay = "to the day paid"

# What limits drawing, by class of collateral; may be left out.
[tranche.revolver.borrowing_base.receivables]
name = "Accounts receivable"
advance_rate = "85%"
ineligible = { over-90-days = "Over 90 days from invoice", foreign = "Foreign" }

#- [tranche.revolver.fees.unused]
#- type = "unused"
#- name = "Fee on what is not drawn"
#- rate = "0.50%"
$unused_letters
#- letters_of_credit = "count as used"

#- [tranche.revolver.fees.letters-of-credit]
#- type = "letter of credit"
#- name = "Fee on letters of credit"
#- rate = "2.25%"

# ------ a term loan: instalments of principal with interest on top, and a balance at maturity
[tranche.term-loan]
type = "term loan"
name = "Term loan"
seniority = "senior secured"
principal = 6_000_000
maturity = 2031-01-15
liens = [{ collateral = "equipment", rank = 1 }]
$loan_prepayment
prepayment = "at par with accrued interest"
source.principal = "summary-2"
$prepayments_applied
#- prepayments_applied = "direct order"
# The loan ends earlier unless the revolver is extended.
#- springing = { maturity = 2029-01-15, unless_extended = "revolver" }
#- call_protection = { steps = [{ until = 2027-01-15, premium = "1%" }] }

$repayment_type
# They end after `count = N` of them, or with the one due on `last = DATE`.
[tranche.term-loan.repayment]
type = "instalments"
amount = 100_000
count = 48
unpaid_balance_at_maturity = true

[tranche.term-loan.coupon]
type = "floating"
options = [{ index = "Term SOFR 1M", margin = "2.75%", reset = "per period" }]
day_count = "ACT/360"

[tranche.term-loan.payments]
first_payment = 2026-02-15
frequency = "monthly"
business_day = "Modified Following"
interest_for_delay = "to the day paid"

$fee_type
[tranche.term-loan.fees.closing]
type = "closing"
name = "Fee at closing"
rate = "1.00%"

[tranche.term-loan.fees.anniversary]
type = "anniversary"
name = "Fee on each anniversary of closing"
rate = "0.25%"
$fee_base
base = "balance at the end of the day"

# ------ notes: a coupon and a bullet
[tranche.senior-notes]
type = "notes"
name = "Senior notes"
seniority = "senior subordinated"
principal = 4_000_000
maturity = 2033-01-15
coupon = { type = "fixed", rate = "9.50%", day_count = "30/360 US" }
$note_redemption
redemption = "at par with accrued interest"
#- in_kind = { rate = "2.00%" }            # added to the principal, beside the coupon

[tranche.senior-notes.payments]
first_payment = 2026-07-15
frequency = "semiannual"
business_day = "Following"
interest_for_delay = "none"

# ---------------------------------------- lenders: who gets which workbooks; may be left out
# They may stand in a file of their own: lenders = "lenders.toml", above the first table. A lender
# that holds a part gets a workbook with its share of each amount.

#- [lender.first-example-bank]
#- name = "First Example Bank"
#- contacts = ["loans@firstbank.example"]
#- share = { revolver = "100%", term-loan = "60%" }

#- [lender.second-example-bank]
#- name = "Second Example Bank"
#- contacts = ["agency@secondbank.example", "ops@secondbank.example"]
#- share = { term-loan = "40%" }

# ------------------------------------------- facilities, collateral; both may be left out

[facility.credit-agreement]
name = "Credit agreement"
amount = 16_000_000                       # the sum of its tranches
tranches = ["revolver", "term-loan"]

[collateral.current-assets]
name = "Receivables and inventories"

[collateral.equipment]
name = "Machinery and equipment"

# ---------------------------------------------------------------- scenarios
# What nobody knows at closing. What stands here can be changed for one run:
# lexp schedule term-loan --deal $file --set "Term SOFR 1M=4.00%"

[scenario.base]
# A rate is flat, by date, or read from a file: index.prime = { file = "rates.csv" }.
index.prime = "6.75%"
index."Term SOFR 1M" = { 2026-01-15 = "3.70%", 2027-01-15 = "3.40%" }
draw.revolver = { 2026-01-15 = 2_500_000, 2026-09-01 = -500_000 }
collateral.revolver.receivables = { gross = 8_000_000, over-90-days = 350_000, foreign = 150_000 }
reserves.revolver = 100_000
letters_of_credit.revolver = 250_000
#- excess_cash = { 2026-12-31 = 400_000 }
#- earnings = { 2026-12-31 = 6_500_000 }
# For the value of warrants: the price of a share, its volatility, a riskless rate.
#- share_price = 12.50
#- volatility = "35%"
#- riskless_rate = "3.25%"
#- default.revolver = { 2026-10-01 = true, 2027-01-04 = false }

# Another scenario says only in what it differs: lexp compare base rates-up --deal $file
[scenario.rates-up]
inherits = "base"
index.prime = "8.75%"
index."Term SOFR 1M" = "5.70%"
elect.revolver = { 2026-07-01 = "Term SOFR 1M" }
extend.revolver = true
prepay.term-loan = { 2028-03-15 = 500_000 }

# ---------------------------------------------------------------- the documents

[document.summary]
title = "Summary of terms"
date = 2025-12-01
published = "not published"

[passage.summary-1]
document = "summary"
paragraph = "1"
$wording
wording = "as reported"
text = "A revolving credit facility of ten million dollars."

[passage.summary-2]
document = "summary"
paragraph = "2"
wording = "as reported"
text = "A term loan of six million dollars."
""")


def starter_term_sheet(file_name: str) -> str:
    """The text of a term sheet that `lexp check` takes, for a file of this name."""
    schema = term_sheet_schema()
    listed = {place: choices_comment(choices(schema, *field)) for place, field in CHOICES.items()}
    return TEMPLATE.substitute(listed, file=printable(file_name), deal_id=deal_id(file_name))


def choices_comment(names: tuple[str, ...]) -> str:
    """'# one of "a", "b"', on as many lines as it takes."""
    text = ("one of " if len(names) > 1 else "only ") + ", ".join(f'"{each}"' for each in names)
    # Spaces within names do not part lines.
    lines = wrap(text.replace('", "', '",\n"').replace(" ", "\u00a0").replace("\n", " "), WIDTH)
    return "\n".join(f"# {line}".replace("\u00a0", " ") for line in lines)


def deal_id(file_name: str) -> str:
    """The file's name as an id where it is one."""
    try:
        return read_identifier(Path(file_name).stem)
    except LexpError:
        return FALLBACK_ID


def write_starter(file: str) -> Path:
    """Writes the term sheet to a new file; one that is there is never touched."""
    path = Path(file)
    if path.suffix != ".toml":
        expected = "a file that ends in .toml would be right"
        if path.suffix == ".xlsx":
            expected += "; term sheets as workbooks are not there yet"
        raise WrongKind(file, f'found the ending "{path.suffix}"', expected)
    if path.exists():
        raise OutOfRange(file, "found a file there already", "another name would be right")
    if not path.parent.is_dir():
        raise NotThere(file, f'found no folder "{path.parent}"', "a folder that exists is needed")
    replace_file(path, starter_term_sheet(path.name).encode())
    return path
