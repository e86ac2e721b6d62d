// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace skyrun {

/// Stands for a `?` inside a word: yaml-cpp 0.7 ends a word of a flow list at every `?`, so that
/// `[http://host/?q=1]` would be refused. No UTF-8 text has this byte, neither the file's nor what
/// an escape in it makes.
inline constexpr char kHiddenQuestionMark = '\xff';

/// The text as it is given to yaml-cpp: without byte order mark, each line ended by '\n', `?`
/// inside words hidden. Line numbers stay what they are in the file.
std::string yaml_source(std::string_view text);

/// A scalar from yaml-cpp with its question marks again, and with what the escapes \N and \_ stand
/// for, of which yaml-cpp makes bytes that are no UTF-8.
std::string restored(std::string text);

/// Where the content of a node that begins at `position` begins: behind its anchor and tag.
size_t content_of(std::string_view source, size_t position);

/// Whether a quoted scalar that begins at `position` has its closing quote; true for other scalars.
/// yaml-cpp does not always see that the file ends first.
bool is_closed(std::string_view source, size_t position);

/// How many line ends a folded scalar with `+` (`>+`) that begins at `position` keeps at its end;
/// yaml-cpp keeps one too few. -1 for every other scalar.
int kept_line_ends(std::string_view source, size_t position);

}  // namespace skyrun
