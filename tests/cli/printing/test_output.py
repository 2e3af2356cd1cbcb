"""Lines on a narrow terminal: sentences are folded and hang, a command that is to be copied is not."""

import pytest
from ledger_cli.printing import columns
from ledger_cli.recording import receipts

LONG = "Told at once, within the notice due Tue 24 Nov 17:00."


def test_a_sentence_hangs_below_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "terminal_width", lambda: 32)

    assert columns.hung(LONG) == ["  Told at once, within the", "  notice due Tue 24 Nov 17:00."]
    assert columns.hung(LONG, first="") == ["Told at once, within the", "  notice due Tue 24 Nov 17:00."]


def test_where_there_is_no_terminal_a_sentence_is_one_line() -> None:
    assert columns.hung(LONG) == [f"  {LONG}"]


@pytest.mark.parametrize(
    ("width", "lines"),
    {
        None: ["Tell them: engage told S1 WHO      Take back: engage undo"],
        80: ["Tell them: engage told S1 WHO      Take back: engage undo"],
        58: ["Tell them: engage told S1 WHO", "Take back: engage undo"],
    }.items(),
    ids=str,
)
def test_commands_stand_side_by_side_where_they_fit_and_are_never_folded(
    width: int | None, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipts, "terminal_width", lambda: width)

    assert receipts._beside(["Tell them: engage told S1 WHO", "Take back: engage undo"]) == lines
    assert receipts._beside([]) == []
