"""Numbered pieces of work, done in processes of their own when one core would take too long.

A process is a plain interpreter that reads its work from a pipe: the program that asks needs no guard around its
main module, as `multiprocessing` would, and a process ends with its pipe, so none outlives a killed parent by more
than the piece in hand. Must not know what the work is.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue

from ..errors import TrialkinError

Job = Callable[[int], None]
"""Does the piece of a number and leaves its result in a file; can be pickled."""

MOST = 4
"""Processes at once: each holds its own tables, and memory is to stay small on machines of many cores."""


def available() -> int:
    """How many processes are worth starting here."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        cores = os.cpu_count() or 1
    return min(MOST, cores)


def each(job: Job, count: int, *, processes: int) -> Iterator[int]:
    """Do the pieces 0 … count − 1, yielding the number of each as it is done, in no order.

    processes: 0 does them here. A process of its own computes with one thread, so that their number changes nothing.

    Raises:
        TrialkinError: a process ended by itself. What a piece raises is raised here, and the others are stopped.
    """
    if processes == 0:
        for number in range(count):
            job(number)
            yield number
        return
    waiting: SimpleQueue[int] = SimpleQueue()
    for number in range(count):
        waiting.put(number)
    done: SimpleQueue[int | Exception] = SimpleQueue()
    workers = [_start(job) for _ in range(min(processes, count))]
    try:
        for worker in workers:
            threading.Thread(target=_feed, args=(worker, waiting, done), daemon=True).start()
        for _ in range(count):
            answer = done.get()
            if isinstance(answer, Exception):
                raise answer
            yield answer
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def _start(job: Job) -> subprocess.Popen[bytes]:
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    found = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    worker = subprocess.Popen(
        [sys.executable, "-P", "-c", f"from {__name__} import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **one_thread, **found},
    )
    _send(worker, job)
    return worker


def _send(worker: subprocess.Popen[bytes], what: object) -> None:
    assert worker.stdin is not None
    pickle.dump(what, worker.stdin)
    worker.stdin.flush()


def _feed(worker: subprocess.Popen[bytes], waiting: SimpleQueue[int], done: SimpleQueue[int | Exception]) -> None:
    """Give one process piece after piece until there are none."""
    assert worker.stdout is not None
    while True:
        try:
            number = waiting.get_nowait()
        except Empty:
            return
        try:
            _send(worker, number)
            problem = pickle.load(worker.stdout)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            code = worker.wait()
            problem = TrialkinError(
                f"a process that was helping ended by itself (status {code})",
                hint="It may have run out of memory. Nothing is lost: run the same command again.",
            )
        done.put(number if problem is None else problem)
        if problem is not None:
            return


def serve() -> None:
    """The other end: do what comes down the pipe until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told as well, and ends the pipe
    inbox = sys.stdin.buffer
    outbox = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not speak into the pipe
    job: Job = pickle.load(inbox)
    while True:
        try:
            number = pickle.load(inbox)
        except EOFError:
            return
        try:
            job(number)
            answer: Exception | None = None
        except Exception as error:  # noqa: BLE001  whatever it is, it belongs to the one who asked
            answer = _portable(error)
        try:
            outbox.write(pickle.dumps(answer))
            outbox.flush()
        except BrokenPipeError:
            return


def _portable(error: Exception) -> Exception:
    """The error itself where it can be read back, else what it says: one that cannot must not stop the answer."""
    try:
        pickle.loads(pickle.dumps(error))
    except (TypeError, AttributeError, ValueError, pickle.PickleError):
        return TrialkinError(f"{type(error).__name__}: {error}")
    return error
