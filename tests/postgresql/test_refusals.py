"""What a database does not take is said in a sentence, with an exit code, and no password is in it."""

from __future__ import annotations

import sys
import tempfile
from typing import TYPE_CHECKING

import pytest
from ledger_projections.publishing.postgresql.address import parse_address
from ledger_projections.publishing.postgresql.placing import publish
from ledger_projections.table import Column, Row, Table

from ledger.errors import Refused
from tests.postgresql.cluster import KEYED
from tests.publishing import wanted
from tests.transcripts import Terminal
from tests.views import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger_projections.view import View

    from tests.postgresql.cluster import Cluster

SECRET = "s3cret"  # noqa: S105 -- of a server that only this test knows
NOWHERE = f"postgresql://me:{SECRET}@localhost:1/reports"


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    folder = tmp_path_factory.mktemp("refusals").resolve()
    (folder / "ledger").mkdir()
    world = World(folder / "ledger").begin()
    yield Terminal(folder)
    world.journal.close()


@pytest.mark.parametrize(
    ("target", "options", "said", "code"),
    [
        (NOWHERE, "", "postgresql://me@localhost:1/reports cannot be reached, or was lost: Connection refused.", 7),
        ("postgresql://me@none.invalid/x", "", "postgresql://me@none.invalid/x cannot be reached, or was lost: ", 7),
        ("postgres://me@localhost:1", "", "postgresql://me@localhost:1 cannot be reached", 7),
        (f"postgresql://me:{SECRET}@h/x?shcema=y", "", 'libpq reads: invalid URI query parameter: "shcema".', 3),
        (f"postgresql://me:%zz{SECRET}@h/x", "", "postgresql://me@h/x is no URL that libpq reads.", 3),
        (f"postgresql://me:a@{SECRET}@h/x", "", "has an @ where none may be.", 3),
        (f"postgresql://me:a/{SECRET}@h/x", "", "has an @ where none may be.", 3),
        (f"postgresql://me:a?{SECRET}@h/x", "", "has an @ where none may be.", 3),
        (f"{NOWHERE}?schema=pg_mine", "", '"pg_mine" is no name of a schema', 3),
        (f"{NOWHERE}?schema=My", "", '"My" is no name of a schema', 3),
        (f"{NOWHERE}?schema=", "", '"" is no name of a schema', 3),
        (f"mysql://me:{SECRET}@h/x", "", '"mysql://…@h/x" is nowhere that tables can be published to.', 3),
        (NOWHERE, "--since auto", "what changed is not kept beside it.", 3),
        (NOWHERE, "--format csv", "A database has no formats.", 3),
    ],
)
def test_what_cannot_be_done_is_said_without_the_password(
    terminal: Terminal, target: str, options: str, said: str, code: int
) -> None:
    answer = terminal.run(f"engage publish --to '{target}' {options}")

    assert (said in answer.err, answer.code, answer.out) == (True, code, ""), answer.err
    assert SECRET not in answer.err
    assert len(answer.err.splitlines()) == 2


def test_without_the_library_the_extra_is_named(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    answer = terminal.run(f"engage publish --to {NOWHERE}")

    assert answer.lines == [
        "PostgreSQL takes psycopg, which is not installed.",
        "  pip install 'engagement-ledger[postgres]'",
        "[exit 3]",
    ]


def test_what_is_said_when_it_is_published(terminal: Terminal, cluster: Cluster, database: str) -> None:
    url = cluster.url(database)

    answer = terminal.run(f"engage publish --to '{url}'")

    published, where, as_of = answer.out.splitlines()
    assert (answer.err, answer.code, as_of) == ("", 0, "  as of position 9, for the analyst")
    assert (" tables as postgresql." in published, where) == (
        True,
        f"  postgresql://postgres@/{database}, schema ledger",
    )
    assert '"schema": "ledger"' in terminal.run(f"engage publish --json --to '{url}'").out


def test_who_may_not_write_there_is_told_so(terminal: Terminal, cluster: Cluster, database: str) -> None:
    cluster.run("DROP ROLE IF EXISTS guest")
    cluster.run("CREATE ROLE guest LOGIN")

    answer = terminal.run(f"engage publish --to '{cluster.url(database, user='guest')}'")

    assert (answer.code, f"cannot be written to: permission denied for database {database}." in answer.err) == (7, True)


def test_a_database_that_is_not_there_is_named(terminal: Terminal, cluster: Cluster) -> None:
    answer = terminal.run(f"engage publish --to '{cluster.url('nowhere')}'")

    assert (answer.code, 'was lost: database "nowhere" does not exist.' in answer.err) == (7, True), answer.err


def test_a_database_that_cannot_hold_every_text_is_refused(terminal: Terminal, cluster: Cluster) -> None:
    url = cluster.database("latin", "ENCODING LATIN1 TEMPLATE template0")

    answer = terminal.run(f"engage publish --to '{url}'")

    cluster.run("DROP DATABASE latin")
    assert (answer.code, "keeps its texts in LATIN1, which cannot hold all of ours." in answer.err) == (3, True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a\x00b", "PostgreSQL text fields cannot contain NUL"),
        ("".join(map(chr, range(1_000, 4_000))), "index row size .* exceeds btree"),
    ],
)
def test_a_text_that_no_table_holds_names_its_table_and_leaves_nothing(
    cluster: Cluster, database: str, tmp_path: Path, text: str, why: str
) -> None:
    def rows(view: View) -> Iterator[Row]:
        yield Row({"text": text}, view.state.history[:1])

    world = World(tmp_path).begin()
    own = Table("own", "Mine.", ("text",), (Column("text", "text", "What it says."),), rows)
    asked = wanted(world.journal, ("postgresql",), own=[own])

    with pytest.raises(Refused, match=f'The table "own" holds what PostgreSQL cannot: {why}'):
        publish(parse_address(cluster.url(database)), asked)

    world.journal.close()
    assert cluster.rows("SELECT FROM pg_namespace WHERE nspname LIKE 'ledger%%'", database) == []


def test_rows_for_which_there_is_no_room_here_are_said_to_be(
    terminal: Terminal, cluster: Cluster, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(terminal.folder / "none"))

    answer = terminal.run(f"engage publish --to '{cluster.url(database)}'")

    assert (answer.code, ": No such file or directory." in answer.err, "TMPDIR" in answer.err) == (7, True, True)


def test_a_password_comes_from_the_url_or_from_where_libpq_looks(
    terminal: Terminal, cluster: Cluster, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.run(f"DROP ROLE IF EXISTS {KEYED}")
    cluster.run(f"CREATE ROLE {KEYED} LOGIN PASSWORD '{SECRET}'")
    cluster.run(f"GRANT CREATE ON DATABASE {database} TO {KEYED}")
    kept = terminal.folder / "passwords"
    kept.write_text(f"*:*:{database}:{KEYED}:{SECRET}\n")
    kept.chmod(0o600)
    url = cluster.url(database, user=KEYED)

    wrong = terminal.run(f"engage publish --to '{url.replace('@', ':wrong@')}'")
    right = terminal.run(f"engage publish --to '{url.replace('@', f':{SECRET}@')}'")
    monkeypatch.setenv("PGPASSFILE", str(kept))
    kept_apart = terminal.run(f"engage publish --to '{url}'")

    assert (wrong.code, right.code, kept_apart.code) == (7, 0, 0)
    assert f'password authentication failed for user "{KEYED}".' in wrong.err
    assert SECRET not in wrong.err + right.out + kept_apart.out
