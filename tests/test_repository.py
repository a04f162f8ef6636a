"""The repository's own files: no registry is named, everything is pinned, every goal exists."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from datetime import date
from pathlib import Path

import yaml
from packaging.version import Version

from . import lowest

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
BUILD = ROOT / "requirements-build.txt"

# In parts, so that this file does not hold what it looks for.
REGISTRIES = [
    b"pypi" + b".org",
    b"python" + b"hosted.org",
    b"registry." + b"npmjs",
    b"deb." + b"debian",
]

# Code in Markdown: a fenced block, or a span within a line.
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def tracked() -> list[Path]:
    """The files of the repository: those git follows, and those it would if asked."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def goals() -> set[str]:
    """The goals that the Makefile declares as phony."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    found = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert found
    declared = set(found[1].split())
    rules = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert declared == rules
    return declared


def requirements(file: Path = REQUIREMENTS) -> list[str]:
    """The entries of a lock, each with its hashes on one line."""
    text = file.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip()]


def test_no_file_names_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name.decode()}"
        for path in tracked()
        for name in REGISTRIES
        if name in path.read_bytes()
    ]
    assert found == []


def test_every_requirement_is_pinned_and_hashed() -> None:
    entry = re.compile(r"[a-z0-9-]+==\S+( ; [^-]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    for file in (REQUIREMENTS, BUILD):
        assert requirements(file)
        assert [line for line in requirements(file) if not entry.fullmatch(line)] == []


def test_the_requirements_name_no_host_and_no_path() -> None:
    text = REQUIREMENTS.read_text(encoding="utf-8") + BUILD.read_text(encoding="utf-8")
    assert "://" not in text
    assert re.findall(r"^\s*-(?!-hash=).*", text, re.MULTILINE) == []
    assert re.findall(r"(?:^|[\s=])/\w.*", text) == []


def test_what_node_runs_is_locked_by_its_content_and_names_no_host() -> None:
    locks = [path for path in tracked() if path.name == "package-lock.json"]
    assert {path.parent.name for path in locks} == {"linters", "readers", "tools"}
    for path in locks:
        lock = json.loads(path.read_text(encoding="utf-8"))
        packages = {name: about for name, about in lock["packages"].items() if name}
        assert packages
        for name, about in packages.items():
            assert about["integrity"].startswith("sha512-"), name
            assert "resolved" not in about, name


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
        *project["build-system"]["requires"],
    ]
    names = {re.split(r"[^\w.-]", item)[0].lower().replace("_", "-") for item in wanted}
    locked = {line.partition("==")[0] for line in requirements()}
    assert names - locked == set()


def test_every_lower_bound_is_a_version() -> None:
    assert len(list(lowest.constraints())) > 25
    locked = dict(line.split(" ")[0].split("==") for line in requirements())
    for one in lowest.constraints():
        name, _, bound = one.partition("==")
        assert Version(bound) <= Version(locked[name.lower().replace("_", "-")]), name


def test_every_goal_that_a_guide_names_exists() -> None:
    named: dict[str, set[str]] = {}
    for guide in sorted(ROOT.glob("*.md")):
        code = "\n".join(CODE.findall(guide.read_text(encoding="utf-8")))
        named[guide.name] = set(re.findall(r"\bmake ([a-z]+)", code))
    assert named["README.md"]
    known = goals()
    assert {name: found - known for name, found in named.items() if found - known} == {}


def test_every_decision_is_dated_and_linked() -> None:
    files = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [int(file.name.partition("-")[0]) for file in files]
    assert len(set(numbers)) == len(numbers)
    for number, file in zip(numbers, files, strict=True):
        assert file.name.startswith(f"{number:04d}-")
        title, blank, day = file.read_text(encoding="utf-8").splitlines()[:3]
        assert re.fullmatch(rf"# {number}\. \S.*", title), file.name
        assert blank == ""
        date.fromisoformat(day)
    guide = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\((docs/decisions/[^)]+\.md)\)", guide)
    assert sorted(linked) == [file.relative_to(ROOT).as_posix() for file in files]


def test_every_file_that_a_guide_links_exists() -> None:
    for guide in ROOT.glob("*.md"):
        text = CODE.sub("", guide.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
            assert "://" in target or (ROOT / target).exists(), (guide.name, target)


def test_what_runs_before_a_commit_is_what_lints() -> None:
    """Local hooks alone: nothing is fetched, and every tool is the locked one."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    hooks = {hook["entry"] for repo in config["repos"] for hook in repo["hooks"]}
    shown = subprocess.run(
        ["make", "-n", "lint"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    linters = set(re.findall(r"^\.venv/bin/(?:ruff|mypy).*$", shown, re.MULTILINE))
    assert len(linters) == 3
    assert hooks == linters | {"make --silent web", ".venv/bin/parcours check"}


def test_the_makefile_has_its_goals() -> None:
    assert goals() == {
        *("help", "site", "serve", "check", "quick", "test", "lint", "web", "same", "lowest"),
        *("bench", "system", "lock", "catalogues", "format", "clean", "diff", "comment", "late"),
        *("pictures", "screens", "handover", "deep", "compare", "published", "cold"),
    }


def test_help_names_every_goal() -> None:
    shown = subprocess.run(
        ["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert set(re.findall(r"^make ([a-z]+)", shown, re.MULTILINE)) | {"help"} == goals()
