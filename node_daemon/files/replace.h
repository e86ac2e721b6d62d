// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace skyrun {

// Several processes may write the same tree at once: two jobs in one home, or the nodes that share
// it over NFS. So each thing is made under a name of its own and renamed into its place.

/// A name for something unfinished that no other process on any node picks.
std::string temporary_name();

/// Renames `from` to `to` in one directory, over what is there: also over an empty directory.
/// Returns 0, or -1 with errno.
int rename_over(int directory_fd, const std::string& from, const std::string& to);

/// Runs a system call that writes in a directory. When permission is refused because the directory
/// is ours and closed to ourselves (another process copied a read-only directory and has just ended
/// with it), opens it and tries again. Returns what the call returned, with errno.
int write_in(int directory_fd, const std::function<int()>& call);

}  // namespace skyrun
