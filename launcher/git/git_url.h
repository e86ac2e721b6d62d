// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace skyrun {

/// The address of a git repository, with what logs in to it apart.
struct GitUrl {
  std::string clean;     ///< without user and password where it is http(s); as it was otherwise
  std::string user;      ///< decoded
  std::string password;  ///< decoded
};

/// `https://user:token@host/path` in its parts. Other forms (ssh, a path, host:path) hold no
/// password and are left alone.
GitUrl split_git_url(std::string_view url);

}  // namespace skyrun
