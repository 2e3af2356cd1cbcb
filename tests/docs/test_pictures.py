"""The pictures of the documents show what the command prints today."""

from __future__ import annotations

from docs.pictures.make import FOLDER, pictures


def test_the_pictures_are_those_the_script_makes() -> None:
    made = pictures()

    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg")} == made


def test_a_picture_asks_nothing_of_the_network() -> None:
    fetched = [name for name, svg in pictures().items() for word in ("url(http", "href=", "@import") if word in svg]

    assert fetched == []
