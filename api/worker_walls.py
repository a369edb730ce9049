"""The walls around a process that runs what strangers send: its memory, its files, and no way to the network."""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys


def shut_in(memory: int, *, files: int) -> str:
    """Cap memory and files written, leave the network, die with the parent; the name of the wall that now stands."""
    _die_with_parent()
    wall = _leave_network()
    _limit_resources(memory, files)
    return wall


def _limit_resources(memory: int, files: int) -> None:
    os.nice(5)
    for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, files)):
        resource.setrlimit(limit, (value, value))


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG


def _leave_network() -> str:
    """Which wall now stands between the engine and the network; "" if none could be raised.

    A network namespace of our own, by root's right or else in a user namespace; where the host forbids both (many
    containers do), a filter under which socket() fails.
    """
    if sys.platform != "linux":
        return ""
    libc = ctypes.CDLL(None, use_errno=True)
    new_network, new_user = 0x40000000, 0x10000000
    if libc.unshare(new_network) == 0 or libc.unshare(new_user | new_network) == 0:
        return "namespace"
    return "filter" if _forbid_sockets(libc) else ""


def _forbid_sockets(libc: ctypes.CDLL) -> bool:
    number = {"x86_64": 41, "aarch64": 198}.get(platform.machine())
    if number is None:
        return False
    # load the call's number; if it is socket(), answer EACCES (13); allow the rest
    steps = ((0x20, 0, 0, 0), (0x15, 0, 1, number), (0x06, 0, 0, 0x0005000D), (0x06, 0, 0, 0x7FFF0000))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    no_new_privileges, seccomp, mode_filter = 38, 22, 2
    libc.prctl(no_new_privileges, 1, 0, 0, 0)
    raised: int = libc.prctl(seccomp, mode_filter, program, 0, 0)
    return raised == 0
