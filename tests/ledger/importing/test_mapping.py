"""Mappings that cannot be meant: each is refused with the table, the key, and what it may be."""

from collections.abc import Mapping

import pytest

from ledger.errors import Malformed
from ledger.importing import parse_mapping
from tests.every_event import GOVERNING
from tests.importing import MAPPING

WRONG: Mapping[str, tuple[str, str]] = {
    "no TOML": ("[columns", "The mapping is no TOML: "),
    "no columns": ('[account]\nalias = "a"', "The mapping lacks columns."),
    "an unknown table": ('[columns]\na = "a"\n[accounts]\n', 'The mapping has no "accounts". Did you mean account?'),
    "an unknown key": (MAPPING.replace("occurred", "ocurred"), '[says] has no "ocurred". Did you mean occurred?'),
    "a key of the wrong kind": (MAPPING.replace('"2024-09-30"', "2024-09-30", 1), "[says] occurred is text in quotes"),
    "a column without its column": ("[columns]\nend = { type = 'day' }", "[columns] end lacks column."),
    "an unknown type": ("[columns]\nend = { column = 'e', type = 'date' }", "[columns] end: no type 'date'."),
    "money without currency": ("[columns]\nend = { column = 'e', type = 'money' }", "[columns] end: money lacks its currency."),
    "a strange century": (MAPPING.replace("2000", "1999"), "[columns] end.century is a year such as 2000, not 1999."),
    "an unknown name in a template": (MAPPING.replace("{name}", "{nam}"), '[engagement]: there is no column "nam"'),
    "an unknown filter": (MAPPING.replace("|slug", "|slugg", 1), '[account]: there is no filter "slugg".'),
    "a pattern that is none": (MAPPING + "[not_given]\npatterns = ['(']", "[not_given]: a pattern is no regular"),
    "an engagement without alias": (MAPPING.replace('alias = "{name|slug}"\n', ""), "[engagement] lacks alias."),
    "a statement without its day": (MAPPING.replace('occurred = "2024-09-30"', ""), "[stated.milestone] needs [engagement]"),
    "an unknown event": (
        MAPPING + "[[event]]\ntype = 'news'\nsubject = 'engagement'\ndata = {}", '[[event]] 1: No event type "news"'),
    **{f"what governs the ledger, {name}": (
        MAPPING + f"[[event]]\ntype = '{name}'\nsubject = 'practice'\ndata = {{}}", f"[[event]] 1: {name} governs the ledger")
        for name in GOVERNING},
    "events in single brackets": (MAPPING + "[event]\ntype = 'x'", "[[event]] is a list of tables"),
    "an event that waits for no column": (
        MAPPING + "[[event]]\ntype='news-learned'\nsubject='engagement'\nwhen='x'\ndata={}", "[[event]] 1: when names no"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=WRONG)
def test_a_mapping_is_refused(text: str, says: str) -> None:
    with pytest.raises(Malformed) as refused:
        parse_mapping(text)

    assert refused.value.message.startswith(says)


def test_a_mapping_says_what_it_says() -> None:
    mapping = parse_mapping(MAPPING)

    assert (mapping.reporting, mapping.columns["end"].century, mapping.columns["name"].type) == (
        "2024-09-30",
        2000,
        "line",
    )
