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

bool write_text(const char* path, std::string_view text) {
  const int fd = ::open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(fd);
  return written;
}

}  // namespace

HostsNamespace::HostsNamespace(std::string file)
    : file_(std::move(file)),
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
  return ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount(file_.c_str(), "/etc/hosts", nullptr, MS_BIND, nullptr) == 0;
}

}  // namespace skyrun
