// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace skyrun {

/// Of a value that others were filled into, in bytes. No program can be started with more.
constexpr size_t kMostOfValue = size_t{1} << 20U;

/// What a dotenv file holds, in its order. A name without `=` has no value.
struct Dotenv {
  std::vector<std::pair<std::string, std::optional<std::string>>> values;
  std::optional<int>
      too_long;  ///< the first line whose value grows beyond kMostOfValue; the last read
  std::vector<int> bad_lines;  ///< lines that are no statement; they are skipped
};

/// Reads the syntax of python-dotenv (https://saurabh-kumar.com/python-dotenv/): `export`, quotes,
/// escapes, comments, and `${NAME:-default}` filled in from the file so far, then from `env`.
Dotenv parse_dotenv(std::string_view text,
                    const std::function<std::optional<std::string>(const std::string&)>& env);

}  // namespace skyrun
