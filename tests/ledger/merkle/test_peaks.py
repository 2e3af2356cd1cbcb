"""The peaks of a growing tree make the root that RFC 6962 names, whether they were read or have grown."""

import pytest
from ledger_projections.readmodel.peaks import FEW, peaks_after, peaks_at, root_of

from tests.forest import LEAVES, NODES, naive_root

SIZES = (0, 1, 2, 3, 7, 255, 256, 257, 511, 513, 1_500, 65_535, 65_536, 65_537)


@pytest.mark.parametrize("size", SIZES)
def test_peaks_read_from_the_stored_hashes_make_the_root(size: int) -> None:
    assert root_of(peaks_at(size, NODES)) == naive_root(0, size)


@pytest.mark.parametrize("size", [size for size in SIZES if size < 2_000])
@pytest.mark.parametrize("more", [0, 1, 2, 300, FEW, FEW + 1])
def test_peaks_that_have_grown_are_those_of_the_larger_tree(size: int, more: int) -> None:
    kept = b"".join(peaks_at(size, NODES))

    peaks, leaf = peaks_after(kept, size, size + more, NODES)

    assert peaks == peaks_at(size + more, NODES)
    assert leaf == (LEAVES[size + more - 1] if size + more else None)


def test_peaks_that_cannot_be_those_of_their_size_are_read_again() -> None:
    assert peaks_after(b"", 5, 6, NODES) == (peaks_at(6, NODES), LEAVES[5])
