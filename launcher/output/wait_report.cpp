// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/wait_report.h"

#include <utility>

namespace skyrun {

void WaitReport::on(const Progress& progress, const std::string& text, Millis now) {
  const bool some_have_ended = progress.done > 0 && progress.done < progress.total;
  if (!some_have_ended) return stop();
  const bool begins = std::exchange(stage_, progress.stage) != progress.stage || !text_;
  if (begins) said_ = now;
  text_ = text;
}

std::optional<std::string> WaitReport::due(Millis now) {
  if (!text_ || now - said_ < kPeriod) return std::nullopt;
  said_ = now;
  return text_;
}

}  // namespace skyrun
