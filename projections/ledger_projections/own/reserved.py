"""Words that SQLite, DuckDB or PostgreSQL reserve: a name among them would have to be quoted by everybody who asks."""

RESERVED_BY_SQL = frozenset(
    """
    add all alter analyse analyze and anti any array as asc asof asymmetric at authorization autoincrement
    between binary both by case cast check collate collation column commit concurrently constraint create
    cross current_catalog current_date current_role current_schema current_time current_timestamp current_user
    default deferrable delete desc describe distinct do drop else end escape except exists false fetch for
    foreign freeze from full glob grant group having if ilike in index initially inner insert intersect into
    is isnull join lambda lateral leading left like limit localtime localtimestamp natural not nothing notnull
    null offset on only or order outer overlaps pivot pivot_longer pivot_wider placing positional primary
    qualify references returning right select semi session_user set show similar some summarize symmetric
    table tablesample then to trailing transaction true union unique unpack unpivot update user using values
    variadic verbose when where window with
    """.split()  # noqa: SIM905 -- words read better without quotes
)
