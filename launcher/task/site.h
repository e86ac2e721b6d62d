// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "launcher/task/value.h"

namespace skyrun {

/// Which file an error is in; words it as "FILE:LINE: FIELD: TEXT", leaving out what is not known.
struct Site {
  std::string file;

  tl::unexpected<Error> error(Mark mark, std::string_view field, std::string_view text) const;

  /// The same for the value of a field of `parent`, or for the parent where it lacks that field.
  tl::unexpected<Error> error_in(const Value& parent, std::string_view field, std::string_view path,
                                 std::string_view text) const;
};

}  // namespace skyrun
