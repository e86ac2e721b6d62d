// SPDX-License-Identifier: Apache-2.0
//
// Where the programs of one installation are: beside each other, or where cmake/installation.cmake
// puts them, skyrun in bin and skyrund in libexec/skyrun of one prefix. The prefix may be moved.
#pragma once

#include <string>

#include "core/result.h"

namespace skyrun {

/// The path of the program that is running, symbolic links resolved.
Result<std::string> own_program();

/// The skyrund that belongs to the skyrun at this path. Fails when there is none that can be run.
Result<std::string> find_skyrund(const std::string& skyrun);
/// The skyrun that belongs to the skyrund at this path.
Result<std::string> find_skyrun(const std::string& skyrund);

}  // namespace skyrun
