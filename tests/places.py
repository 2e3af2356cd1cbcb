"""Where the tests find what is not theirs: the tree, its pages, frozen vectors, strangers' programs, real data."""

import os
from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
DOCS = ROOT / "docs"
VECTORS = TESTS / "vectors"
STRANGERS = TESTS / "strangers"
REAL_DATA = Path(os.environ.get("LEDGER_REAL_DATA", ROOT.parent / "shared" / "data")).resolve()
"""What others made, if it is here."""
