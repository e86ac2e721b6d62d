// SPDX-License-Identifier: Apache-2.0
#include "launcher/dry_run/file_list.h"

#include "launcher/files/walk.h"

namespace skyrun {
namespace {

void add(FileList& list, const WalkStep& step, const Mount& mount) {
  const mode_t type = step.status.st_mode & S_IFMT;
  if (type == S_IFDIR) return;
  if (type != S_IFREG && type != S_IFLNK) {
    list.dropped.push_back({step.path, "neither a file, a directory nor a link"});
    return;
  }
  const std::string below = step.relative.empty() ? "" : "/" + step.relative;
  list.sent.push_back({.source = step.path,
                       .destination = mount.destination + below,
                       .bytes = static_cast<uint64_t>(step.status.st_size)});
}

Result<void> walk(FileList& list, const Mount& mount) {
  std::vector<std::string> vanished;
  auto walk = Walk::start(mount, vanished);
  if (!walk) return tl::unexpected(std::move(walk.error()));
  (*walk)->on_dropped([&list](const std::string& path, const std::string& rule) {
    list.dropped.push_back({path, rule});
  });
  for (;;) {
    auto step = (*walk)->next();
    if (!step) return tl::unexpected(std::move(step.error()));
    if (!*step) return {};
    add(list, **step, mount);
  }
}

}  // namespace

Result<FileList> list_files(const std::vector<Mount>& mounts) {
  FileList list;
  for (const auto& mount : mounts) {
    if (auto done = walk(list, mount); !done) return tl::unexpected(std::move(done.error()));
  }
  return list;
}

}  // namespace skyrun
