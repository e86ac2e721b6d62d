// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace skyrun {

/// From now on writing to what nobody reads (SIGPIPE) or beyond the limit of file sizes (SIGXFSZ,
/// `ulimit -f`) fails with an error in place of ending this process, and the soft limit of its CPU
/// time (SIGXCPU, `ulimit -St`) does not end it either. What it starts gets the defaults back
/// (spawn() sees to it).
void outlive_limit_signals();

}  // namespace skyrun
