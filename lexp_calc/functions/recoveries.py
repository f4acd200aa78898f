"""The functions of recoveries: what claims get of a value."""

from lexp_calc.functions.categories import WHOLE_DEAL as CATEGORY
from lexp_calc.recovery_tables import recovery, waterfall
from lexp_calc.spreadsheet_function import Example, Function

RECOVERIES = (
    Function(
        recovery,
        CATEGORY,
        "What each tranche recovers of given values of the deal's pools and of all else: liens by "
        "rank, deficiencies pro rata with unsecured claims, subordinated shares turned over to "
        "senior debt.",
        {
            "deal": 'Path of a term sheet, or "lexp-2003" for the built-in deal.',
            "values": 'Rows of pool id, or "unencumbered", and value: one for each pool; '
            "unencumbered is nothing if left out.",
            "date": "Day at whose end principal owed and interest accrued are the claim; the "
            "closing if left out.",
            "scenario": "Scenario of the deal; its default one if left out.",
            "other_claims": "Unsecured claims outside the deal, such as trade: they share pro "
            "rata, and nothing is turned over to them. 0 if left out.",
        },
        Example(
            {
                "deal": "lexp-2003",
                "values": [
                    ["real-property", 8_000_000],
                    ["other-assets", 20_000_000],
                    ["unencumbered", 1_000_000],
                ],
            },
            [
                [
                    "tranche",
                    "claim",
                    "interest in it",
                    "real-property",
                    "other-assets",
                    "unencumbered",
                    "turned over",
                    "recovered",
                    "recovery",
                ],
                ["revolver", 0, 0, 0, 0, 0, 0, 0, None],
                ["term-loan", 13_500_000, 0, 0, 13_500_000, 0, 0, 13_500_000, 1],
                ["secured-term-loan", 11_500_000, 0, 8_000_000, 3_500_000, 0, 0, 11_500_000, 1],
                [
                    "senior-notes",
                    42_476_000,
                    0,
                    0,
                    0,
                    3_967_587.51,
                    32_412.49,
                    4_000_000,
                    4_000_000 / 42_476_000,
                ],
                ["junior-notes", 347_000, 0, 0, 0, 32_412.49, -32_412.49, 0, 0],
                [
                    "total",
                    67_823_000,
                    0,
                    8_000_000,
                    17_000_000,
                    4_000_000,
                    0,
                    29_000_000,
                    29_000_000 / 67_823_000,
                ],
                ["left over", None, None, None, None, None, None, 0, None],
            ],
        ),
        "By hand: 8,000,000 and 3,500,000 for the secured term loan; 3,000,000 + 1,000,000 shared "
        "as 42,476 to 347, and the junior notes' share turned over",
    ),
    Function(
        waterfall,
        CATEGORY,
        "A value paid out on claims by rank: what each recovers, to the cent, and what is left. "
        "Equal ranks share pro rata.",
        {
            "claims": "Rows of claim, rank (1 is paid first) and amount.",
            "value": "What there is to pay out.",
        },
        Example(
            {
                "claims": [["notes", 2, 50], ["term loan", 1, 100], ["trade", 2, 25]],
                "value": 140.01,
            },
            [
                ["claim", "rank", "amount", "recovered", "recovery"],
                ["term loan", 1, 100, 100, 1],
                ["notes", 2, 50, 26.67, 0.5334],
                ["trade", 2, 25, 13.34, 0.5336],
                ["total", None, 175, 140.01, 140.01 / 175],
                ["left over", None, None, 0, None],
            ],
        ),
        "By hand: 40.01 x 50/75 = 26.6733 and 40.01 x 25/75 = 13.3367, the last cent to the second",
    ),
)
