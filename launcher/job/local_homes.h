// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/fd.h"
#include "core/result.h"
#include "launcher/job/submission.h"

namespace skyrun {

/// Keeps the homes of a run's embedded nodes to that run: those of the plan, below ~/.skyrun/local,
/// or while another run has them, the same below the first free of ~/.skyrun/local/2, /3 and so on.
/// A lock says so until this object ends.
class LocalHomes {
 public:
  /// Makes the homes that are missing. With nodes elsewhere it does nothing.
  Result<void> settle(Submission& submission, const std::string& home);

 private:
  Result<std::string> take(const std::string& first);

  Fd lock_;
};

}  // namespace skyrun
