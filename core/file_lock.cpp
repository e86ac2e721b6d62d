// SPDX-License-Identifier: Apache-2.0
#include "core/file_lock.h"

#include <fcntl.h>

#include <cerrno>

namespace skyrun {

Result<bool> try_lock(int fd, FileLock kind, uint64_t first, uint64_t count) {
  struct flock range {};
  range.l_type = kind == FileLock::exclusive ? F_WRLCK : F_RDLCK;
  range.l_whence = SEEK_SET;
  range.l_start = static_cast<off_t>(first);
  range.l_len = static_cast<off_t>(count);
  while (::fcntl(fd, F_OFD_SETLK, &range) != 0) {
    if (errno == EAGAIN || errno == EACCES) return false;
    if (errno != EINTR) return tl::unexpected(errno_error("lock"));
  }
  return true;
}

}  // namespace skyrun
