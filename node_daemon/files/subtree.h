// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/fd.h"
#include "core/result.h"
#include "node_daemon/files/attributes.h"
#include "node_daemon/files/new_file.h"
#include "node_daemon/files/staging.h"

namespace skyrun {

/// The directory that a mount goes to, and what is made below it. Symbolic links on the way to the
/// root are followed where they are the person's own (open_or_make_directory). Below the root none
/// is: a path that leads through one is refused, so that nothing an archive holds can reach
/// outside.
///
/// Paths are relative to the root, made of plain names ("" is the root). What stands in the way is
/// replaced as rsync does it: a file or link by anything, a directory only while it is empty.
class Subtree {
 public:
  /// Makes the root and its parents where they are missing. `staging` is borrowed.
  static Result<Subtree> open(std::string root, const Staging& staging);

  /// Makes a directory where there is none and sets its attributes. Where the directory is another
  /// user's it keeps those it has.
  Result<void> make_directory(std::string_view path, const Attributes& attributes);

  Result<void> make_link(std::string_view path, const std::string& target, const timespec& mtime);

  /// To be committed or dropped before anything else is done here.
  Result<NewFile> create_file(std::string_view path);

 private:
  Subtree(std::string root, Fd fd, const Staging& staging)
      : root_(std::move(root)), root_fd_(std::move(fd)), staging_(&staging) {}
  Result<Spot> spot_of(std::string_view path);
  Result<void> enter(std::string_view directory);
  std::string shown(std::string_view path) const;

  std::string root_;
  Fd root_fd_;
  const Staging* staging_;
  std::string entered_;  ///< the directory below the root that entered_fd_ is
  Fd entered_fd_;        ///< none while entered_ is the root
};

}  // namespace skyrun
