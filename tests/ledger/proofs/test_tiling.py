"""The log as C2SP tlog-tiles: whoever has the files alone comes to the root of the checkpoint; names are as published."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.checkpoint import Checkpoint
from ledger.errors import Tampered
from ledger.journal import Stored
from ledger.keeping.tiling import tile_name, tiled
from ledger.merkle import Hash, leaf_hash
from ledger.merkle import root as root_of
from ledger.values import Position
from tests.transcripts import Terminal


class Log:
    """A log of as many entries as are wanted, with its tree."""

    def __init__(self, size: int) -> None:
        self.raws = [b"%d" % number * (number % 7 + 1) for number in range(size)]
        leaves = [leaf_hash(raw) for raw in self.raws]
        self.checkpoint = Checkpoint("log.example", size, root_of(leaves))
        self.rows = [leaves]
        while full := len(self.rows[-1]) // 256:
            self.rows.append([root_of(self.rows[-1][n * 256 : n * 256 + 256]) for n in range(full)])

    def since(self, after: Position, limit: int) -> Sequence[Stored]:
        return [Stored(Position(after + n + 1), raw) for n, raw in enumerate(self.raws[after : after + limit])]

    def nodes(self) -> Log:
        return self

    def row(self, level: int, first: int, count: int) -> Sequence[Hash]:
        return self.rows[level][first : first + count]


def naive(leaves: Sequence[bytes]) -> bytes:
    """Return the root over *leaves* as RFC 6962 §2.1 says it."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + naive(leaves[:k]) + naive(leaves[k:])).digest()


def unbundled(content: bytes) -> list[bytes]:
    found = []
    while content:
        length = int.from_bytes(content[:2])
        found.append(content[2 : 2 + length])
        content = content[2 + length :]
    return found


@pytest.mark.parametrize(
    ("number", "width", "name"),
    [(0, 256, "000"), (1234067, 256, "x001/x234/067"), (999, 256, "999"), (1000, 256, "x001/000"), (3, 17, "003.p/17")],
)
def test_a_tile_is_named_as_the_specification_names_it(number: int, width: int, name: str) -> None:
    assert tile_name(number, width) == name


@pytest.mark.parametrize("size", [1, 255, 256, 257, 513, 65_536, 66_051])
def test_the_files_alone_lead_to_the_root(size: int) -> None:
    log = Log(size)

    files = dict(tiled(log, log.checkpoint))  # type: ignore[arg-type]  # as much of a reader as it takes

    raws = [raw for path, content in files.items() if path.startswith("tile/entries/") for raw in unbundled(content)]
    leaves = [sha256(b"\0" + raw).digest() for raw in raws]
    assert raws == log.raws
    assert naive(leaves) == log.checkpoint.root
    for level in range(3):  # a hash of row L stands for 256**L leaves
        span, row = (
            256**level,
            b"".join(content for path, content in files.items() if path.startswith(f"tile/{level}/")),
        )
        assert row == b"".join(naive(leaves[n * span : (n + 1) * span]) for n in range(size // span))


@pytest.mark.parametrize("what", ["entry", "leaf", "node", "root"])
def test_what_does_not_fit_the_tree_is_not_handed_out(what: str) -> None:
    log, checkpoint = Log(600), None
    if what == "entry":
        log.raws[300] = b"other"
    elif what == "root":
        checkpoint = log.checkpoint._replace(root=Hash(bytes(32)))
    else:
        log.rows[what == "node"][1] = Hash(bytes(32))

    with pytest.raises(Tampered):
        list(tiled(log, checkpoint or log.checkpoint))  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path)
    for words in ("init --zone Europe/London", "open northwind --account Northwind", "key new"):
        assert terminal.run(f"engage {words}").code == 0
    return terminal


def test_the_folder_holds_the_checkpoint_as_it_was_signed(desk: Terminal, tmp_path: Path) -> None:
    assert desk.run("engage export --tiles shown").code == 3  # nobody signed anything yet
    desk.run("engage checkpoint --out note.txt")

    assert desk.run("engage export --tiles shown").code == 0

    found = {str(path.relative_to(tmp_path / "shown")) for path in (tmp_path / "shown").rglob("*") if path.is_file()}
    assert found == {"checkpoint", "tile/0/000.p/5", "tile/entries/000.p/5"}
    assert (tmp_path / "shown/checkpoint").read_text() == (tmp_path / "note.txt").read_text()
    assert desk.run("engage export --tiles shown").err.startswith('"shown" is there already.')


def test_private_entries_are_shown_only_if_that_is_said(desk: Terminal, tmp_path: Path) -> None:
    desk.run('engage bad-news northwind "Between us." --private')
    desk.run("engage checkpoint")

    refused = desk.run("engage export --tiles shown")

    assert (refused.code, (tmp_path / "shown").exists()) == (3, False)
    assert refused.err.startswith("1 of the ")
    assert desk.run("engage export --tiles shown --all").code == 0
