"""How a column of type `json` writes its value: compact UTF-8 with sorted keys, in every table alike."""

import orjson


def json_text(value: object) -> str:
    """Return *value* as the text that stands in a row."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
