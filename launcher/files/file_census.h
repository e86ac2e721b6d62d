// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "launcher/files/mount.h"
#include "launcher/files/tally.h"
#include "launcher/files/walk.h"

namespace skyrun {

/// Counts the files of a task ahead of those who send them, so that the person can be told how much
/// is left. It counts what the walk shows; what changes meanwhile makes it wrong, and no more.
class FileCensus {
 public:
  explicit FileCensus(std::vector<Mount> mounts) : mounts_(std::move(mounts)) {}

  /// Looks at some 500 things more, about a millisecond or two.
  void go_on();

  /// All of them; nothing while they are being counted, or where they cannot be.
  std::optional<Tally> total() const;

 private:
  bool step();

  std::vector<Mount> mounts_;
  size_t next_mount_ = 0;
  std::unique_ptr<Walk> walk_;
  std::vector<std::string> vanished_;
  Tally tally_;
  bool ended_ = false;
  bool failed_ = false;  // whoever sends the file meets the same, and says it
};

}  // namespace skyrun
