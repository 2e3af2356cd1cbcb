"""The values that properties are tried on."""

from hypothesis import strategies as st

from ledger.canonical import JSON, MAX_INTEGER

keys = st.from_regex("[a-z_][a-z0-9_]{0,11}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=24)
integers = st.integers(-MAX_INTEGER, MAX_INTEGER)

json_values: st.SearchStrategy[JSON] = st.recursive(
    texts | integers | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
json_objects: st.SearchStrategy[dict[str, JSON]] = st.dictionaries(keys, json_values, max_size=6)
