// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace skyrun {

/// How much skyrun itself says beside the output of the ranks.
enum class Voice {
  quiet,    ///< warnings and errors, on standard error
  program,  ///< what the person should know too: standard output is what the ranks print
  normal,   ///< SkyPilot's lines about the job too
  verbose,  ///< each step of the job too, with its time, on standard error
};

}  // namespace skyrun
