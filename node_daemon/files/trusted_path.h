// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/fd.h"
#include "core/result.h"

namespace skyrun {

/// Opens the directory at an absolute path, to be used with openat() and its kin; makes it, and
/// those above it, where they are missing. Links on the way are followed where only this user or
/// root can have laid them: one that somebody else has laid, as anybody may in /tmp, would have us
/// write where they like, and is an error. This is the kernel's own rule (proc(5),
/// protected_symlinks), but for root too, and whatever the kernel is set to.
Result<Fd> open_or_make_directory(const std::string& path);

}  // namespace skyrun
