// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "launcher/files/mount.h"
#include "launcher/files/source_file.h"
#include "launcher/files/tally.h"
#include "launcher/files/tar_writer.h"
#include "launcher/files/walk.h"

namespace skyrun {

/// The files of a task as one compressed archive, pulled block by block. Mount i is in it as
/// "<i>" when it is a file, as "<i>/" and "<i>/…" when it is a directory, without what its ignore
/// files drop (IgnoreList). node_daemon/files/file_sink.h is the other end.
///
/// Each directory comes twice: before its contents, open to its owner, so that they can be written;
/// and after them, with its own mode and time. Modes and times of change are kept, owners are not.
/// Symbolic links travel as links, save a source that is one itself. Files with several names (hard
/// links) travel once for each. Sockets, fifos and devices stay behind with a notice.
class FileStream {
 public:
  static constexpr size_t kMaxBlock = size_t{256} << 10U;

  static Result<std::unique_ptr<FileStream>> open(std::vector<Mount> mounts);
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;

  /// The next 1 to kMaxBlock bytes, nothing at the end. A call reads some 4 MiB of files or looks
  /// at some 500 at the most, about ten milliseconds. After an error the stream is of no use.
  Result<std::optional<std::string>> next();

  /// The files that have been read, the last of them perhaps in part.
  const Tally& sent() const { return sent_; }

  /// What the person should hear of the files seen since it was last asked, a line each.
  std::vector<std::string> take_notices();

 private:
  explicit FileStream(std::vector<Mount> mounts, std::unique_ptr<TarWriter> tar)
      : mounts_(std::move(mounts)), tar_(std::move(tar)) {}

  Result<void> step();
  Result<void> start_mount();
  Result<void> walk_on();
  Result<void> add(const WalkStep& found);
  Result<void> add_directory(const WalkStep& found);
  Result<void> add_link(const WalkStep& found);
  Result<void> open_file(const WalkStep& found);
  Result<void> copy_block();
  std::string name_of(const WalkStep& found) const;

  std::vector<Mount> mounts_;
  std::unique_ptr<TarWriter> tar_;
  size_t next_mount_ = 0;
  std::unique_ptr<Walk> walk_;  ///< of mount next_mount_ - 1
  std::optional<SourceFile> file_;
  std::string file_path_;
  size_t work_ = 0;  ///< done in this call of next(), in bytes or what costs as much
  bool finished_ = false;
  std::vector<std::string> vanished_;
  std::vector<std::string> notices_;
  Tally sent_;
};

}  // namespace skyrun
