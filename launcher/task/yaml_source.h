// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace skyrun {

/// Stands for a `?` inside a word: yaml-cpp 0.7 ends a word of a flow list at every `?`, so that
/// `[http://host/?q=1]` would be refused. No YAML text may hold this byte itself.
inline constexpr char kHiddenQuestionMark = '\x01';

/// The text as it is given to yaml-cpp: without byte order mark, each line ended by '\n', `?`
/// inside words hidden. Line numbers stay what they are in the file.
std::string yaml_source(std::string_view text);

/// A scalar, tag or anchor from yaml-cpp with its question marks again.
std::string with_question_marks(std::string text);

/// Whether a quoted scalar that begins at `position` has its closing quote; true for other scalars.
/// yaml-cpp does not always see that the file ends first.
bool is_closed(std::string_view source, size_t position);

/// How many line ends a folded scalar with `+` (`>+`) that begins at `position` keeps at its end;
/// yaml-cpp keeps one too few. -1 for every other scalar.
int kept_line_ends(std::string_view source, size_t position);

}  // namespace skyrun
