// SPDX-License-Identifier: Apache-2.0
#include "launcher/files/source_tree.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "core/text.h"

namespace skyrun {

Result<SourceTree> SourceTree::open(const std::string& source) {
  auto root = open_file(source, O_PATH);
  if (!root) return tl::unexpected(std::move(root.error()));
  return SourceTree(std::move(*root));
}

Fd SourceTree::open_below(const std::string& relative, int flags) const {
  if (relative.empty()) return open_again(flags);
  open_how how{};
  how.flags = static_cast<uint64_t>(flags | O_CLOEXEC);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  Fd fd(static_cast<int>(::syscall(SYS_openat2, root_.get(), relative.c_str(), &how, sizeof how)));
  if (fd || errno != ENOSYS) return fd;
  return descend(relative, flags);  // Linux before 5.6
}

/// The same file, whatever its name leads to now.
Fd SourceTree::open_again(int flags) const {
  if ((flags & O_PATH) != 0) return Fd(::fcntl(root_.get(), F_DUPFD_CLOEXEC, 0));
  return Fd(::open(fmt::format("/proc/self/fd/{}", root_.get()).c_str(), flags | O_CLOEXEC));
}

Fd SourceTree::descend(const std::string& relative, int flags) const {
  const auto names = split(relative, '/');
  Fd at(::fcntl(root_.get(), F_DUPFD_CLOEXEC, 0));
  for (size_t i = 0; at && i < names.size(); ++i) {
    const int how = i + 1 < names.size() ? O_PATH | O_DIRECTORY : flags;
    at = Fd(::openat(at.get(), std::string(names[i]).c_str(), how | O_NOFOLLOW | O_CLOEXEC));
  }
  return at;
}

}  // namespace skyrun
