// SPDX-License-Identifier: Apache-2.0
#include "launcher/git/git_url.h"

#include <charconv>

#include "core/url.h"
#include "launcher/task/words.h"

namespace skyrun {
namespace {

/// RFC 3986, section 2.1. What is no escape stays as it is.
std::string percent_decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = 0;
    const char* const digits = text.data() + i + 1;
    const bool escaped = text[i] == '%' && i + 2 < text.size() &&
                         std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
    out += escaped ? static_cast<char>(byte) : text[i];
    if (escaped) i += 2;
  }
  return out;
}

/// git passes the user of these to ssh, as the one to log in as.
bool is_ssh(std::string_view scheme) {
  return scheme == "ssh" || scheme == "git+ssh" || scheme == "ssh+git";
}

bool takes_passwords(std::string_view scheme) {
  return scheme == "https" || scheme == "http" || scheme == "ftps" || scheme == "ftp";
}

}  // namespace

GitUrl split_git_url(std::string_view url) {
  GitUrl out{.clean = std::string(url)};
  const auto parts = split_url(url);
  if (!parts) return out;
  const std::string scheme = lower_case(parts->scheme);
  const std::string_view login = parts->login;
  const size_t colon = login.find(':');
  const std::string_view kept = is_ssh(scheme) ? login.substr(0, colon) : "";
  out.clean = std::string(parts->before) + scheme + "://" + std::string(kept) +
              (kept.empty() ? "" : "@") + std::string(parts->host) + std::string(parts->after);
  if (!takes_passwords(scheme)) return out;
  out.origin = scheme + "://" + std::string(parts->host);
  out.user = percent_decoded(login.substr(0, colon));
  if (colon != std::string_view::npos) out.password = percent_decoded(login.substr(colon + 1));
  return out;
}

}  // namespace skyrun
