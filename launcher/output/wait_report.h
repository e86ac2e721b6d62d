// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/event_loop.h"
#include "protocol/message.h"

namespace skyrun {

/// When to say of a stage that some of its nodes have ended and others have not, where no status
/// line does: once a minute. Pure; the caller has the clock.
class WaitReport {
 public:
  static constexpr Millis kPeriod{60000};

  /// `text` is what is to be said of it.
  void on(const Progress& progress, const std::string& text, Millis now);

  /// What to say now; nothing while it is not time, or nobody is waited for.
  std::optional<std::string> due(Millis now);

  /// The job is over.
  void stop() { text_.reset(); }

 private:
  std::optional<std::string> text_;  // while some have ended and others not
  Stage stage_ = Stage::nodes;
  Millis said_{0};  // or when the waiting began
};

}  // namespace skyrun
