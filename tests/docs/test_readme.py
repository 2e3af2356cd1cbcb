"""The README's commands are those that CI runs, and its links lead somewhere."""

import re

from tests.places import ROOT

README = (ROOT / "README.md").read_text()


def test_ci_runs_the_test_command_of_the_readme() -> None:
    (command,) = [line for line in README.splitlines() if "-m pytest" in line]

    assert command in (ROOT / ".ci" / "run").read_text().splitlines()


def test_every_link_leads_to_a_file() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)

    assert [link for link in links if not (ROOT / link).exists()] == []


def test_no_document_names_a_folder_of_one_machine() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]

    assert [
        path.name for path in documents if re.search(r"(^|[\s`(])/(home/\w+|work|root|tmp)/", path.read_text())
    ] == []
