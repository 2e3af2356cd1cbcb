"""What metrics say where there is nothing yet: a count is 0, all else is undefined and says so; nothing is of a subject."""

import pytest
from ledger_projections.metrics import METRICS
from ledger_projections.metrics.figure import NONE_YET, TOO_FEW, Metric

from tests.measuring import figures_of
from tests.views import World

OF_ENTRIES = {"M19"}
"""Every entry has them, what opened the stream included."""
BY_GRANT = {"holders_sign", "holders_accept"}
"""Who may act was said when the account was opened."""
STREAMS = ("engagement/northwind", "account/acme")
ASKED = [
    pytest.param(metric, stream, id=f"{metric.id} {stream}")
    for metric in METRICS
    for stream in STREAMS
    if stream.partition("/")[0] in metric.streams and metric.id not in OF_ENTRIES
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("nothing")).begin()


@pytest.mark.parametrize(("metric", "stream"), ASKED)
def test_a_count_of_nothing_is_0_and_all_else_is_undefined_and_says_so(
    world: World, metric: Metric, stream: str
) -> None:
    found = figures_of(metric, world.view(stream=stream))

    said = {name: one for name, one in found.items() if name not in BY_GRANT}
    assert {(one.subject, one.n) for one in said.values()} <= {("", 0)}
    assert {one.value for one in said.values()} <= {None, 0}
    assert {one.words for one in said.values() if one.value is None} <= {NONE_YET, TOO_FEW}


@pytest.mark.parametrize(
    "metric", [metric for metric in METRICS if "engagement" in metric.streams], ids=lambda one: one.id
)
def test_an_engagement_whose_account_was_not_so_yet_has_the_same_figures(world: World, metric: Metric) -> None:
    view = world.view()

    assert figures_of(metric, view.but(account=None)).keys() == figures_of(metric, view).keys()
