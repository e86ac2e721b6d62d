# SPDX-License-Identifier: Apache-2.0
#
# Runs a command before a reader that is asleep, and reads to the end once it is woken:
#
#     asleep.py KIND WAKE OUT COMMAND...
#
# KIND is pipe (nothing is read), pager (a screenful is), or terminal (it is stopped, as by Ctrl-S).
# The reader wakes when the file WAKE is there. OUT gets what it reads, OUT.pid the command's process.
import os
import pty
import subprocess
import sys
import termios
import threading
import time

kind, wake, out, command = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]


def sleep():
    while not os.path.exists(wake):
        time.sleep(0.02)


reads, writes = pty.openpty() if kind == "terminal" else os.pipe()
if kind == "terminal":
    termios.tcflow(writes, termios.TCOOFF)
program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=writes)
with open(out + ".pid", "w") as pid:
    pid.write(str(program.pid))


def start_again():
    sleep()
    termios.tcflow(writes, termios.TCOON)
    program.wait()
    os.close(writes)


if kind == "terminal":
    threading.Thread(target=start_again).start()
else:
    os.close(writes)

with open(out, "wb") as shown:
    if kind == "pager":
        shown.write(os.read(reads, 2000))
    if kind != "terminal":
        sleep()
    while True:
        try:
            block = os.read(reads, 65536)
        except OSError:  # the terminal has nobody behind it any more
            break
        if not block:
            break
        shown.write(block)
        shown.flush()
sys.exit(program.wait())
