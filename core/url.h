// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace skyrun {

/// A text around one URL with an authority (RFC 3986, section 3), taken apart; views of that text.
struct UrlParts {
  std::string_view before;
  std::string_view scheme;
  std::string_view login;  ///< what stands before the "@" of the authority
  std::string_view host;   ///< with the port
  std::string_view after;
};

/// The first one in the text. Its authority ends at one of `ends`.
std::optional<UrlParts> split_url(std::string_view text, std::string_view ends = "/?#");

/// The text with "***" for what logs in in every URL in it: fit to be shown. A user alone may be a
/// token too; only of ssh, where it is a name, it stays.
std::string without_logins(std::string_view text);

}  // namespace skyrun
