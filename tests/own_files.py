"""Files with tables of somebody's own: sound ones, and those with which something is wrong, and what is said of each."""

SOUND = """
from ledger_projections import Column, Row, Table

def rows(view):
    for fact in view.state.history[:1]:
        yield Row({"said": fact.event.short_name}, [fact])

TABLE = Table("sound", "What was said first.", ("said",), (Column("said", "text", "The type."),), rows)
"""

ALL = """
from ledger_projections import Column, Row, Table

def rows(view):
    for fact in view.state.history:
        yield Row({"number": fact.entry.position, "said": fact.visibility}, [fact])

COLUMNS = (Column("number", "integer", "The entry."), Column("said", "text", "Whether it is shared."))
TABLE = Table("everything", "Every entry.", ("number",), COLUMNS, rows)
"""

CALLED = """
from itertools import chain
from ledger_projections import *

def rows(view):
    known, dialogue, as_of = view.known, view.dialogue, parse_instant(view.as_of)
    if known is None:
        return
    (slip,) = known.engagement.slips
    course = course_of(known, slip, as_of)
    counted = chain(
        obligations_of(known, as_of), requests_of(known, dialogue, as_of), tidings_of(known, view.state, as_of), gaps_of(known),
        misgivings_of(known, dialogue, as_of), outcomes_of(known, as_of),
        *(occurrences_of(known, dialogue, cadence, as_of) for cadence in dialogue.cadences.values()),
    )
    to = course.report.event.to
    told = written(course.told)
    assert people(view, to) == person(view, to[0]) and not is_day(told)
    known_facts = all(isinstance(fact, Fact) for fact in course.facts)
    said = f"{slip} {course.slip.milestone_id} {people(view, to)} {told} {known_facts} {visibility(course.facts)}"
    yield Row({**owner(view), "said": said, "counted": len(list(counted)), "visibility": "shared"}, course.facts)

COLUMNS = (*WHOSE, Column("said", "text", "Words."), Column("counted", "integer", "Things."), VISIBILITY)
TABLE = Table("called", "All that the page names.", ("said",), COLUMNS, rows)
"""

BROKEN = """
from ledger_projections import *
import datetime, random, time, uuid

SAID = Column("said", "text", "What was said.")

def one(view, value="x"):
    for fact in view.state.history[:1]:
        yield Row({"said": value}, [fact])

def table(name="broken", description="A table.", key=("said",), columns=(SAID,), rows=one, **more):
    return Table(name, description, key, columns, rows, **more)

def of(type, value, nullable=False):
    return table(columns=(SAID._replace(type=type, nullable=nullable),), rows=lambda view: one(view, value))

"""

CASES = {
    "no Python": ("TABLE = Table(", "SyntaxError: '(' was never closed, line 17"),
    "no table": ("x = 1", "it names no TABLE, and no TABLES"),
    "another thing": ("TABLE = 'slips'", "a str is named where a Table should be"),
    "leaves when it is read": ("raise SystemExit(0)", "SystemExit: 0, line 17"),
    "lacks a module": ("import nowhere_to_be_found", "ModuleNotFoundError: No module named 'nowhere_to_be_found'"),
    "a name of ours": ("TABLE = table('slips')", 'the name "slips" is taken by a table of the ledger'),
    "a name of the dictionary": ("TABLE = table('freshness')", 'the name "freshness" is taken by a table of the ledger'),
    "a name of another's": ("TABLES = [table(), table()]", 'the name "broken" is taken by ~/own/projec'),
    "no name": ("TABLE = table('Late; DROP TABLE slips')", "its name is 'Late; DROP TABLE slips'; a name is at most"),
    "a name that no sheet can have": (f"TABLE = table('{'x' * 32}')", "a name is at most 31 small letters"),
    "a name that cannot be said": (
        "class Odd(str):\n    def __repr__(self): raise self\n    __eq__ = __hash__ = __repr__\nTABLE = table(Odd('X'))",
        "Not sound",
    ),
    "a number for a name": ("TABLE = table(7)", "its name is 7; a name is at most 31 small letters"),
    "a word of SQL": ("TABLE = table('order')", 'its name is "order", a word that databases keep for themselves'),
    "no description": ("TABLE = table(description=' ')", "it has no description"),
    "no columns": ("TABLE = table(columns=())", "columns must be a tuple of Column"),
    "columns of text": ("TABLE = table(columns=('said',))", "columns must be a tuple of Column"),
    "a type unknown": ("TABLE = of('txt', 'x')", 'column "said" is of type "txt"; there are text'),
    "a type without likeness": ("TABLE = of('money', 'x')", "there are text, integer, number, boolean, day"),
    "a column of ours": ("TABLE = table(columns=(SAID._replace(name='entries'),))", '"entries" is one that every row is given'),
    "a column twice": ("TABLE = table(columns=(SAID, SAID))", 'column "said" stands there twice'),
    "a column that a twin is called": (
        "TABLE = table(columns=(SAID, SAID._replace(name='at', type='day'), SAID._replace(name='due', type='moment'),"
        " SAID._replace(name='due_unix')))",
        'column "due_unix" stands there twice',
    ),
    "a column without meaning": ("TABLE = table(columns=(SAID._replace(description=''),))", 'column "said" has no description'),
    "no key": ("TABLE = table(key=())", "key must be a tuple of the columns that tell rows apart"),
    "a key that is no column": ("TABLE = table(key=('slip',))", 'key names "slip", which is no column'),
    "streams that are none": ("TABLE = table(streams={'client'})", "streams must be a set of engagement, account and practice"),
    "no function": ("TABLE = table(rows=None)", "rows is no function"),
    "a function that fails": ("def rows(view):\n    return {}['S1']\nTABLE = table(rows=rows)", "KeyError: 'S1', line 18"),
    "an error that cannot be said": (
        "class Odd(Exception):\n    def __str__(self): raise self\ndef rows(view): raise Odd\nTABLE = table(rows=rows)",
        "<exception str() failed>, line 19",
    ),
    "a terminal's own words": ("def rows(view): raise ValueError('\\x1b[2J')\nTABLE = table(rows=rows)", r"Error: \x1b[2J"),
    "a function that leaves": ("def rows(view): exit()\nTABLE = table(rows=rows)", "SystemExit: None, line 17"),
    "a function without end": ("def rows(view): return rows(view)\nTABLE = table(rows=rows)", "RecursionError"),
    "no rows": ("TABLE = table(rows=lambda view: None)", "TypeError: 'NoneType' object is not iterable"),
    "rows that are none": ("TABLE = table(rows=lambda view: ['x'])", "rows() gives a str where a Row should be"),
    "a row without facts": ("TABLE = table(rows=lambda view: [Row({'said': 'x'}, ['#1'])])", "the facts of a row must be"),
    "a value missing": ("TABLE = table(rows=lambda view: [Row({}, [])])", "a row lacks said; what is not known is None"),
    "a value too many": (
        "TABLE = table(rows=lambda view: [Row({'said': 'x', 'why': ''}, [])])",
        "a row has why, which is no column",
    ),
    "a key that repeats": ("TABLE = table(rows=lambda view: [*one(view), *one(view)])", "have the key 'x'"),
    "a number as text": ("TABLE = of('text', 1)", "said is 1, which is no text"),
    "a float": ("TABLE = of('number', 0.5)", "said is 0.5, which is neither an int nor a Decimal"),
    "nothing where something must be": ("TABLE = of('day', None)", "said is None, and the column is not nullable"),
    "today": ("TABLE = table(rows=lambda view: one(view, str(datetime.date.today())))", "(date.today(), broken.py line 17)"),
    "now": ("TABLE = table(rows=lambda view: one(view, str(datetime.datetime.now())))", "reads the clock"),
    "the time": ("TABLE = table(rows=lambda view: one(view, str(time.time())))", "(time(), broken.py line 17)"),
    "dice": ("TABLE = table(rows=lambda view: one(view, str(random.random())))", "throws dice"),
    "new ids": ("TABLE = table(rows=lambda view: one(view, str(uuid.uuid4())))", "throws dice (urandom(), uuid.py line "),
    "what it remembers": (
        "seen = []\ndef rows(view):\n    seen.append(1)\n    return one(view, str(len(seen)))\nTABLE = table(rows=rows)",
        "made twice of the same entries, its rows differ",
    ),
}  # fmt: skip
