// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/fd.h"
#include "core/result.h"

namespace skyrun {

/// A directory or file that is being sent, from its open descriptor down. Nothing below it is
/// reached through a symbolic link, whatever is swapped in there while it is read: a directory of
/// somebody else's making can show nothing but what it holds itself.
class SourceTree {
 public:
  /// Links on the way to the source, and the source itself where it is one, are followed.
  static Result<SourceTree> open(const std::string& source);

  /// `relative` is below the source; "" is the source itself. Without a descriptor errno says why:
  /// ELOOP for a link in the path, also at its end unless the flags are O_PATH | O_NOFOLLOW.
  Fd open_below(const std::string& relative, int flags) const;

 private:
  explicit SourceTree(Fd root) : root_(std::move(root)) {}
  Fd open_again(int flags) const;
  Fd descend(const std::string& relative, int flags) const;

  Fd root_;
};

}  // namespace skyrun
