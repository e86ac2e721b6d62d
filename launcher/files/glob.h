// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace skyrun {

/// Whether the whole of `text` matches `glob` as rsync's filter rules mean it (rsync(1), PATTERN
/// MATCHING RULES): `*` and `?` stop at a slash, `**` does not, `[…]` is a set of bytes other than
/// the slash with ranges, negation by `!` or `^` and `[:class:]`, a backslash takes the next
/// character literally. A set that never closes, or names an unknown class, matches nothing.
bool glob_matches(std::string_view glob, std::string_view text);

/// Whether rsync would treat the pattern as a glob at all, rather than as literal text in which a
/// backslash means itself.
bool is_glob(std::string_view pattern);

}  // namespace skyrun
