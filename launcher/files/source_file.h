// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fd.h"
#include "core/result.h"
#include "launcher/files/source_tree.h"

namespace skyrun {

/// A stretch of a file, in bytes.
struct Extent {
  off_t offset = 0;
  off_t length = 0;

  off_t end() const { return offset + length; }
};

/// A regular file being read block by block. It always gives exactly the size that it had when it
/// was opened, whatever happens to it meanwhile: a file that grew is cut there, one that shrank is
/// filled with zeros; changed() then says so.
class SourceFile {
 public:
  static constexpr size_t kBlock = size_t{256} << 10U;

  /// Nothing when there is no such regular file (any more).
  static Result<std::optional<SourceFile>> open(const SourceTree& tree, const std::string& relative,
                                                const std::string& path);

  const struct stat& status() const { return status_; }

  /// Where its data is when it is sparse; no stretch at all when it is not.
  const std::vector<Extent>& extents() const { return extents_; }

  /// The next bytes, at most kBlock, valid until the next call; empty at the end. Holes are not
  /// read.
  Result<std::string_view> next_block();

  /// Whether its size is another now. To be asked at the end.
  bool changed() const;

 private:
  SourceFile(std::string path, Fd fd, const struct stat& status);
  struct Stretch {
    off_t end;
    bool is_hole;
  };
  Stretch stretch();
  Result<size_t> read_data(size_t wanted);

  std::string path_;
  Fd fd_;
  struct stat status_;
  std::vector<Extent> extents_;
  size_t extent_ = 0;  ///< the first that does not end before offset_
  off_t offset_ = 0;
  bool ended_early_ = false;
  std::string block_;
};

}  // namespace skyrun
