// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "node_daemon/files/attributes.h"

struct archive;

namespace skyrun {

/// The head of one file in an archive. Nothing in it has been judged.
struct TarItem {
  std::string path;
  mode_t type = 0;  ///< S_IFREG and so on; 0 for what names another item (a hard link)
  Attributes attributes;
  off_t size = 0;
  std::string link;  ///< where a symbolic link points
};

/// A piece of a file's content, valid until the next call. What lies between two is a hole.
struct TarBlock {
  off_t offset = 0;
  std::string_view bytes;
};

/// Reads a zstd-compressed tar archive from a descriptor, in bounded memory, waiting for more where
/// there is none yet. An archive is only complete when the descriptor is at its end and the
/// checksum there is right: anything cut off or altered on the way is an error.
class TarReader {
 public:
  /// `fd` is borrowed.
  static Result<TarReader> open(int fd);

  /// The next file's head, past what is left of the last one's content; nothing at the end.
  Result<std::optional<TarItem>> next();

  /// The next piece of its content; nothing at its end.
  Result<std::optional<TarBlock>> next_block();

 private:
  struct Free {
    void operator()(archive* tar) const;
  };

  TarReader();
  Error error() const;

  std::unique_ptr<archive, Free> tar_;
};

}  // namespace skyrun
