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
    """Answers with what is there now: within the second of a date, a site is built anew."""

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def send_header(self, keyword: str, value: str) -> None:
        if keyword == "Last-Modified":
            keyword, value = "Cache-Control", "no-cache"
        super().send_header(keyword, value)


class _Server(http.server.ThreadingHTTPServer):
    """Whoever leaves a page hangs up, which is no fault."""

    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # passed on


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve *folder*; gives its address, ending with a slash."""
    handler = functools.partial(Handler, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        # Seconds after which the server sees that it shall end.
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
