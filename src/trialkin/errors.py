"""Every error that Trialkin raises on purpose.

    TrialkinError                    code, message, hint; exit status 1
    ├── InvalidValue                 a value of the caller's that cannot be read; exit 2
    │   └── InvalidQuery             a search that cannot be parsed: column, what was expected
    ├── NotFound                     the library holds no such study; exit 3
    ├── UnreadableRecord             bytes that are not a study record (quarantined on import)
    │   └── TrimmedRecord            a record trimmed by its request, where the whole one is here
    ├── NothingRead                  an import that found no study record in what it was given
    ├── RefusedArchive               an archive that is broken, hostile or too large
    ├── DamagedLibrary               the library does not read back what was written; exit 4
    ├── NoLibrary                    there is no library in this folder; exit 3
    ├── NoRoom                       the disk is full
    ├── ReadOnlyLibrary              something would be written to a library that can only be read
    ├── Busy                         another process is writing to the library; exit 5
    ├── NotPrepared                  a projection that takes long to make, and has not been made yet
    ├── MissingExtra                 a feature whose optional packages are not installed
    └── RegistryError                the registry could not be asked, or its answer cannot be trusted
        ├── RegistryUnreachable      no usable answer for as long as it is right to try
        ├── RegistryRefusal          the registry says that the request itself is wrong
        └── UntrustedAnswer          an answer came, but following it would lose or invent studies

Lower layers raise; only surfaces translate. "Nothing found" is an answer, never an error; "could not look" is
an error, never an empty answer.
"""

from __future__ import annotations


class TrialkinError(Exception):
    """The base: `code` is stable and for programs, the message and `hint` are for people."""

    code = "error"
    exit_status = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InvalidValue(TrialkinError):
    """A value given by the caller cannot be read."""

    code = "invalid-value"
    exit_status = 2


class InvalidQuery(InvalidValue):
    """A search cannot be parsed; `column` counts characters from 1."""

    code = "invalid-query"

    def __init__(self, message: str, *, column: int, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.column = column


class NotFound(TrialkinError):
    """The library holds no such study."""

    code = "not-found"
    exit_status = 3


class UnreadableRecord(TrialkinError):
    """These bytes are not a study record."""

    code = "unreadable-record"


class TrimmedRecord(UnreadableRecord):
    """A record that its request trimmed (`fields=`), of which the whole is in the library: it is no update."""

    code = "trimmed"


class NothingRead(TrialkinError):
    """An import found no study record at all; what the files were has been said."""

    code = "nothing-read"


class RefusedArchive(TrialkinError):
    """An archive that is broken, hostile or beyond the limits; nothing of it was written outside the library."""

    code = "refused-archive"


class DamagedLibrary(TrialkinError):
    """The library does not read back what was written."""

    code = "damaged-library"
    exit_status = 4


class NoLibrary(TrialkinError):
    """There is no library in this folder yet."""

    code = "no-library"
    exit_status = 3


class NoRoom(TrialkinError):
    """The disk, or what this process may write, is full; what was acknowledged is kept."""

    code = "no-room"


class ReadOnlyLibrary(TrialkinError):
    """The library lies where this person cannot write; everything that only reads works."""

    code = "read-only"


class Busy(TrialkinError):
    """Another process is writing to the library."""

    code = "busy"
    exit_status = 5


class NotPrepared(TrialkinError):
    """A projection that takes long to make has not been made yet; the hint names the command."""

    code = "not-prepared"


class MissingExtra(TrialkinError):
    """A feature needs packages that are not installed; the hint names the command."""

    code = "missing-extra"


class RegistryError(TrialkinError):
    """The registry could not be asked, or its answer cannot be trusted."""

    code = "registry-error"


class RegistryUnreachable(RegistryError):
    """The network, the registry or something between gave no usable answer for as long as it is right to try."""

    code = "registry-unreachable"


class RegistryRefusal(RegistryError):
    """The registry says that the request itself is wrong; asking again would not help. `status` is HTTP's."""

    code = "registry-refusal"

    def __init__(self, message: str, *, status: int, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.status = status


class UntrustedAnswer(RegistryError):
    """The registry answered with success, but following the answer would lose or invent studies."""

    code = "untrusted-answer"
