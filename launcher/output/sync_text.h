// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "launcher/files/tally.h"

namespace skyrun {

/// How far the files of a job have come.
struct SyncStatus {
  Tally sent;                  ///< read here, at most a window ahead of the slowest node
  std::optional<Tally> total;  ///< nothing while they are being counted
  uint64_t taken = 0;          ///< bytes of the compressed stream that every node has
  std::chrono::milliseconds elapsed{0};
  friend bool operator==(const SyncStatus&, const SyncStatus&) = default;
};

/// "120.4 of 300.0 MB, 11.2 MB/s, 16 s left, file 123 of 456". The rate is that of the compressed
/// stream at the slowest node; the time left goes by what is read here.
std::string sync_text(const SyncStatus& status);

/// "0 B", "999 B", "1.0 KB", "300.0 MB", in powers of 1000.
std::string bytes_text(uint64_t bytes);

}  // namespace skyrun
