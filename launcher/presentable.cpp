// SPDX-License-Identifier: Apache-2.0
#include "launcher/presentable.h"

#include "core/text.h"
#include "core/url.h"

namespace skyrun {

std::string presentable(std::string_view text) {
  return printable_lines(without_logins(text));
}

}  // namespace skyrun
