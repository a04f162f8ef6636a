"""A built site over loopback."""

from __future__ import annotations

import functools
import http.server
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answers with what is there now: within the second of a date, a site is built anew.

    Attributes:
        stays: the site does not change: what its pages share is asked for once by each browser.
    """

    stays = False

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def send_header(self, keyword: str, value: str) -> None:
        if keyword == "Last-Modified":
            shared = self.stays and self.path.startswith("/assets/")
            keyword, value = "Cache-Control", "max-age=3600" if shared else "no-cache"
        super().send_header(keyword, value)


class _Server(http.server.ThreadingHTTPServer):
    """Whoever leaves a page hangs up, which is no fault."""

    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # passed on


class _Staying(Handler):
    stays = True


@contextmanager
def serving(folder: Path, *, stays: bool = False) -> Iterator[str]:
    """Serve *folder*; gives its address, ending with a slash.

    Args:
        stays: nothing in it changes meanwhile.
    """
    handler = functools.partial(_Staying if stays else Handler, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        # Seconds after which the server sees that it shall end.
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
