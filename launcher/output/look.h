// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace skyrun {

/// How our own text is to look: on a terminal progress frames overwrite each other.
struct Look {
  bool terminal = false;  ///< with a status line
  bool coloured = false;
  bool ascii = false;  ///< our own lines have no character above 127

  /// The value of an environment variable; "" when it is not set.
  using Environment = std::function<std::string_view(const char* name)>;

  /// What suits a descriptor. A terminal that is dumb, or watched by no person (CI), counts as a
  /// pipe; colours on terminals only, unless NO_COLOR is set; ASCII where the locale is C or POSIX.
  static Look of(int fd, const Environment& environment = from_process);
  static std::string_view from_process(const char* name);

  friend bool operator==(const Look&, const Look&) = default;
};

/// A line of ours with the signs that it may have ("✓", "└──", "…") in ASCII; anything else above
/// 127 becomes '?'.
std::string in_ascii(std::string_view line);

}  // namespace skyrun
