// SPDX-License-Identifier: Apache-2.0
//
// What a program has from whoever started it, and what it makes of that.
#pragma once

namespace skyrun {

/// To be called first thing in main(): opens /dev/null on those of the descriptors 0 to 2 that came
/// closed, or the first file that is opened would be taken for one of them; and has SIGCHLD
/// delivered, which some programs leave ignored or blocked to those they start. What else is open,
/// such as a lock of the caller's shell, stays open here and reaches no program of a job. Where
/// /dev/null cannot be opened the program ends.
void settle_inheritance();

/// Was the signal, which nobody here has changed yet, ignored by who started us? Then it stays so:
/// `nohup` means it, and so does a shell that sends to the background what Ctrl-C shall not reach.
bool is_ignored(int signo);

}  // namespace skyrun
