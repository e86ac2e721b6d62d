// SPDX-License-Identifier: Apache-2.0
#include "launcher/files/source_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace skyrun {
namespace {

/// A map longer than this costs more than it saves: the rest of the file counts as data.
constexpr size_t kMaxExtents = 4096;

/// The map of a file with holes in it. A file system that knows no holes says it is all data.
std::vector<Extent> find_extents(int fd, const struct stat& status) {
  std::vector<Extent> extents;
  off_t at = 0;
  while (at < status.st_size) {
    const off_t data = ::lseek(fd, at, SEEK_DATA);
    if (data < 0 && errno == ENXIO) break;  // nothing but a hole from here
    if (data < 0) return {};
    off_t hole = extents.size() < kMaxExtents ? ::lseek(fd, data, SEEK_HOLE) : status.st_size;
    hole = std::min(hole < 0 ? status.st_size : hole, status.st_size);
    if (data < hole) extents.push_back({data, hole - data});
    at = std::max(hole, data);
  }
  if (extents.empty()) extents.push_back({status.st_size, 0});
  if (extents.front().offset == 0 && extents.front().length == status.st_size) return {};
  return extents;
}

}  // namespace

Result<std::optional<SourceFile>> SourceFile::open(const SourceTree& tree,
                                                   const std::string& relative,
                                                   const std::string& path) {
  // O_NONBLOCK: a fifo put in its place meanwhile must not keep us waiting.
  Fd fd = tree.open_below(relative, O_RDONLY | O_NONBLOCK);
  struct stat status {};
  if (!fd || ::fstat(fd.get(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP) return std::nullopt;
    return tl::unexpected(errno_error(path));
  }
  if (!S_ISREG(status.st_mode)) return std::nullopt;
  return SourceFile(path, std::move(fd), status);
}

SourceFile::SourceFile(std::string path, Fd fd, const struct stat& status)
    : path_(std::move(path)), fd_(std::move(fd)), status_(status), block_(kBlock, '\0') {
  constexpr off_t kBytesPerStatBlock = 512;
  if (status_.st_blocks * kBytesPerStatBlock >= status_.st_size) return;
  extents_ = find_extents(fd_.get(), status_);
}

/// Where the data or the hole at offset_ ends, and which of the two it is.
SourceFile::Stretch SourceFile::stretch() {
  if (ended_early_) return {status_.st_size, true};
  if (extents_.empty()) return {status_.st_size, false};
  while (extent_ < extents_.size() && extents_[extent_].end() <= offset_) ++extent_;
  if (extent_ == extents_.size()) return {status_.st_size, true};
  const Extent& next = extents_[extent_];
  return offset_ < next.offset ? Stretch{next.offset, true} : Stretch{next.end(), false};
}

Result<std::string_view> SourceFile::next_block() {
  const auto [end, is_hole] = stretch();
  auto size = static_cast<size_t>(std::min<off_t>(end - offset_, kBlock));
  Result<size_t> count = 0;
  if (!is_hole && size > 0) {
    count = read_data(size);
    if (!count) return tl::unexpected(std::move(count.error()));
    ended_early_ = *count == 0;
  }
  if (*count > 0) {
    size = *count;
  } else {
    std::fill_n(block_.begin(), size, '\0');
  }
  offset_ += static_cast<off_t>(size);
  return std::string_view(block_).substr(0, size);
}

Result<size_t> SourceFile::read_data(size_t wanted) {
  for (;;) {
    const ssize_t count = ::pread(fd_.get(), block_.data(), wanted, offset_);
    if (count >= 0) return static_cast<size_t>(count);
    if (errno != EINTR) return tl::unexpected(errno_error(path_));
  }
}

bool SourceFile::changed() const {
  struct stat now {};
  return ended_early_ || ::fstat(fd_.get(), &now) != 0 || now.st_size != status_.st_size;
}

}  // namespace skyrun
