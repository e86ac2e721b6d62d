// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/duration_text.h"

#include <fmt/format.h>

namespace skyrun {

std::string duration_text(std::chrono::milliseconds duration) {
  const auto tenths = (duration.count() + 50) / 100;
  if (tenths < 100) return fmt::format("{}.{} s", tenths / 10, tenths % 10);
  const auto seconds = (duration.count() + 500) / 1000;
  if (seconds < 60) return fmt::format("{} s", seconds);
  if (seconds < 3600) return fmt::format("{} min {:02} s", seconds / 60, seconds % 60);
  const auto minutes = seconds / 60;
  if (minutes < 24L * 60) return fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
  const auto hours = minutes / 60;
  return fmt::format("{} d {:02} h", hours / 24, hours % 24);
}

}  // namespace skyrun
