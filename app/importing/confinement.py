"""A process that bounds itself: what it reads cannot make it take the memory or the processor of the machine."""

import sys
from contextlib import suppress


def confine(*, memory: int, seconds: int) -> None:
    """Let this process have so many bytes and seconds of processor time from now on, and write no file.

    Beyond them the system refuses the memory, or ends the process. Where the system grants no such bounds the process
    goes on without: whoever started it still ends it when it is silent for too long.
    """
    if sys.platform == "win32":
        _confine_by_job(memory, seconds)
        return
    import resource

    # Of the address space only what is written to: a large file of the system that is merely mapped does not count.
    limits = (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, limit in limits:
        _, highest = resource.getrlimit(kind)
        allowed = limit if highest == resource.RLIM_INFINITY else min(limit, highest)
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (allowed, allowed))


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9
    # Processor time, number of processes, memory; and no window of Windows itself when the process breaks.
    _TIME, _PROCESSES, _MEMORY, _DIE_QUIETLY = 0x2, 0x8, 0x100, 0x400

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("least_working_set", ctypes.c_size_t),
            ("most_working_set", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("basic", _BasicLimits),
            ("counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    def _confine_by_job(memory: int, seconds: int) -> None:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        limits = _ExtendedLimits()
        limits.basic.flags = _TIME | _PROCESSES | _MEMORY | _DIE_QUIETLY
        # In units of 100 nanoseconds.
        limits.basic.process_time = seconds * 10_000_000
        limits.basic.processes = 1
        limits.process_memory = memory
        # The handle stays open: the job lasts as long as this process.
        job = kernel.CreateJobObjectW(None, None)
        size = ctypes.sizeof(limits)
        if job and kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), size):
            kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
