"""Errors that tell nothing of a patient: only what kind they are and where in the code.

Must not know: anything about patients.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import TrialkinError


@contextmanager
def private() -> Iterator[None]:
    """Inside, an unforeseen error loses its words: they could repeat a note, and would stand in a traceback or a log.

    Raises:
        TrialkinError: in place of it, with its type and the line of code; errors raised on purpose pass.
    """
    try:
        yield
    except TrialkinError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, its words may be the patient's
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
        raise TrialkinError(
            f"something went wrong ({type(error).__name__} at {where}); nothing was kept"
        ) from None
