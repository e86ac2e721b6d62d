// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "core/result.h"
#include "core/scratch_directory.h"
#include "launcher/task/task.h"

namespace skyrun {

/// A repository at the commit that a task wants, in a directory of its own that ends with this
/// object. Cloned once, here: the nodes get it as they get a workdir, and need neither git nor a
/// way to the repository. A branch or tag comes without its history, a commit with all of it. Its
/// origin is the address without what logs in to it.
class GitCheckout {
 public:
  /// Below `scratch_root`. Errors have git's own words.
  static Result<std::unique_ptr<GitCheckout>> make(const GitSource& source,
                                                   const std::string& scratch_root);

  GitCheckout(const GitCheckout&) = delete;
  GitCheckout& operator=(const GitCheckout&) = delete;

  std::string path() const { return scratch_.path() + "/workdir"; }

 private:
  explicit GitCheckout(ScratchDirectory scratch) : scratch_(std::move(scratch)) {}

  ScratchDirectory scratch_;
};

}  // namespace skyrun
