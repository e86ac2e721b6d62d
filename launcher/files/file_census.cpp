// SPDX-License-Identifier: Apache-2.0
#include "launcher/files/file_census.h"

namespace skyrun {
namespace {
constexpr int kStepsPerTurn = 500;
}  // namespace

void FileCensus::go_on() {
  for (int i = 0; i < kStepsPerTurn && !ended_; ++i) {
    if (!step()) failed_ = ended_ = true;
  }
  vanished_.clear();
}

/// False where it cannot go on.
bool FileCensus::step() {
  if (!walk_) {
    ended_ = next_mount_ == mounts_.size();
    if (ended_) return true;
    auto walk = Walk::start(mounts_[next_mount_++], vanished_);
    if (walk) walk_ = std::move(*walk);
    return walk.has_value();
  }
  const auto found = walk_->next();
  if (!found) return false;
  if (!*found) {
    walk_.reset();
  } else if (S_ISREG((*found)->status.st_mode)) {
    ++tally_.files;
    tally_.bytes += static_cast<uint64_t>((*found)->status.st_size);
  }
  return true;
}

std::optional<Tally> FileCensus::total() const {
  return ended_ && !failed_ ? std::optional(tally_) : std::nullopt;
}

}  // namespace skyrun
