// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/sync_text.h"

#include <fmt/format.h>

#include <array>

#include "launcher/output/duration_text.h"

namespace skyrun {
namespace {

constexpr std::chrono::milliseconds kTooEarly{500};  // to say anything of speed

std::string amount_text(const SyncStatus& status) {
  if (!status.total) return bytes_text(status.sent.bytes);
  return fmt::format("{} of {}", bytes_text(status.sent.bytes), bytes_text(status.total->bytes));
}

std::string files_text(const SyncStatus& status) {
  if (!status.total) return fmt::format("file {}", status.sent.files);
  return fmt::format("file {} of {}", status.sent.files, status.total->files);
}

std::string speed_text(const SyncStatus& status) {
  if (status.elapsed < kTooEarly) return {};
  const auto ms = static_cast<uint64_t>(status.elapsed.count());
  return fmt::format(", {}/s", bytes_text(status.taken * 1000 / ms));
}

std::string left_text(const SyncStatus& status) {
  const uint64_t sent = status.sent.bytes;
  if (!status.total || sent == 0 || status.elapsed < kTooEarly) return {};
  const uint64_t left = std::max(status.total->bytes, sent) - sent;
  const double ratio = static_cast<double>(left) / static_cast<double>(sent);
  const auto ms = static_cast<int64_t>(ratio * static_cast<double>(status.elapsed.count()));
  return ", " + duration_text(std::chrono::milliseconds(ms)) + " left";
}

}  // namespace

std::string bytes_text(uint64_t bytes) {
  constexpr std::array kUnits{"KB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000) return fmt::format("{} B", bytes);
  auto amount = static_cast<double>(bytes) / 1000;
  size_t unit = 0;
  while (amount >= 999.95) {
    amount /= 1000;
    ++unit;
  }
  return fmt::format("{:.1f} {}", amount, kUnits.at(unit));
}

std::string sync_text(const SyncStatus& status) {
  return amount_text(status) + speed_text(status) + left_text(status) + ", " + files_text(status);
}

}  // namespace skyrun
