// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/file_sink.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "core/text.h"

namespace skyrun {
namespace {

tl::unexpected<Error> refused(const TarItem& item, std::string_view why) {
  return failure("file stream: refused '" + printable(item.path) + "': " + std::string(why));
}

/// A path below a destination: names between single slashes, none of which leads up.
bool is_plain(std::string_view path) {
  const auto names = split(path, '/');
  return std::none_of(names.begin(), names.end(), [](std::string_view name) {
    return name.empty() || name == "." || name == "..";
  });
}

/// On the home's own file system: what is mounted below it may be this node's alone.
bool is_in_home(const std::string& path, const std::string& home) {
  struct stat root {};
  struct stat there {};
  if (!path.starts_with(home + '/') || ::stat(home.c_str(), &root) != 0) return false;
  std::filesystem::path each(path);
  while (::stat(each.c_str(), &there) != 0 && each.has_relative_path()) each = each.parent_path();
  return there.st_dev == root.st_dev;
}

Result<void> fill(NewFile file, const TarItem& item, TarReader& tar) {
  for (;;) {
    auto block = tar.next_block();
    if (!block) return tl::unexpected(std::move(block.error()));
    if (!*block) return file.commit(item.size, item.attributes);
    const auto size = static_cast<off_t>((*block)->bytes.size());
    if ((*block)->offset < 0 || (*block)->offset > item.size - size) {
      return refused(item, "it is longer than it says");
    }
    auto written = file.write_at((*block)->offset, (*block)->bytes);
    if (!written) return written;
  }
}

}  // namespace

Result<void> FileSink::extract(int fd) {
  auto ready = resolve_destinations();
  if (!ready) return ready;
  auto tar = TarReader::open(fd);
  if (!tar) return tl::unexpected(std::move(tar.error()));
  for (;;) {
    auto item = tar->next();
    if (!item) return tl::unexpected(std::move(item.error()));
    if (!*item) break;
    auto placed = place(**item, *tar);
    if (!placed) return placed;
  }
  for (const auto& link : links_) {
    auto made = link.make(staging_);
    if (!made) return made;
  }
  return {};
}

Result<void> FileSink::resolve_destinations() {
  for (const auto& each : destinations_) {
    auto destination = resolve_destination(each, paths_);
    if (!destination) return tl::unexpected(std::move(destination.error()));
    if (destination->link) links_.push_back({*destination->link, destination->path});
    written_elsewhere_.push_back(paths_.home_is_written_elsewhere &&
                                 is_in_home(destination->path, paths_.home));
    resolved_.push_back(std::move(*destination));
  }
  for (const auto& link : links_) {
    auto free = link.check();
    if (!free) return free;
  }
  return {};
}

Result<void> FileSink::place(const TarItem& item, TarReader& tar) {
  std::string_view path = item.path;
  if (S_ISDIR(item.type) && path.ends_with('/')) path.remove_suffix(1);
  const size_t slash = path.find('/');
  const auto mount = to_number<size_t>(path.substr(0, slash));
  if (!mount || *mount >= resolved_.size()) return refused(item, "no such mount");
  if (written_elsewhere_[*mount]) return {};
  if (slash == std::string_view::npos) return place_top(item, *mount, tar);
  path.remove_prefix(slash + 1);
  if (!tree_ || tree_mount_ != *mount) return refused(item, "its directory has not come");
  if (!is_plain(path)) return refused(item, "it leads out of its destination");
  return place_below(item, path, tar);
}

/// The mount itself: the file, or the directory that the rest goes into.
Result<void> FileSink::place_top(const TarItem& item, size_t mount, TarReader& tar) {
  const std::string& path = resolved_[mount].path;
  if (S_ISREG(item.type)) {
    const std::filesystem::path whole(path);
    auto parent = Subtree::open(whole.parent_path().native(), staging_);
    if (!parent) return tl::unexpected(std::move(parent.error()));
    auto file = parent->create_file(whole.filename().native());
    if (!file) return tl::unexpected(std::move(file.error()));
    return fill(std::move(*file), item, tar);
  }
  if (!S_ISDIR(item.type)) return refused(item, "not a kind of file that is sent");
  if (!tree_ || tree_mount_ != mount) {
    auto tree = Subtree::open(path, staging_);
    if (!tree) return tl::unexpected(std::move(tree.error()));
    tree_.emplace(std::move(*tree));
    tree_mount_ = mount;
  }
  return tree_->make_directory("", item.attributes);
}

Result<void> FileSink::place_below(const TarItem& item, std::string_view path, TarReader& tar) {
  if (S_ISDIR(item.type)) return tree_->make_directory(path, item.attributes);
  if (S_ISLNK(item.type)) return tree_->make_link(path, item.link, item.attributes.mtime);
  if (!S_ISREG(item.type)) return refused(item, "not a kind of file that is sent");
  auto file = tree_->create_file(path);
  if (!file) return tl::unexpected(std::move(file.error()));
  return fill(std::move(*file), item, tar);
}

}  // namespace skyrun
