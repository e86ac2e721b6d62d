// SPDX-License-Identifier: Apache-2.0
#include "launcher/git/git_url.h"

#include <charconv>

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

}  // namespace

GitUrl split_git_url(std::string_view url) {
  GitUrl out{.clean = std::string(url)};
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (url.substr(0, scheme.size()) != scheme) continue;
    const std::string_view rest = url.substr(scheme.size());
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    const size_t at = authority.rfind('@');
    if (at == std::string_view::npos) return out;
    const std::string_view login = authority.substr(0, at);
    const size_t colon = login.find(':');
    out.clean = std::string(scheme) + std::string(rest.substr(at + 1));
    out.user = percent_decoded(login.substr(0, colon));
    if (colon != std::string_view::npos) out.password = percent_decoded(login.substr(colon + 1));
    return out;
  }
  return out;
}

}  // namespace skyrun
