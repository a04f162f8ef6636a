"""Where the files lie that come with this package, and with that of the time zones.

The standard library's ``importlib.resources`` could also unpack them from an archive, for which it
loads a dozen modules at the first question; the engine's theme cannot be in one anyway.
"""

from __future__ import annotations

from pathlib import Path

import tzdata

OWN = Path(__file__).parent
ZONES = Path(str(tzdata.__file__)).parent
"""Of the locked ``tzdata``, with its list and its rules."""
