// SPDX-License-Identifier: Apache-2.0
#include "launcher/files/file_stream.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <climits>

#include "core/text.h"

namespace skyrun {
namespace {

constexpr size_t kWorkPerCall = size_t{4} << 20U;
/// Opening a small file takes as long as reading this much.
constexpr size_t kWorkPerStep = size_t{8} << 10U;

}  // namespace

Result<std::unique_ptr<FileStream>> FileStream::open(std::vector<Mount> mounts) {
  auto tar = TarWriter::open();
  if (!tar) return tl::unexpected(std::move(tar.error()));
  return std::unique_ptr<FileStream>(new FileStream(std::move(mounts), std::move(*tar)));
}

Result<std::optional<std::string>> FileStream::next() {
  auto& output = tar_->output();
  work_ = 0;
  while (!finished_ && output.size() < kMaxBlock && (work_ < kWorkPerCall || output.empty())) {
    auto done = step();
    if (!done) return tl::unexpected(std::move(done.error()));
    work_ += kWorkPerStep;
  }
  if (output.empty()) return std::nullopt;
  std::string block = output.substr(0, kMaxBlock);
  output.erase(0, block.size());
  return block;
}

std::vector<std::string> FileStream::take_notices() {
  for (auto& path : std::exchange(vanished_, {})) {
    notices_.push_back(path + ": vanished before it could be sent");
  }
  return std::exchange(notices_, {});
}

Result<void> FileStream::step() {
  if (file_) return copy_block();
  if (walk_) return walk_on();
  if (next_mount_ < mounts_.size()) return start_mount();
  finished_ = true;
  return tar_->finish();
}

Result<void> FileStream::start_mount() {
  auto walk = Walk::start(mounts_[next_mount_++], vanished_);
  if (!walk) return tl::unexpected(std::move(walk.error()));
  walk_ = std::move(*walk);
  return {};
}

Result<void> FileStream::walk_on() {
  auto found = walk_->next();
  if (!found) return tl::unexpected(std::move(found.error()));
  if (*found) return add(**found);
  if (!walk_->own().empty())
    notices_.push_back(mounts_[next_mount_ - 1].source +
                       ": left out what skyrun itself keeps there: " + join(walk_->own(), ", "));
  walk_.reset();
  return {};
}

Result<void> FileStream::add(const WalkStep& found) {
  switch (found.status.st_mode & S_IFMT) {
    case S_IFDIR:
      return add_directory(found);
    case S_IFLNK:
      return add_link(found);
    case S_IFREG:
      return open_file(found);
    default:
      notices_.push_back(found.path + ": not sent: neither a file, a directory nor a link");
      return {};
  }
}

Result<void> FileStream::add_directory(const WalkStep& found) {
  TarEntry entry{name_of(found) + '/', found.status, {}, {}};
  if (!found.leaving) entry.status.st_mode |= S_IRWXU;
  return tar_->begin(entry);
}

Result<void> FileStream::add_link(const WalkStep& found) {
  std::string target(PATH_MAX, '\0');
  const Fd link = walk_->tree().open_below(found.relative, O_PATH | O_NOFOLLOW);
  const ssize_t size = link ? ::readlinkat(link.get(), "", target.data(), target.size()) : -1;
  if (size < 0 && errno != ENOENT && errno != ENOTDIR && errno != ELOOP && errno != EINVAL)
    return tl::unexpected(errno_error(found.path));
  if (size < 0) {
    vanished_.push_back(found.path);
    return {};
  }
  target.resize(static_cast<size_t>(size));
  return tar_->begin({name_of(found), found.status, std::move(target), {}});
}

Result<void> FileStream::open_file(const WalkStep& found) {
  auto file = SourceFile::open(walk_->tree(), found.relative, found.path);
  if (!file) return tl::unexpected(std::move(file.error()));
  if (!*file) {
    vanished_.push_back(found.path);
    return {};
  }
  file_ = std::move(*file);
  file_path_ = found.path;
  ++sent_.files;
  return tar_->begin({name_of(found), file_->status(), {}, file_->extents()});
}

Result<void> FileStream::copy_block() {
  auto block = file_->next_block();
  if (!block) return tl::unexpected(std::move(block.error()));
  work_ += block->size();
  sent_.bytes += block->size();
  if (!block->empty()) return tar_->write(*block);
  if (file_->changed()) notices_.push_back(file_path_ + ": changed while it was sent");
  file_.reset();
  return {};
}

std::string FileStream::name_of(const WalkStep& found) const {
  const std::string index = std::to_string(next_mount_ - 1);
  return found.relative.empty() ? index : index + '/' + found.relative;
}

}  // namespace skyrun
