"""Files as people name them: a large one is hashed part by part, and one that never ends is not read to be compared."""

from __future__ import annotations

import tracemalloc
from hashlib import sha256
from pathlib import Path

import pytest
from ledger_cli.asking.files import PART, describe_evidence
from ledger_cli.printing.handing import hand_out

from ledger.errors import Refused


def test_a_large_file_is_hashed_without_being_held(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\0" * (20 * PART + 1))
    tracemalloc.start()

    said = describe_evidence(str(film))

    assert tracemalloc.get_traced_memory()[1] < 4 * PART
    tracemalloc.stop()
    assert said == {
        "sha256": sha256(film.read_bytes()).hexdigest(),
        "bytes": 20 * PART + 1,
        "media_type": "video/mp4",
        "name": "film.mp4",
    }


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_is_refused_and_not_read() -> None:
    with pytest.raises(Refused, match="is there already"):
        hand_out(Path("/dev/full"), b"note")
