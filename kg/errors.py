"""The exceptions of the package, one tree.

    KgError                     anything that the package refuses or cannot do
    ├── DataError               the files are not valid                 exit code 1
    ├── UsageError              a call asks for what does not exist     exit code 2
    │   └── QueryError          a query cannot be parsed or is refused
    ├── UnreachableError        a file or store cannot be reached       exit code 3
    └── OutOfTimeError          the time limit ran out                  exit code 4

A message says where (file, line, IRI), what is wrong and what to do; its
first line stands alone.
"""


class KgError(Exception):
    """Anything that the package refuses or cannot do; `exit_code` is the command line's."""

    exit_code = 1


class DataError(KgError):
    """The project's files are not valid: syntax, vocabulary, shapes or layout."""

    exit_code = 1


class UsageError(KgError):
    """A call asks for something that does not exist or does not fit."""

    exit_code = 2


class QueryError(UsageError):
    """A query text cannot be parsed, or asks for something that is refused."""


class UnreachableError(KgError):
    """A file, folder or store is missing, damaged or cannot be written."""

    exit_code = 3


class OutOfTimeError(KgError):
    """The time limit ran out before the answer was there."""

    exit_code = 4
