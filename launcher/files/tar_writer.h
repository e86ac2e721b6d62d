// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "launcher/files/compressor.h"
#include "launcher/files/source_file.h"

struct archive;

namespace skyrun {

/// What goes before the content of one file in the archive.
struct TarEntry {
  std::string path;             ///< any bytes but NUL
  struct stat status {};        ///< its type, mode, size and mtime are sent
  std::string link;             ///< where a symbolic link points
  std::vector<Extent> extents;  ///< where the data of a sparse file is
};

/// A zstd-compressed pax archive (POSIX.1-2017, pax, "pax Interchange Format"). Names are written
/// as bytes (hdrcharset=BINARY): what they are encoded in is nobody's business on the way.
class TarWriter {
 public:
  static Result<std::unique_ptr<TarWriter>> open();
  TarWriter(const TarWriter&) = delete;
  TarWriter& operator=(const TarWriter&) = delete;

  Result<void> begin(const TarEntry& entry);
  /// The next content of the entry, holes as zeros.
  Result<void> write(std::string_view bytes);
  /// Ends the archive.
  Result<void> finish();

  /// What is ready so far; the reader takes from its front.
  std::string& output() { return output_; }

 private:
  struct Free {
    void operator()(archive* tar) const;
  };

  TarWriter();
  static ssize_t on_bytes(archive* tar, void* self, const void* bytes, size_t size);
  Result<void> result(int code);

  Compressor compressor_;
  std::string output_;
  std::unique_ptr<archive, Free> tar_;  ///< last: freeing it may still write
};

}  // namespace skyrun
