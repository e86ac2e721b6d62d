// SPDX-License-Identifier: Apache-2.0
#include "launcher/presentable.h"

#include <algorithm>

#include "core/text.h"
#include "core/url.h"

namespace skyrun {

std::string presentable(std::string_view text) {
  const std::string shown = without_logins(text);
  std::string out;
  for (std::string_view rest = shown; !rest.empty();) {
    const size_t end = std::min(rest.find_first_of("\n\t"), rest.size());
    out += printable(rest.substr(0, end));
    if (end < rest.size()) out += rest[end];
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

}  // namespace skyrun
