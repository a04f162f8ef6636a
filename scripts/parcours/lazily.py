"""What is made once, when it is asked for.

Python 3.11 takes a lock of all things of a class each time a property is made; later versions take
none (https://docs.python.org/3/library/functools.html#functools.cached_property). What there are
tens of thousands of, as dates of series, has it from here until 3.12 is the oldest that is served.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from functools import cached_property as cached_property
else:

    class cached_property:
        """A property that is kept beside the attributes once it is made."""

        def __init__(self, make: Any) -> None:
            self.make, self.__doc__ = make, make.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self.name = name

        def __get__(self, thing: Any, owner: type | None = None) -> Any:
            if thing is None:
                return self
            made = vars(thing)[self.name] = self.make(thing)
            return made
