# SPDX-License-Identifier: Apache-2.0
"""deny_binding.py PROGRAM ARGUMENT...: runs it where the kernel answers EPERM to sched_setaffinity(2)
and set_mempolicy(2), as the seccomp profiles of containers do."""
import ctypes
import errno
import os
import platform
import struct
import sys

NUMBERS = {"x86_64": (203, 238), "aarch64": (122, 237)}[platform.machine()]
LOAD_WORD, JUMP_EQUAL, RETURN = 0x20, 0x15, 0x06  # BPF, linux/bpf_common.h
ALLOW, ERRNO = 0x7FFF0000, 0x00050000  # linux/seccomp.h
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, MODE_FILTER = 38, 22, 2


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def instruction(code, if_true, if_false, value):
    return struct.pack("HBBI", code, if_true, if_false, value)


CODE = b"".join([
    instruction(LOAD_WORD, 0, 0, 0),  # the number of the system call
    instruction(JUMP_EQUAL, 1, 0, NUMBERS[0]),
    instruction(JUMP_EQUAL, 0, 1, NUMBERS[1]),
    instruction(RETURN, 0, 0, ERRNO | errno.EPERM),
    instruction(RETURN, 0, 0, ALLOW),
])
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
    sys.exit(os.strerror(ctypes.get_errno()))
if libc.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(Program(len(CODE) // 8, CODE)), 0, 0) != 0:
    sys.exit(os.strerror(ctypes.get_errno()))
os.execvp(sys.argv[1], sys.argv[1:])
