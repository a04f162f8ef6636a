"""The commands, a module each: what it takes, and what it runs.

What a command runs is imported by its own function: the help of one waits for none.
"""

from .build import BUILD
from .check import CHECK
from .command import Command
from .compile import COMPILE
from .completion import COMPLETION
from .diff import DIFF
from .explain import EXPLAIN
from .new import NEW
from .report import REPORT
from .serve import SERVE
from .why import WHY

COMMANDS: tuple[Command, ...] = (
    NEW,
    CHECK,
    EXPLAIN,
    WHY,
    DIFF,
    REPORT,
    SERVE,
    BUILD,
    COMPILE,
    COMPLETION,
)
"""Every command, in the order of the help."""
