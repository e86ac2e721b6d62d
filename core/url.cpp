// SPDX-License-Identifier: Apache-2.0
#include "core/url.h"

#include <algorithm>
#include <cctype>

#include "core/text.h"

namespace skyrun {
namespace {

/// Of an authority, where more text may follow it.
constexpr std::string_view kEndsInText = "/?# \t\r\n'\"<>";

bool is_of_scheme(unsigned char c) {
  return std::isalnum(c) != 0 || c == '+' || c == '-' || c == '.';
}

bool is_plain_ssh(const UrlParts& url) {
  return url.scheme.ends_with("ssh") && url.login.find(':') == std::string_view::npos;
}

}  // namespace

std::optional<UrlParts> split_url(std::string_view text, std::string_view ends) {
  const size_t mark = text.find("://");
  if (mark == std::string_view::npos) return std::nullopt;
  size_t begin = mark;
  while (begin > 0 && is_of_scheme(static_cast<unsigned char>(text[begin - 1]))) --begin;
  const auto rest = text.substr(mark + 3);
  const size_t end = std::min(rest.find_first_of(ends), rest.size());
  const auto authority = rest.substr(0, end);
  const size_t at = authority.rfind('@');
  const bool has_login = at != std::string_view::npos;
  return UrlParts{.before = text.substr(0, begin),
                  .scheme = text.substr(begin, mark - begin),
                  .login = has_login ? authority.substr(0, at) : std::string_view(),
                  .host = has_login ? authority.substr(at + 1) : authority,
                  .after = rest.substr(end)};
}

std::string without_logins(std::string_view text) {
  std::string out;
  while (const auto url = split_url(text, kEndsInText)) {
    out.append(url->before).append(url->scheme).append("://");
    if (is_plain_ssh(*url) && !url->login.empty()) {
      out.append(url->login).append("@");
    } else if (!url->login.empty()) {
      out.append("***@");
    }
    out.append(url->host);
    text = url->after;
  }
  return out.append(text);
}

}  // namespace skyrun
