// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <utility>

namespace skyrun {

/// A text that nobody may read by accident: printing it, in a log, an error or a test, gives
/// "<redacted>". Only reveal() gives the text, for handing it to the job.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}

  const std::string& reveal() const { return text_; }

  friend bool operator==(const Secret& a, const Secret& b) { return a.text_ == b.text_; }
  friend std::ostream& operator<<(std::ostream& out, const Secret& /*secret*/) {
    return out << kRedacted;
  }

  static constexpr const char* kRedacted = "<redacted>";

 private:
  std::string text_;
};

}  // namespace skyrun
