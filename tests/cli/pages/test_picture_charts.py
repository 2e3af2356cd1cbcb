"""The charts of pictures: sound specifications, drawn without script or style, every mark a link that says what it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from ledger_cli.picturing.charts import CHARTS, chart
from ledger_cli.picturing.drawing import drawn
from ledger_cli.picturing.spec import NARROW, WIDE
from ledger_projections.pictures import PICTURES, Picture

from tests.pictured import SVG, busy, news
from tests.projections.pictures.test_of_an_engagement import seen
from tests.views import World

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAMES = sorted(CHARTS)
HOSTILE = '</title><script>alert(1)</script>]]>&" onload=x \u202egnp.exe'


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Picture]:
    return seen(busy(tmp_path_factory.mktemp("busy")))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Picture]:
    return seen(busy(tmp_path_factory.mktemp("hostile"), HOSTILE))


def test_every_picture_has_a_chart() -> None:
    assert {module.__name__.rpartition(".")[2] for module in PICTURES} == set(CHARTS)


@pytest.mark.parametrize("name", NAMES)
def test_a_specification_is_sound_by_the_schema_of_its_grammar(shown: Mapping[str, Picture], name: str) -> None:
    schema = pytest.importorskip(
        "altair.vegalite.v6.schema.core", reason="Altair, which has the schema, is not installed."
    )

    schema.Root.from_dict(chart(shown[name], NARROW), validate=True)


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_drawn_as_a_mark_that_leads_to_its_first_entry(
    shown: Mapping[str, Picture], name: str, width: int
) -> None:
    picture = shown[name]

    links = [(link.get("href"), link.get("aria-label")) for link in marks(drawn(chart(picture, width), name))]

    assert set(links) == {
        (f"#e{row.entries[0]}", ", ".join(cell for cell in row.cells if cell)) for row in picture.section.rows
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_holds_nothing_that_runs_or_fetches_or_styles(shown: Mapping[str, Picture], name: str) -> None:
    root = parsed(drawn(chart(shown[name], WIDE), name))

    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "g", "path", "rect", "line", "text", "tspan", "a", "title"),
    }
    attributes = {(key, value) for element in root.iter() for key, value in element.attrib.items()}
    assert not [key for key, _ in attributes if key.startswith("on") or key in {"style", "src", "class"}]
    assert not [value for key, value in attributes if "://" in value or (key == "href" and not value.startswith("#e"))]
    assert root.get("aria-labelledby") == name


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_the_same_to_the_byte(shown: Mapping[str, Picture], name: str) -> None:
    assert drawn(chart(shown[name], WIDE), name) == drawn(chart(shown[name], WIDE), name)


@pytest.mark.parametrize("name", ["milestones", "delays", "news"])
def test_what_others_wrote_stays_a_text_in_a_drawing(hostile: Mapping[str, Picture], name: str) -> None:
    svg = drawn(chart(hostile[name], WIDE), name)

    root = parsed(svg)
    said = "".join(root.itertext())
    assert "<script>" in said
    assert r"\u202e" in said
    assert not re.search("<script|\u202e", svg)
    assert not [element for element in root.iter() if element.tag.endswith("script")]


def test_no_command_of_a_terminal_is_drawn(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-27T17:00")
    news(world, "late \x1b[31m\r\n\u2028 again")

    svg = drawn(chart(seen(world)["news"], WIDE), "news")

    assert r"\x1b[31m" in "".join(parsed(svg).itertext())
    assert not re.search("[\x00-\x1f\u2028]", svg)


def parsed(svg: str) -> ET.Element:
    """Return the tree of a drawing."""
    return ET.fromstring(svg)  # noqa: S314 -- we drew it


def marks(svg: str) -> list[ET.Element]:
    """Return the marks of a drawing that lead somewhere."""
    return [element for element in parsed(svg).iter() if element.tag == f"{SVG}a"]


def of(spec: Any, key: str) -> Any:
    """Return every value of *key* in a specification."""
    if isinstance(spec, dict):
        yield from ([spec[key]] if key in spec else [])
        spec = list(spec.values())
    if isinstance(spec, list):
        for each in spec:
            yield from of(each, key)


@pytest.mark.parametrize("name", NAMES)
def test_no_chart_reads_data_from_anywhere_else(shown: Mapping[str, Picture], name: str) -> None:
    assert not list(of(chart(shown[name], WIDE), "url"))
    assert "loader" not in chart(shown[name], WIDE)["config"]


@pytest.mark.parametrize("name", ["milestones", "delays", "news"])
def test_lines_stand_in_the_order_of_the_table(shown: Mapping[str, Picture], name: str) -> None:
    names = [*dict.fromkeys(str(row.values["name"]) for row in shown[name].section.rows)]

    sorts = [sort for sort in of(chart(shown[name], WIDE), "sort") if sort]

    assert sorts
    assert all(set(sort) == set(names) for sort in sorts)
    if name != "news":  # where bad news stands above good
        assert all(sort == names for sort in sorts)
