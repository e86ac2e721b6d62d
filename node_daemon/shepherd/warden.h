// SPDX-License-Identifier: Apache-2.0
//
// The warden of a shepherd: a process that does nothing but see to it that the job's processes do
// not outlive those who look after them. It begins as the parent of the shepherd, into which it
// splits before either has done anything, so that it costs next to no memory; it is the subreaper
// above it. It ends when the shepherd has, with the shepherd's own status, once it has killed
// whatever was left.
//
// Daemon, warden and shepherd watch one another, and whoever of them remains ends the job's
// processes, whether the others were killed or hang (stopped, swapped out, waiting for a disk):
//
//     gone or silent        noticed by                                        ends the processes
//     shepherd              the daemon (kShepherdLease), the warden           the daemon
//     daemon                the shepherd (kShepherdLease)                     the shepherd
//     warden                the shepherd, by the end of its pulse             the shepherd
//     shepherd and daemon   the warden (kWardenLease)                         the warden
//     shepherd and warden   the daemon                                        the daemon
//     daemon and warden     the shepherd                                      the shepherd
#pragma once

#include <sys/types.h>

#include "core/event_loop.h"
#include "core/fd.h"
#include "core/result.h"

namespace skyrun {

/// How long daemon and shepherd may hear nothing from one another. A machine that is itself
/// suspended or overloaded counts no time (fabric/stream_link.h). Longer than the lease of a link
/// between nodes: the shepherd writes logs and may wait for a disk.
constexpr Millis kShepherdLease{15000};
/// How long the warden may feel no pulse of its shepherd: so long that a daemon, which has words
/// for it, comes first.
constexpr Millis kWardenLease{30000};
/// How often a shepherd's pulse beats.
constexpr Millis kPulsePeriod{1000};

struct Parted {
  pid_t shepherd = 0;  ///< in the warden; 0 in the shepherd
  Fd pulse;            ///< to the other
};

/// Splits this process into warden and shepherd.
Result<Parted> part_from_warden();

/// What a warden does. It keeps no other descriptor than the pulse. A `daemon` that lets a silent
/// shepherd be hangs itself, and is ended too.
[[noreturn]] void watch_over(Parted parted, pid_t daemon);

}  // namespace skyrun
