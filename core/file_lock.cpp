// SPDX-License-Identifier: Apache-2.0
#include "core/file_lock.h"

#include <fcntl.h>

#include <cerrno>

namespace skyrun {

Result<bool> try_lock(int fd, FileLock kind) {
  struct flock whole {};
  whole.l_type = kind == FileLock::exclusive ? F_WRLCK : F_RDLCK;
  whole.l_whence = SEEK_SET;
  while (::fcntl(fd, F_OFD_SETLK, &whole) != 0) {
    if (errno == EAGAIN || errno == EACCES) return false;
    if (errno != EINTR) return tl::unexpected(errno_error("lock"));
  }
  return true;
}

}  // namespace skyrun
