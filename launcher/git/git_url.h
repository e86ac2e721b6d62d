// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace skyrun {

/// The address of a git repository, with what logs in to it apart.
struct GitUrl {
  std::string clean;     ///< without user and password; over ssh with the user, who is no secret
  std::string user;      ///< decoded
  std::string password;  ///< decoded
  std::string origin;    ///< `https://host:port`, whom to log in to; empty: not by password
};

/// `https://user:token@host/path` in its parts, in any spelling of the scheme, and whatever the
/// scheme is. Other forms (a path, host:path) hold no password and are left alone.
GitUrl split_git_url(std::string_view url);

}  // namespace skyrun
