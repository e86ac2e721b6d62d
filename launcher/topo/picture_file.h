// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace skyrun {

/// Puts the picture into the file, whole or not at all; "-" is the standard output.
Result<void> save_picture(const std::string& path, std::string_view picture);

}  // namespace skyrun
