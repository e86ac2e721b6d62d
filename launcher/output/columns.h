// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace skyrun {

/// As much of a text without control characters as fits in so many columns of a terminal, where a
/// combining character takes none and an East Asian wide one two.
std::string_view first_columns(std::string_view text, size_t columns);

/// Columns of the terminal behind a descriptor; 80 where it does not say.
size_t terminal_columns(int fd);

}  // namespace skyrun
