"""What others wrote, brought into the ledger: JSON lines and tables, every line accounted for."""

from ledger.importing.account import Counts, RefusedRow, Row
from ledger.importing.encodings import Encoding, detect_encoding, named_encoding
from ledger.importing.jsonlines import JsonLines, as_they_are
from ledger.importing.mapping import Mapping, parse_mapping
from ledger.importing.planning import Planner
from ledger.importing.recording import record_all, record_what_can, try_all
from ledger.importing.tables import DELIMITERS, Table, detect_delimiter, named_delimiter

__all__ = [
    "DELIMITERS",
    "Counts",
    "Encoding",
    "JsonLines",
    "Mapping",
    "Planner",
    "RefusedRow",
    "Row",
    "Table",
    "as_they_are",
    "detect_delimiter",
    "detect_encoding",
    "named_delimiter",
    "named_encoding",
    "parse_mapping",
    "record_all",
    "record_what_can",
    "try_all",
]
