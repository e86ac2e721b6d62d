// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/fd.h"
#include "core/result.h"

namespace skyrun {

/// A file in memory that only this account may open, under no name: it is gone with its last
/// descriptor, however the programs that have it end. `name` is for errors and lists of open files.
Result<Fd> make_memory_file(const std::string& name);

/// The path by which other processes of this account can open what we have open as `fd`, for as
/// long as we have it: an inherited descriptor is not needed. Not from another user namespace.
std::string path_for_others(const Fd& fd);

/// The path by which every process that has inherited `fd` can open the same again.
std::string path_for_heirs(const Fd& fd);

}  // namespace skyrun
