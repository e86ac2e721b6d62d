// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/result.h"

namespace skyrun {

enum class FileLock { shared, exclusive };

/// Locks a file from one byte on (`count` 0: to its end, wherever that is), or changes the lock
/// held, without waiting; false: another has it. The lock is the open file description's (fcntl(2),
/// F_OFD_SETLK): it ends with the last copy of the descriptor, so also with the process, however
/// that ends, and NFS carries it between machines. An exclusive one needs a descriptor that may
/// write. Fails where the file system has no locks.
Result<bool> try_lock(int fd, FileLock kind, uint64_t first = 0, uint64_t count = 0);

}  // namespace skyrun
