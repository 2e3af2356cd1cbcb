"""Aliases made of names: every script is spelt in Latin letters, and names that are not the same are kept apart."""

# ruff: noqa: RUF001 -- letters that look like others are what it is about

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.values.slugs import LONGEST, own_slug, slug
from tests.importing import Desk, at_a_desk

SPELT = {
    "Crossrail Programme (phase 2)": "crossrail-programme-phase-2",
    "Théâtre du Nord": "theatre-du-nord",
    "Łódź–Gdańsk": "lodz-gdansk",
    "Women’s Prisons": "womens-prisons",
    "Straße Ærø": "strasse-aero",
    "Acme® №1 🚀": "acme-no1",
    "Ελλάδα": "ellada",
    "Київ": "kiiv",
    "日本語": "ribenyu",
    "株式会社・東京": "zhushihuishe-dongjing",
    "한국어": "hangugeo",
    "العربية": "lrbyh",
    "हिन्दी": "hindi",
    "المرحلة ٣": "lmrhlh-3",
    "\u202etxt.exe": "txt-exe",
    "zero\u200bwidth": "zerowidth",
    "…!?": "",
}
SAME = {
    "case and spaces": ("Ελλάδα  2", " ελλάδα 2"),
    "composed and not": ("Ки\u0306в", "Кйв"),
    "capitals without accents": ("ΕΛΛΑΔΑ", "Ελλάδα"),
    "dashes in a long name": ("north – " * 12, "North - " * 12),
    "the width of letters": ("ＡＢＣ 東京", "ABC 東京"),
}
APART = {
    "letters that sound alike": ("Ήρα", "Ίρα"),
    "signs that sound alike": ("诗人", "师人"),
    "one Latin word of two": ("Αλφα Group", "Βήτα Group"),
    "names longer than an alias": ("a" * LONGEST + " north", "a" * LONGEST + " south"),
    "letters that nobody spells": ("\U0003133e", "\U0003133f"),
}


@pytest.mark.parametrize(("name", "alias"), SPELT.items(), ids=SPELT)
def test_a_name_is_spelt_in_latin_letters(name: str, alias: str) -> None:
    assert slug(name) == alias


@pytest.mark.parametrize("name", ["Théâtre du Nord", "Łódź–Gdańsk", "Straße Ærø", "phase ٣"])
def test_an_alias_from_which_nothing_is_lost_stands_alone(name: str) -> None:
    assert own_slug(name) == slug(name)


def test_an_alias_that_others_may_share_ends_with_a_hash_of_the_name() -> None:
    assert own_slug("Ελλάδα") == "ellada-d6bbb2d6"


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_a_name_written_otherwise_has_the_same_alias(one: str, other: str) -> None:
    assert own_slug(one) == own_slug(other)


@pytest.mark.parametrize(("one", "other"), APART.values(), ids=APART)
def test_names_whose_spelling_is_the_same_are_kept_apart(one: str, other: str) -> None:
    assert own_slug(one) != own_slug(other)


@given(st.text())
@example("\ud800")
def test_an_alias_made_of_any_text_is_one_or_nothing(text: str) -> None:
    made = own_slug(text)

    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}|", made)
    assert made == own_slug(made) == slug(made)


@given(st.text(st.characters(categories=["L"]), min_size=1))
@example("ʔ")
def test_a_name_with_a_letter_has_an_alias(name: str) -> None:
    assert own_slug(name)


def test_rows_with_names_in_any_script_are_imported_each_as_its_own(tmp_path: Path) -> None:
    desk = at_a_desk(tmp_path)

    answer = desk.csv("project,firm,end\nΉρα,日本語,30.06.26\nΊρα,العربية,31.12.40\n")

    assert answer.code == 0, answer.err
    assert _opened(desk) == {"account-opened": ["日本語", "العربية"], "engagement-opened": ["Ήρα", "Ίρα"]}


def _opened(desk: Desk) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, data in desk.said():
        if kind.endswith("-opened"):
            found.setdefault(kind, []).append(data["name" if kind == "account-opened" else "title"])
    return found
