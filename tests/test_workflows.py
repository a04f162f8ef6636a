"""The workflows and Dependabot's settings are valid, safe and short."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from parcours.engine.store import FOLDER

ROOT = Path(__file__).resolve().parent.parent
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
DEPENDABOT = GITHUB / "dependabot.yml"
BIN = Path(sys.executable).parent
KEPT = ".cache/parcours"

PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
MAKE = re.compile(r"make [a-z]+( [A-Z]+=\w+)*")

INJECTION = """\
name: Greet
on: pull_request_target
permissions: {}
jobs:
  greet:
    name: Greet
    runs-on: ubuntu-24.04
    steps:
      - name: Greet
        run: echo "${{ github.event.pull_request.title }}"
"""

UNKNOWN_WORKFLOW_KEY = """\
name: Greet
on: push
jobs:
  greet:
    runs-on: ubuntu-24.04
    stepz:
      - run: make site
"""

UNKNOWN_DEPENDABOT_KEY = """\
version: 2
updates:
  - package-ecosystem: pip
    directory: /
    schedule:
      interval: monthly
    cooling: 7
"""


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run *tool* of the environment the tests run in."""
    return subprocess.run(
        [BIN / tool, *arguments], capture_output=True, text=True, check=False, timeout=120
    )


def zizmor(*paths: Path) -> subprocess.CompletedProcess[str]:
    """Audit *paths* without the network; any finding makes the exit code non-zero."""
    return run("zizmor", "--offline", "--no-config", "--no-progress", "--color=never", *paths)


def check_schema(schema: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    """Check *paths* against a schema that check-jsonschema carries."""
    return run("check-jsonschema", "--builtin-schema", schema, *paths)


def load(path: Path) -> dict[str, Any]:
    """Read a YAML mapping."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each step of each job of each workflow, with the workflow's file name."""
    for path in WORKFLOWS:
        for job in load(path)["jobs"].values():
            for step in job["steps"]:
                yield path.name, step


def test_the_workflows_are_there() -> None:
    names = ["check.yml", "comment.yml", "deep.yml", "diff.yml", "publish.yml"]
    assert [path.name for path in WORKFLOWS] == names


@pytest.mark.large
def test_zizmor_finds_nothing() -> None:
    result = zizmor(*WORKFLOWS, DEPENDABOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.large
def test_zizmor_finds_a_script_injection(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    broken = folder / "broken.yml"
    broken.write_text(INJECTION, encoding="utf-8")
    result = zizmor(broken)
    assert result.returncode != 0
    assert "template-injection" in result.stdout


@pytest.mark.large
def test_the_workflows_follow_their_schema() -> None:
    result = check_schema("vendor.github-workflows", *WORKFLOWS)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.large
def test_dependabot_follows_its_schema() -> None:
    result = check_schema("vendor.dependabot", DEPENDABOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.large
@pytest.mark.parametrize(
    ("schema", "text", "key"),
    [
        ("vendor.github-workflows", UNKNOWN_WORKFLOW_KEY, "stepz"),
        ("vendor.dependabot", UNKNOWN_DEPENDABOT_KEY, "cooling"),
    ],
)
def test_the_schemas_refuse_an_unknown_key(
    tmp_path: Path, schema: str, text: str, key: str
) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text(text, encoding="utf-8")
    result = check_schema(schema, broken)
    assert result.returncode == 1
    assert key in result.stdout


def test_every_action_is_pinned_by_its_commit() -> None:
    lines = [
        line.strip().removeprefix("- ")
        for path in WORKFLOWS
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert lines
    assert [line for line in lines if not PINNED.fullmatch(line)] == []
    assert len(lines) == sum("uses" in step for _, step in steps())


def test_one_action_has_one_pin() -> None:
    pins: dict[str, set[str]] = {}
    for _, step in steps():
        if "uses" in step:
            action, _, commit = step["uses"].partition("@")
            pins.setdefault(action, set()).add(commit)
    assert {action: found for action, found in pins.items() if len(found) > 1} == {}


def test_what_is_kept_is_written_by_the_main_branch_alone() -> None:
    saves = [name for name, step in steps() if "actions/cache/save@" in step.get("uses", "")]
    whole = [name for name, step in steps() if "actions/cache@" in step.get("uses", "")]
    assert set(saves) == {"publish.yml"}
    assert whole == []
    publish = yaml.load((GITHUB / "workflows" / "publish.yml").read_text("utf-8"), yaml.BaseLoader)
    triggers = publish["on"]
    assert set(triggers) == {"push", "schedule", "workflow_dispatch"}
    assert triggers["push"] == {"branches": ["main"]}


def test_what_is_kept_is_named_by_the_lock() -> None:
    lock = "parcours-${{ runner.os }}-${{ hashFiles('requirements.txt') }}-"
    kept = [step["with"] for _, step in steps() if step.get("with", {}).get("path") == KEPT]
    assert len(kept) == 4
    for one in kept:
        assert one["key"] == lock + "${{ github.run_id }}"
        assert one.get("restore-keys", lock) == lock
    assert FOLDER.as_posix() == KEPT


def test_a_site_is_compared_with_what_was_published(tmp_path: Path) -> None:
    def make(goal: str, **variables: str) -> dict[str, str]:
        output = tmp_path / "output"
        output.unlink(missing_ok=True)
        known = {"PATH": os.environ["PATH"], "GITHUB_OUTPUT": str(output), **variables}
        command = ["make", "-s", "-f", str(ROOT / "Makefile"), "-C", str(tmp_path), goal]
        subprocess.run(command, env=known, check=True, capture_output=True, timeout=60)
        text = output.read_text("utf-8") if output.exists() else ""
        return dict(line.split("=") for line in text.splitlines())

    page = tmp_path / "site" / "a b" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("x", "utf-8")
    first = make("compare")
    assert first["changed"] == "true"
    make("published", DIGEST=first["digest"])
    assert make("compare") == {"digest": first["digest"], "changed": "false"}
    page.write_text("y", "utf-8")
    assert make("compare")["changed"] == "true"
    page.write_text("x", "utf-8")
    page.rename(page.with_name("other.html"))
    assert make("compare")["changed"] == "true"


def test_every_command_is_one_goal_of_make() -> None:
    commands = [(name, step["run"]) for name, step in steps() if "run" in step]
    assert commands
    assert [found for found in commands if not MAKE.fullmatch(found[1])] == []


def test_no_workflow_holds_permissions_by_default() -> None:
    for path in WORKFLOWS:
        workflow = load(path)
        assert workflow["permissions"] == {}, path.name
        assert all("permissions" in job for job in workflow["jobs"].values()), path.name
