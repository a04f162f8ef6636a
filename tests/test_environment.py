"""What a build takes from outside: an input, which is handed on as values and never written."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parcours.cli import main
from parcours.engine.build import build
from parcours.engine.environment import NoInstant, Surroundings, lent, read_instant, surroundings
from parcours.engine.opening import compile_only, open_config
from parcours.problems import Problems

from .conftest import NOW, Site
from .test_build import contents

LATER = "2027-01-24T09:00:00Z"


def status(arguments: list[str]) -> int:
    """The exit code of the command, whether it returns or is stopped while it parses."""
    try:
        return main(arguments)
    except SystemExit as stopped:
        return int(stopped.code or 0)


@pytest.mark.parametrize(
    "command", [pytest.param("build", marks=pytest.mark.large), "check", "compile"]
)
@pytest.mark.parametrize("before", [{}, {"SOURCE_DATE_EPOCH": "1700000000", "PARCOURS_LANG": "fr"}])
def test_the_environment_is_as_before(
    command: str, before: dict[str, str], smallest: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SOURCE_DATE_EPOCH", "PARCOURS_LANG", "NO_MKDOCS_2_WARNING"):
        monkeypatch.delenv(name, raising=False)
    for name, value in before.items():
        monkeypatch.setenv(name, value)
    there = dict(os.environ)
    folder = {"build": ["-d", "out"], "compile": ["-o", "out"]}.get(command, [])
    monkeypatch.chdir(smallest.root)
    assert smallest.run(command, *folder, "--lang", "en") == 0
    assert dict(os.environ) == there
    smallest.write("webinars/one.md", "---\ntitle: One\n---\n")
    assert smallest.run(command, *folder, "--lang", "en") == 1
    assert dict(os.environ) == there


def test_what_the_engine_changes_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    there = dict(os.environ)

    def stop() -> None:
        with lent(SOURCE_DATE_EPOCH="2", PARCOURS_TEST="3"):
            assert os.environ["SOURCE_DATE_EPOCH"] == "2"
            os.environ["PARCOURS_OTHER"] = "4"
            del os.environ["PATH"]
            raise KeyError

    with pytest.raises(KeyError):
        stop()
    assert dict(os.environ) == there


@pytest.mark.large
def test_two_sites_of_one_process_do_not_mix(
    site: Site, smallest: Site, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    alone = [contents(smallest.build(now=NOW)), contents(site.build(now=LATER))]
    first = Surroundings(now=datetime.fromisoformat(NOW), language="fr")
    second = Surroundings(now=datetime.fromisoformat(LATER), language="en")
    opened = [
        open_config(smallest.root / "mkdocs.yml", first),
        open_config(site.root / "mkdocs.yml", second),
    ]
    assert opened[0].plugin is not opened[1].plugin
    assert [one.messages.language for one in opened] == ["fr", "en"]
    built = [build(one, tmp_path / str(n)) for n, one in enumerate(opened)]
    assert [contents(one.folder) for one in built] == alone
    for made, name, word in zip((smallest, site), ("one", "un"), ("ajoutez", "add"), strict=True):
        made.write(f"webinars/{name}.md", "---\ntitle: One\n---\n")
        one = opened.pop(0)
        problems = Problems()
        assert compile_only(one, problems) is None
        (error,) = [found for found in problems.sorted() if found.severity == "error"]
        assert word in error.line(one.messages)


@pytest.mark.large
def test_the_option_and_the_variable_give_the_same_bytes(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    by_option = contents(site.build(now=LATER))
    seconds = int(datetime.fromisoformat(LATER).timestamp())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))
    command = ["build", "-f", str(site.root / "mkdocs.yml"), "-d"]
    assert main([*command, str(tmp_path / "variable")]) == 0
    assert contents(tmp_path / "variable") == by_option
    # What is asked for goes before what is there, even where that is no instant.
    for other in ("1700000000", "tomorrow"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", other)
        assert main([*command, str(tmp_path / "option"), "--now", str(seconds)]) == 0
        assert contents(tmp_path / "option") == by_option


NO_INSTANTS = [
    "tomorrow",
    "-1",
    "1e9",
    "17955108.5",
    "0x10",
    "4294967296",
    "253402300800",
    "9" * 30,
    "9" * 5000,
    "١٧٩٥٥١٠٨٠٠",
    "²",
]


@pytest.mark.parametrize("value", NO_INSTANTS, ids=lambda value: str(value)[:16])
@pytest.mark.parametrize("command", ["build", "check", "compile", "serve"])
def test_a_variable_that_is_no_instant_is_told(
    command: str,
    value: str,
    smallest: Site,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    monkeypatch.chdir(smallest.root)
    assert status([command, "--lang", "en", *(["-o", "out"] if command == "compile" else [])]) == 2
    printed = capfd.readouterr()
    assert f"SOURCE_DATE_EPOCH: « {value} » is not an instant" in printed.err
    assert "Traceback" not in printed.err + printed.out
    assert sorted(one.name for one in smallest.root.iterdir()) == [
        "content",
        "mkdocs.yml",
        "webinars",
    ]


@pytest.mark.parametrize(
    "value",
    [
        *NO_INSTANTS,
        "99999-01-01",
        "9999-12-31T23:59Z",
        "2107-01-01",
        "1969-12-31T23:59:59Z",
        "0001-01-01T00:00+23:59",
        "2026-13-01",
        "2026-12-03T25:00Z",
        "",
    ],
    ids=lambda value: str(value)[:24],
)
def test_an_option_that_is_no_instant_is_told(
    value: str, smallest: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    file = str(smallest.root / "mkdocs.yml")
    assert status(["check", "-f", file, f"--now={value}", "--lang", "en"]) == 2
    printed = capfd.readouterr()
    assert f"« {value} » is not an instant" in printed.err
    assert "Traceback" not in printed.err


@pytest.mark.large
def test_the_first_and_the_last_instant_build(smallest: Site) -> None:
    for now in ("0", "1970-01-01T01:00+01:00", "4294967295", "2106-02-07T06:28:15Z"):
        smallest.build(now=now)


def test_an_instant_is_read_to_the_second_and_in_its_zone() -> None:
    expected = datetime(2026, 12, 3, 12, 30, tzinfo=UTC)
    for text in ("2026-12-03T12:30Z", "2026-12-03 12:30", "2026-12-03T13:30+01:00", "1796301000"):
        assert read_instant(text) == expected, text
    assert read_instant("2026-12-03T12:30:00.999Z") == expected
    with pytest.raises(NoInstant):
        read_instant("12:30")


@pytest.mark.large
def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch, smallest: Site) -> None:
    for name in ("SOURCE_DATE_EPOCH", "PARCOURS_LANG", "CI"):
        monkeypatch.setenv(name, "")
    assert surroundings() == Surroundings()
    assert main(["build", "-f", str(smallest.root / "mkdocs.yml")]) == 0


@pytest.mark.large
@pytest.mark.parametrize("said", ["tomorrow", ""])
def test_plain_mkdocs_tells_of_a_variable_that_is_no_instant(smallest: Site, said: str) -> None:
    env = {**os.environ, "SOURCE_DATE_EPOCH": said, "PARCOURS_LANG": "en"}
    command = [sys.executable, "-m", "mkdocs", "build"]
    done = subprocess.run(command, cwd=smallest.root, env=env, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"SOURCE_DATE_EPOCH: « {said} » is not an instant" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("said", ["2026-13-45", "9" * 5_000])
def test_what_the_environment_holds_for_the_configuration_may_be_no_value(
    smallest: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    monkeypatch.setenv("NAME_OF_IT", said)
    config = (smallest.root / "mkdocs.yml").read_text("utf-8")
    smallest.write("mkdocs.yml", f"{config}copyright: !ENV NAME_OF_IT\n")
    assert smallest.run("check") == 1
    line = config.count("\n") + 1
    assert f"mkdocs.yml:{line}:12: error[config]" in capsys.readouterr().out
    smallest.write("above.yml", "copyright: !ENV NAME_OF_IT\n")
    smallest.write("mkdocs.yml", f"INHERIT: above.yml\n{config}")
    assert smallest.run("check") == 1
    assert "mkdocs.yml:1:1: error[config]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("event", "told"), [("push", True), ("schedule", True), ("pull_request", False)]
)
def test_the_address_of_examples_is_told_where_a_site_is_published(
    event: str,
    told: bool,
    smallest: Site,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    smallest.commit()
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("GITHUB_EVENT_NAME", event)
    smallest.run("check")
    assert ("warning[placeholder-address]" in capsys.readouterr().out) == told
