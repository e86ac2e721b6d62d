// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "launcher/options.h"

namespace skyrun {

/// Runs the task of the command line from its file to its exit code.
int run_task(const Options& options);

}  // namespace skyrun
