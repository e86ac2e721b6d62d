// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "launcher/task/value.h"

namespace skyrun {

/// What a file may cost to read; past these it is refused, so that a hostile one cannot take the
/// memory of the machine (aliases can make a few lines stand for billions of values).
struct YamlLimits {
  size_t bytes = size_t{8} << 20U;
  size_t values = 500000;  ///< after aliases and merge keys are filled in
  size_t depth = 100;      ///< nested lists and dicts
};

/// The documents of a YAML stream as PyYAML's safe_load_all reads them (YAML 1.1, anchors, merge
/// keys), an empty document being a null. A text with no document at all gives an empty vector.
///
/// Fails, with "FILE:LINE:" in front, on what is not UTF-8 or not YAML, on a duplicate key (naming
/// both lines), on an alias to itself, and past the limits. `file` is only used in error texts.
Result<std::vector<Value>> parse_yaml(std::string_view text, const std::string& file,
                                      const YamlLimits& limits = {});

}  // namespace skyrun
