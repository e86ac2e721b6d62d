// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace skyrun {

/// `skyrun topo …`: shows what a node consists of. argv[1] is "topo". Returns the exit code.
int show_topology(int argc, const char* const* argv);

}  // namespace skyrun
