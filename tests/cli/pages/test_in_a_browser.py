"""Pages of pictures in a browser: nothing is fetched, nothing runs, anybody can read them, by day, by night, on a phone."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.pages.test_pages import at_the_end

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no page is looked at.")
axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: no page is looked at.")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="There is no Chromium here: no page is looked at.")

WAYS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    terminal = at_the_end(tmp_path_factory.mktemp("looked-at"), "plain")
    assert terminal.run("engage report --html pages --reader consultant").code == 0
    return terminal.folder / "pages"


class Looked:
    """A page as a browser shows it, with all that it says and asks for meanwhile."""

    def __init__(self, browser: Any, path: Path, width: int, scheme: str) -> None:
        self.said: list[str] = []
        self.page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.said.append(request.url))
        self.page.goto(path.as_uri())


@pytest.mark.parametrize(("width", "scheme"), WAYS)
@pytest.mark.parametrize("name", ["northwind", "harbour", "index"])
def test_a_page_asks_for_nothing_and_anybody_can_read_it(
    browser: Any, folder: Path, name: str, width: int, scheme: str
) -> None:
    path = folder / f"{name}.html"
    looked = Looked(browser, path, width, scheme)

    found = looked.page.evaluate(f"{axe.AXE_SCRIPT}; axe.run(document, {{resultTypes: ['violations']}})")

    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert looked.said == [path.as_uri()]
    assert looked.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_its_policy_lets_no_other_style_and_no_script_in(browser: Any, folder: Path, tmp_path: Path) -> None:
    meddled = tmp_path / "meddled.html"
    page = (folder / "northwind.html").read_text("utf-8")
    meddled.write_text(
        page.replace("</body>", "<style>body { color: red }</style><script>document.title = 'run'</script></body>"),
        "utf-8",
    )

    looked = Looked(browser, meddled, 1280, "light")

    assert looked.page.title() == "northwind"
    assert looked.page.evaluate("getComputedStyle(document.body).color") != "rgb(255, 0, 0)"
    assert sum("Content Security Policy" in said for said in looked.said) == 2


def test_a_phone_is_shown_the_small_drawing_and_a_desk_the_large_one(browser: Any, folder: Path) -> None:
    visible = "[...document.querySelectorAll('.picture svg')].filter(e => e.checkVisibility()).map(e => e.clientWidth)"

    small, large = (
        Looked(browser, folder / "northwind.html", width, "light").page.evaluate(visible) for width in (390, 1280)
    )

    assert len(small) == len(large) == 7
    assert max(small) <= 350
    assert max(large) > 700


def test_somebody_without_a_mouse_may_pass_a_picture_or_follow_its_marks(browser: Any, folder: Path) -> None:
    page = Looked(browser, folder / "northwind.html", 1280, "light").page
    page.locator("a.past").first.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).clipPath") == "none"

    page.keyboard.press("Tab")
    mark = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")

    assert mark.startswith("M2 ")
    assert page.evaluate("document.querySelector(':target').tagName") == "TR"


def test_on_paper_every_table_is_open(browser: Any, folder: Path) -> None:
    page = Looked(browser, folder / "northwind.html", 1280, "light").page
    page.emulate_media(media="print")

    heights = page.evaluate(
        "[...document.querySelectorAll('.picture details table')].map(e => e.getBoundingClientRect().height)"
    )
    assert len(heights) == 7
    assert min(heights) > 20
