// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace skyrun {

/// One workdir or file mount of a task that is copied from this machine.
struct Mount {
  std::string source;       ///< an existing file or directory, `~` expanded
  std::string destination;  ///< as the task has it; "~/sky_workdir" for the workdir
  bool whole = false;       ///< no ignore file drops anything of it
  std::string home{};       ///< whose directories of skyrun's own stay behind; empty: nobody's
  friend bool operator==(const Mount&, const Mount&) = default;
};

}  // namespace skyrun
