// SPDX-License-Identifier: Apache-2.0
#include "core/hosts_namespace.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <string_view>
#include <utility>

namespace skyrun {
namespace {

bool write_text(const char* path, std::string_view text, int flags = 0) {
  const int fd = ::open(path, O_WRONLY | O_CLOEXEC | flags, 0644);
  if (fd < 0) return false;
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(fd);
  return written;
}

}  // namespace

HostsNamespace::HostsNamespace(std::string text)
    : text_(std::move(text)),
      uid_map_(fmt::format("{0} {0} 1", ::geteuid())),
      gid_map_(fmt::format("{0} {0} 1", ::getegid())) {}

/// user_namespaces(7): one id each may be mapped, and only once groups cannot be dropped.
bool HostsNamespace::become_own_user() const {
  return write_text("/proc/self/setgroups", "deny") && write_text("/proc/self/uid_map", uid_map_) &&
         write_text("/proc/self/gid_map", gid_map_);
}

bool HostsNamespace::enter() const {
  const bool is_root = ::geteuid() == 0;
  if (::unshare(is_root ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  if (!is_root && !become_own_user()) return false;
  return ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 && show_text();
}

/// The memory file system stands over /tmp for as long as it takes to show one of its files
/// elsewhere.
bool HostsNamespace::show_text() const {
  return ::mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755") == 0 &&
         write_text("/tmp/hosts", text_, O_CREAT) &&
         ::mount("/tmp/hosts", "/etc/hosts", nullptr, MS_BIND, nullptr) == 0 &&
         ::umount2("/tmp", MNT_DETACH) == 0;
}

}  // namespace skyrun
