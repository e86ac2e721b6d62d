// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/redact.h"

#include <algorithm>

#include "core/url.h"

namespace skyrun {
namespace {

/// The secret whose value stands first at or after `from`, the longest where several do.
size_t find_first(const std::string& text, size_t from, const Secrets& secrets, size_t& length) {
  size_t first = std::string::npos;
  for (const auto& [name, secret] : secrets) {
    const std::string& value = secret.reveal();
    const size_t at = value.empty() ? std::string::npos : text.find(value, from);
    if (at > first || (at == first && value.size() <= length)) continue;
    if (at == std::string::npos) continue;
    first = at;
    length = value.size();
  }
  return first;
}

}  // namespace

std::string redacted(const std::string& text, const Secrets& secrets) {
  std::string out;
  size_t from = 0;
  size_t length = 0;
  for (size_t at = 0; (at = find_first(text, from, secrets, length)) != std::string::npos;) {
    out.append(text, from, at - from).append(Secret::kRedacted);
    from = at + length;
    length = 0;
  }
  return without_logins(out.append(text, from));
}

Value redacted(Value value, const Secrets& secrets) {
  if (value.is_text()) value.text = redacted(value.text, secrets);
  for (auto* list : {&value.keys, &value.items}) {
    for (Value& each : *list) each = redacted(std::move(each), secrets);
  }
  return value;
}

}  // namespace skyrun
