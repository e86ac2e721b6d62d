// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "launcher/topo/topo_options.h"

namespace skyrun {

/// Has the host of the options say what it consists of, by ssh: by this very program, which is at
/// the same path there. Does not come back where ssh can take our place. Returns the exit code.
Result<int> ask_host(const TopoOptions& options);

}  // namespace skyrun
