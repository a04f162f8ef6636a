"""A plugin of pytest under which all that comes later comes much later: `make late`.

What an answer, a timer, a frame, a message or the clipboard brings to a page is held back for half
a second. A test that does not wait for it fails here each time, and elsewhere on a busy day.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from .serving import Handler

HELD_BACK = re.compile(
    r"(?!/below/).*(?:\.json|\.woff2|/(?:mine|finding|lean-qr|worker|sw)\.js)(?:\?.*)?$"
)
"""What pages fetch of their own accord, once they are there, and the letters, which a page does
without for good when they come late; not where a site is read without a
network, of which a worker fetches a tenth ahead before its server goes."""

LATE = """
(() => {
  if (window.late) return;
  window.late = true;
  const { setTimeout: after, requestAnimationFrame: frame, fetch: ask } = window;
  const wait = (time) => new Promise((resolve) => after(resolve, time));
  window.fetch = async (...given) => { await wait(700); return ask(...given); };
  window.setTimeout = (call, time, ...given) => after(call, (time ?? 0) + 400, ...given);
  window.requestAnimationFrame = (call) => after(() => frame(call), 150);
  for (const name of ["IntersectionObserver", "ResizeObserver"]) {
    window[name] = class extends window[name] {
      constructor(call, options) {
        super((...given) => after(() => call(...given), 300), options);
      }
    };
  }
  const put = (prototype, name, made) => {
    if (prototype) prototype[name] = made(prototype[name]);
  };
  const later = (time) => (real) => function (...given) {
    after(() => real.apply(this, given), time);
  };
  put(Worker.prototype, "postMessage", later(500));
  put(XMLHttpRequest.prototype, "send", later(700));
  put(window.Clipboard?.prototype, "writeText", (real) => async function (text) {
    await wait(400);
    return real.call(this, text);
  });
})();
"""


def slowed(open_one: Callable[..., Any]) -> Callable[..., Any]:
    """Contexts or pages in which all comes later."""

    def opened(*given: object, **options: object) -> Any:
        made = open_one(*given, **options)
        made.add_init_script(LATE)
        return made

    return opened


@pytest.fixture(scope="session", autouse=True)
def _late() -> Iterator[None]:
    answer = Handler.do_GET

    def late(handler: Handler) -> None:
        if HELD_BACK.match(handler.path):
            time.sleep(0.6)
        answer(handler)

    with pytest.MonkeyPatch.context() as patched:
        for name in ("new_context", "new_page"):
            patched.setattr(Browser, name, slowed(getattr(Browser, name)))
        patched.setattr(Handler, "do_GET", late)
        yield
