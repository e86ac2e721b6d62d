// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <zstd.h>

#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"

namespace skyrun {

/// One zstd frame, written piece by piece at a fast level. It ends in a checksum of its content, so
/// that a lost, repeated or altered block on the way is found at the other end (RFC 8878, 3.1.1).
class Compressor {
 public:
  Compressor();

  /// Both append what is ready to `out`; most of what went in is kept until there is a block of it.
  Result<void> write(std::string_view bytes, std::string& out);
  Result<void> finish(std::string& out);

 private:
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  Result<void> run(std::string_view bytes, ZSTD_EndDirective directive, std::string& out);

  std::unique_ptr<ZSTD_CCtx, Free> context_;
  std::string buffer_;
};

}  // namespace skyrun
