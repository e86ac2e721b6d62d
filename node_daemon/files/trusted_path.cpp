// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/trusted_path.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <vector>

#include "core/text.h"

namespace skyrun {
namespace {

constexpr int kMostLinks = 40;
// With O_DIRECTORY, which has the kernel mount what is mounted on demand.
constexpr int kDirectory = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

bool is_ours_or_roots(const struct stat& status) {
  return status.st_uid == 0 || status.st_uid == ::geteuid();
}

/// Goes down a path, name by name.
class Descent {
 public:
  explicit Descent(const std::string& path) : path_(path) { push(path); }

  Result<Fd> run() {
    at_ = Fd(::open("/", kDirectory));
    while (at_ && !names_.empty()) {
      const std::string name = std::move(names_.back());
      names_.pop_back();
      if (auto entered = enter(name); !entered) return tl::unexpected(std::move(entered.error()));
    }
    if (!at_) return tl::unexpected(errno_error(path_));
    return std::move(at_);
  }

 private:
  void push(std::string_view path) {
    const auto names = split(path, '/');
    for (auto each = names.rbegin(); each != names.rend(); ++each) {
      if (!each->empty() && *each != ".") names_.emplace_back(*each);
    }
  }

  Result<void> enter(const std::string& name) {
    Fd next(::openat(at_.get(), name.c_str(), kDirectory));
    if (!next && errno == ENOENT) {
      if (::mkdirat(at_.get(), name.c_str(), 0777) != 0 && errno != EEXIST)
        return tl::unexpected(errno_error(path_));
      next = Fd(::openat(at_.get(), name.c_str(), kDirectory));
    }
    if (!next && (errno == ENOTDIR || errno == ELOOP)) return follow(name);
    if (!next) return tl::unexpected(errno_error(path_));
    at_ = std::move(next);
    return {};
  }

  Result<void> follow(const std::string& name) {
    struct stat link {};
    struct stat directory {};
    std::string target(PATH_MAX, '\0');
    const ssize_t size = ::readlinkat(at_.get(), name.c_str(), target.data(), target.size());
    if (size < 0) return tl::unexpected(errno_error(path_, errno == EINVAL ? ENOTDIR : errno));
    if (::fstatat(at_.get(), name.c_str(), &link, AT_SYMLINK_NOFOLLOW) != 0 ||
        ::fstat(at_.get(), &directory) != 0)
      return tl::unexpected(errno_error(path_));
    const bool only_ours = is_ours_or_roots(directory) && (directory.st_mode & S_IWOTH) == 0;
    if (!is_ours_or_roots(link) && !only_ours)
      return failure(path_ + ": '" + printable(name) +
                     "' is a link that another user has laid there; remove it, or choose another "
                     "place");
    if (++links_ > kMostLinks) return tl::unexpected(errno_error(path_, ELOOP));
    target.resize(static_cast<size_t>(size));
    if (target.starts_with('/')) at_ = Fd(::open("/", kDirectory));
    push(target);
    return {};
  }

  std::string path_;
  std::vector<std::string> names_;  ///< still to come, the next one last
  int links_ = 0;
  Fd at_;
};

}  // namespace

Result<Fd> open_or_make_directory(const std::string& path) {
  return Descent(path).run();
}

}  // namespace skyrun
