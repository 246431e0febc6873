"""The errors that Dateline raises on purpose."""


class DatelineError(Exception):
    """Say what is wrong with which input and what to do; the base of all errors raised on purpose."""


class InputError(DatelineError):
    """A file or text that cannot be read as a report."""


class CodebookError(DatelineError):
    """A codebook that cannot be used; the message lists every fault with file and key."""


class StoreError(DatelineError):
    """A record that cannot be opened, read or written as asked."""
