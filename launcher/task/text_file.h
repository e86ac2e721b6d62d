// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/result.h"

namespace skyrun {

/// The whole of a file, at most 64 MiB of it. Fails with "PATH: why".
Result<std::string> read_text_file(const std::string& path);

/// The same of standard input, to its end.
Result<std::string> read_standard_input();

}  // namespace skyrun
