// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "node_daemon/files/destination.h"
#include "node_daemon/files/mount_link.h"
#include "node_daemon/files/staging.h"
#include "node_daemon/files/subtree.h"
#include "node_daemon/files/tar_reader.h"

namespace skyrun {

/// Puts the files of a task where they belong on this node: the other end of
/// launcher/files/file_stream.h, whose comment has the layout of the archive.
///
/// It reads from a descriptor and waits, for bytes and for the disk; so it is for a process of its
/// own, whose standard input is the stream and whose end is the answer. Blocks can then be written
/// to that process as they come, and a slow disk slows the sender down.
///
/// Nothing is deleted, save what stands where something of another kind must go. Every file is
/// complete in its place or is not there; after an error the files that came before it stay. What
/// another node writes in a home that both have is passed over; links are made on every node.
class FileSink {
 public:
  /// `destinations[i]` is where mount i goes, as the task has it.
  FileSink(NodePaths paths, Staging staging, std::vector<std::string> destinations)
      : paths_(std::move(paths)),
        staging_(std::move(staging)),
        destinations_(std::move(destinations)) {}
  FileSink(const FileSink&) = delete;
  FileSink& operator=(const FileSink&) = delete;

  /// Reads the whole stream, once. What no honest sender puts into one is refused: names that lead
  /// out of their destination, unknown mounts, kinds of files that are not sent, a stream that is
  /// cut short or damaged. Errors name the path on this node and say why.
  Result<void> extract(int fd);

 private:
  Result<void> resolve_destinations();
  Result<void> place(const TarItem& item, TarReader& tar);
  Result<void> place_top(const TarItem& item, size_t mount, TarReader& tar);
  Result<void> place_below(const TarItem& item, std::string_view path, TarReader& tar);

  NodePaths paths_;
  Staging staging_;
  std::vector<std::string> destinations_;
  std::vector<Destination> resolved_;
  std::vector<bool> written_elsewhere_;  ///< of the mount with that number
  std::vector<MountLink> links_;
  std::optional<Subtree> tree_;  ///< of the directory that is being filled
  size_t tree_mount_ = 0;        ///< and which mount that is
};

}  // namespace skyrun
