// SPDX-License-Identifier: Apache-2.0
//
// What a process needs in the file system for as long as it lives, and what a later one removes
// when it could not do so itself (SIGKILL, a power cut).
//
// It begins as `<root>/<prefix>-<hex>` with a file "lock" in it that its maker holds locked. It
// ends with the object. One whose lock nobody holds is a dead one's: sweep_scratch() takes the lock
// and removes it. Who makes one looks, once it has the lock, whether a sweep has been there first,
// and begins again then.
//
// A link in it that leads to its own name elsewhere tells of something unfinished that has to stand
// there; it goes with the directory. node_daemon/files/staging.h leaves such links.
#pragma once

#include <string>

#include "core/fd.h"
#include "core/result.h"

namespace skyrun {

class ScratchDirectory {
 public:
  /// Makes it, 0700, and `root` where that is missing.
  static Result<ScratchDirectory> make(const std::string& root, const std::string& prefix);
  ScratchDirectory(ScratchDirectory&&) noexcept = default;
  ScratchDirectory& operator=(ScratchDirectory&&) = delete;
  ~ScratchDirectory();

  const std::string& path() const { return path_; }

 private:
  ScratchDirectory(std::string path, Fd lock) : path_(std::move(path)), lock_(std::move(lock)) {}

  std::string path_;
  Fd lock_;  ///< none once moved from
};

/// Where those of this account are.
std::string scratch_root(const std::string& home);

/// `<prefix>-<hex>`, which no other process on any machine picks.
std::string unique_name(const std::string& prefix);

/// Removes what below `root` belongs to nobody alive: at every start of a program that uses it.
void sweep_scratch(const std::string& root);

}  // namespace skyrun
