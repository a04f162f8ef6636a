"""Questions in a terminal, with completion; prompt_toolkit reads the keys and draws the menu."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cached_property

from ..i18n import Translator
from ..letters import normal
from ..problems import N_
from .dialogue import Offer, Question

_SHOWN = 6
"""So many offers are printed with their question; more are shown by Tab."""


class Terminal:
    """Asks on the standard error: the standard output is for what is written."""

    def __init__(self, tr: Translator) -> None:
        self._tr = tr

    def ask(self, question: Question) -> str:
        """An answer that the question does not refuse.

        Raises:
            KeyboardInterrupt: the person wants to stop.
        """
        self.tell("")
        self.tell(question.text)
        if question.hint:
            self.tell(f"  {question.hint}")
        if question.offers:
            self._show(question)
        text = ""
        while True:
            try:
                text = self._prompt(question, text).strip()
            except EOFError:
                raise KeyboardInterrupt from None
            wrong = question.refusal(text)
            if not wrong:
                return text
            self.tell(f"  {wrong}")

    def tell(self, text: str) -> None:
        """A line of the conversation."""
        print(text, file=sys.stderr, flush=True)

    def _show(self, question: Question) -> None:
        if len(question.offers) > _SHOWN:
            self.tell("  " + self._tr.gettext(N_("Tab shows what is known")))
            return
        width = max(len(one.value) for one in question.offers)
        for one in question.offers:
            self.tell(f"  {one.value:{width}}  {one.about}".rstrip())

    @cached_property
    def _prompt(self) -> Callable[[Question, str], str]:
        """Reads a line. Its library is loaded while the first question is being read."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.completion import CompleteEvent, Completer, Completion
        from prompt_toolkit.document import Document
        from prompt_toolkit.output import create_output

        session: PromptSession[str] = PromptSession(
            output=create_output(stdout=sys.stderr), reserve_space_for_menu=_SHOWN
        )

        class Offered(Completer):
            def __init__(self, question: Question) -> None:
                self._question = question

            def get_completions(
                self, document: Document, event: CompleteEvent
            ) -> Iterator[Completion]:
                word, fitting = fits(self._question, document.text_before_cursor)
                for one in fitting:
                    yield Completion(one.value, -len(word), display_meta=one.about)

        def prompt(question: Question, text: str) -> str:
            return session.prompt("> ", completer=Offered(question), default=text)

        return prompt


def fits(question: Question, typed: str) -> tuple[str, list[Offer]]:
    """The word that is being typed, and what it may become: what holds it, or is said with it."""
    word = typed.rpartition(",")[2].lstrip() if question.several else typed
    wanted = _folded(word)
    return word, [one for one in question.offers if wanted in _folded(f"{one.value} {one.about}")]


def _folded(text: str) -> str:
    return normal("NFC", text).casefold()
