"""The command line itself: its help, its version, and how little they take."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import parcours
from parcours.cli import main
from parcours.commands import COMMANDS
from parcours.commands.command import Command

from .conftest import Site


def said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code, whether the command returns or stops while it parses, and its output."""
    try:
        code = main(arguments)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return code, capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.name)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_command_has_an_example(
    command: Command, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shlex.split(command.example)[:2] == ["parcours", command.name]
    code, text = said([command.name, "--lang", language, "--help"], capsys)
    assert code == 0
    assert command.example in text


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(["--version"], capsys) == (0, f"parcours {parcours.__version__}\n")


@pytest.mark.large
def test_a_strict_build_stands_for_no_warning(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03\n---\n")  # no hour: a warning
    site.commit()
    folder = site.build()
    before = (folder / "comptoirs" / "un" / "index.html").read_bytes()
    site.write("webinars/un.md", "---\ntitle: Deux\nstart: 2026-12-03\n---\n")
    assert site.run("build", "-d", str(folder), "--strict", "--lang", "en") == 1
    assert "there are warnings" in capsys.readouterr().err
    assert (folder / "comptoirs" / "un" / "index.html").read_bytes() == before
    site.write("webinars/un.md", "---\ntitle: Deux\nstart: 2026-12-03 12:30\n---\n")
    site.commit()
    assert site.run("build", "-d", str(folder), "--strict") == 0


SHELLS = {
    "bash": ["bash", "-n"],
    "zsh": ["zsh", "-n"],
    "fish": ["fish", "--no-execute"],
}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes_every_word(
    shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, script = said(["completion", shell], capsys)
    assert code == 0
    for word in (*(one.name for one in COMMANDS), "webinar", "dry-run", "registration.url"):
        assert word in script
    if shutil.which(SHELLS[shell][0]) is not None:
        (tmp_path / "script").write_text(script)
        subprocess.run([*SHELLS[shell], tmp_path / "script"], check=True)


def test_bash_completes(capsys: pytest.CaptureFixture[str]) -> None:
    _, script = said(["completion", "bash"], capsys)
    ask = """
COMP_WORDS=(parcours new tr); COMP_CWORD=2; COMPREPLY=()
$(complete -p parcours | sed 's/.*-F \\([^ ]*\\).*/\\1/')
printf '%s\\n' "${COMPREPLY[@]}"
"""
    done = subprocess.run(["bash", "-c", script + ask], check=True, capture_output=True, text=True)
    assert "trip" in done.stdout.split()


@pytest.mark.parametrize("form", ["text", "github"])
def test_what_is_told_leads_to_what_explains_it(
    site: Site, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-04 12:30\n---\n")
    site.commit()
    address = "https://petit.example/x/contribuer/reference/messages/wrong-weekday/"
    assert site.run("check", "--format", form) == 1
    assert address not in "".join(capsys.readouterr())
    site.write("content/contribuer.md", "# Contribuer\n")
    site.commit()
    assert site.run("check", "--format", form) == 1
    out, err = capsys.readouterr()
    assert address in (out if form == "github" else err)


@pytest.mark.large
def test_a_reader_that_has_gone_is_told_no_traceback(site: Site) -> None:
    """`parcours check | head -1`: what is left to say is said to nobody."""
    site.write("webinars/un.md", "---\ntitle: Un\nstart: demain\n---\n")
    code = "import sys; from parcours.cli import entry; sys.argv[1:] = ['check']; entry()"
    left, right = os.pipe()
    os.close(left)
    try:
        made = subprocess.run(
            [sys.executable, "-c", code], cwd=site.root, stdout=right, stderr=subprocess.PIPE
        )
    finally:
        os.close(right)
    assert (made.returncode, made.stderr) == (141, b"")
