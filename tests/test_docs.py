"""What the documents say can be done, can be done; and what can be done, they say."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from checklists.states import Finding
from guide.arguments import Parser, add_common
from guide.cli import COMMANDS, VERSION

ROOT = Path(__file__).parent.parent
DOCS = {p.relative_to(ROOT).as_posix(): p.read_text("utf-8") for p in (ROOT / "docs").rglob("*.md")}
README = (ROOT / "README.md").read_text("utf-8")
ALL = "\n".join([README, *DOCS.values()])
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def options(command: str) -> set[str]:
    """The long options a command takes."""
    parser = Parser(command, "")
    import_module(f"guide.commands.{command}_command").arguments(parser)
    add_common(parser)
    return set(re.findall(r"--[a-z-]+", parser.format_help()))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"traad {command}" in ALL


@pytest.mark.parametrize("command", [c for c in COMMANDS if "--json" in options(c)])
def test_every_json_answer_is_documented(command: str) -> None:
    assert f"`traad {command}" in DOCS["docs/json.md"]


def test_documented_calls_use_commands_and_options_that_exist() -> None:
    calls = re.findall(r"(?:^|`|\s)traad ((?:[a-z]+)(?:[^`\n|]*))", ALL)
    for call in calls:
        command, *rest = call.split()
        if command not in COMMANDS:
            continue
        used = set(re.findall(r"(?<!\S)\[?(--[a-z-]+)", " ".join(rest)))
        assert used <= options(command), call


def test_every_key_of_a_finding_is_documented() -> None:
    section = DOCS["docs/json.md"].partition("## A finding")[2]
    keys = {*Finding.__dataclass_fields__, "id"}
    assert {key for key in keys if f"`{key}`" not in section} == set()


def test_readme_names_make_targets_that_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, flags=re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", README, flags=re.MULTILINE))
    assert {"run", "test", "demo", "check", "bench"} <= named <= targets


def test_make_help_names_every_target() -> None:
    targets = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, flags=re.MULTILINE)[1].split()) - {"help"}
    assert targets == set(re.findall(r'@echo "make ([a-z]+)', MAKEFILE))


def test_continuous_integration_runs_what_a_developer_runs() -> None:
    assert "exec make test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_changelog_tells_of_this_version() -> None:
    assert f"\n## {VERSION}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["README.md", *DOCS])
def test_links_lead_somewhere(name: str) -> None:
    text = README if name == "README.md" else DOCS[name]
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    missing = [link for link in links if "://" not in link and not ((ROOT / name).parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("file", ["constraints.txt", "pyproject.toml", "Makefile", "README.md", *DOCS])
def test_no_registry_and_no_machine_is_named(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert not re.search(r"index-url|find-links|p[y]pi\.|files\.python|/hom[e]/|/roo[t]/|/User[s]/", text)


def test_every_dependency_is_pinned() -> None:
    pinned = {line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()}
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    assert {re.split(r"[\[<>=;~ ]", w)[0].lower() for w in wanted} <= pinned
