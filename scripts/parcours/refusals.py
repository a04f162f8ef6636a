"""Why the operating system refuses something, in words of the catalogues in place of its own."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from .problems import N_

FORBIDDEN = N_("its permissions forbid it")
IS_FOLDER = N_("it is a folder")
UNWRITABLE = N_("« {folder} » cannot be written: {reason}")
"""Of what could not be written, with the reason."""

_LEADS_NOWHERE = N_("it is a link that leads to nothing")
_FULL = N_("the disk is full")
_TOO_MANY_OPEN = N_("too many files are open at once: close other programs")
_NO_DEVICE = N_("its disk or device is not there any more")
_IN_USE = N_("another program is using it")
_UNSUPPORTED = N_("this disk cannot do that")

_REASONS: Mapping[int, str] = {
    errno.EPERM: FORBIDDEN,
    errno.EACCES: FORBIDDEN,
    errno.ENOENT: N_("nothing of that name is there"),
    errno.EEXIST: N_("something of that name is there already"),
    errno.ENOTDIR: N_("part of its path is a file, and no folder"),
    errno.EISDIR: IS_FOLDER,
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.EILSEQ: N_("its name has signs that this disk does not take"),
    errno.ELOOP: N_("it is a link that leads back to itself"),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: N_("the room that you are given on this disk is used up"),
    errno.EFBIG: N_("it is larger than a file may be there"),
    errno.EROFS: N_("this disk can only be read"),
    errno.EIO: N_("the disk does not answer as it should: it may be damaged"),
    errno.ESTALE: _NO_DEVICE,
    errno.ENODEV: _NO_DEVICE,
    errno.ENXIO: _NO_DEVICE,
    errno.EXDEV: N_("it would go from one disk to another"),
    errno.EINVAL: _UNSUPPORTED,
    errno.ENOSYS: _UNSUPPORTED,
    errno.EOPNOTSUPP: _UNSUPPORTED,
    errno.EBUSY: _IN_USE,
    errno.EADDRINUSE: _IN_USE,
    errno.EADDRNOTAVAIL: N_("this computer does not have it"),
    errno.EMFILE: _TOO_MANY_OPEN,
    errno.ENFILE: _TOO_MANY_OPEN,
    errno.ENOMEM: N_("no memory is left"),
    errno.EPIPE: N_("whoever was to read it has gone"),
    errno.ECONNRESET: N_("whoever was to read it has gone"),
    errno.ETIMEDOUT: N_("it has not answered in time"),
}


def reason_of(error: OSError) -> str:
    """Why the system refuses, as a message of the catalogues; a name of POSIX for what is rare."""
    name = error.filename
    if error.errno == errno.ENOENT and isinstance(name, str | Path) and Path(name).is_symlink():
        return _LEADS_NOWHERE
    number = error.errno or 0
    return _REASONS.get(number) or errno.errorcode.get(number) or type(error).__name__
