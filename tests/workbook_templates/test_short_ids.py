"""Ids in defined names: short, readable, each unlike the others."""

from workbook_templates.short_ids import LONGEST, short_ids


def test_an_id_that_is_short_enough_keeps_all_its_words():
    assert short_ids(("secured-term-loan",)) == {"secured-term-loan": "secured_term_loan"}


def test_a_long_id_keeps_its_first_whole_words():
    assert short_ids(("first-lien-senior-secured-loan",)) == {
        "first-lien-senior-secured-loan": "first_lien"
    }


def test_a_long_word_keeps_its_beginning():
    assert short_ids(("a" * 40,)) == {"a" * 40: "a" * 14}


def test_ids_alike_in_their_first_words_are_numbered():
    ids = ("first-lien-senior-secured-loan-a", "first-lien-senior-secured-loan-b")
    assert list(short_ids(ids).values()) == ["first_lien", "first_lien_2"]


def test_a_long_id_never_takes_the_word_of_a_short_one():
    ids = ("first-lien-senior-secured-loan", "first-lien", "first-lien-2")
    assert [short_ids(ids)[each] for each in ids] == ["first_lien_3", "first_lien", "first_lien_2"]


def test_a_hundred_alike_are_unlike_and_short():
    words = short_ids(tuple(f"one-and-the-same-beginning-{number}" for number in range(99)))
    assert len(set(words.values())) == 99
    assert max(len(word) for word in words.values()) <= LONGEST
