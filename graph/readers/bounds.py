"""The bounds of a reading process: its memory, what it may leave behind, and the processor's time for one file."""

from __future__ import annotations

import gc
import resource
import signal
from pathlib import Path

OVERDUE = -signal.SIGPROF  # the exit code of a process that was ended for its time
# so many new objects before they are looked through for rings that nothing holds; a usual document makes a tenth of it
MANY_OBJECTS = 200_000


def bound_process(memory: int) -> None:
    """Bounds this process to so many bytes of address space and no files; one that goes over its time will end."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # the kernel's own ending, so that it works inside a pattern too


def allow_seconds(seconds: float) -> None:
    """Lets this process work so many seconds of the processor's from now on; 0 stops the count."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def ticks_of(process: int) -> int:
    """How long a process has worked, in ticks of the kernel's clock."""
    fields = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()
    return int(fields[11]) + int(fields[12])


def collect_seldom() -> None:
    """Has this process look seldom for unused objects, and never among those it has: reading a document leaves none."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MANY_OBJECTS)


def address_space() -> int:
    """The bytes of address space that this process has taken."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
