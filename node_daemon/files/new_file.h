// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/fd.h"
#include "core/result.h"
#include "node_daemon/files/attributes.h"

namespace skyrun {

/// A regular file in the making. It is written under a temporary name beside its place and takes
/// the place when it is complete; until then what stood there stands. One that is never committed
/// leaves nothing, not even where a write failed because the disk is full.
class NewFile {
 public:
  /// `directory_fd` is borrowed and must outlive the file; `path` is for error texts.
  static Result<NewFile> create(int directory_fd, std::string name, std::string path);
  NewFile(NewFile&& other) noexcept = default;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();

  /// What is never written reads as zeros, and takes no space where the file system can do that.
  Result<void> write_at(off_t offset, std::string_view bytes);

  /// Cuts or extends it to `size` bytes and puts it in its place.
  Result<void> commit(off_t size, const Attributes& attributes);

 private:
  NewFile(int directory_fd, std::string name, std::string path);
  bool flush();

  int directory_fd_;
  std::string name_;
  std::string path_;
  std::string temporary_;
  Fd fd_;  ///< open while the temporary file exists
};

}  // namespace skyrun
