// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/fd.h"
#include "core/result.h"
#include "node_daemon/files/attributes.h"
#include "node_daemon/files/staging.h"

namespace skyrun {

/// A regular file in the making. It takes its place when it is complete; until then what stood
/// there stands. One that is never committed leaves nothing, not even where a write failed because
/// the disk is full: it has no name until then (open(2), O_TMPFILE), or where the file system
/// cannot do that, one beside its place that the Staging remembers.
class NewFile {
 public:
  /// The spot's descriptor and the staging are borrowed and must outlive the file; `path` is for
  /// error texts.
  static Result<NewFile> create(Spot spot, std::string path, const Staging& staging);
  NewFile(NewFile&& other) noexcept = default;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();

  /// What is never written reads as zeros, and takes no space where the file system can do that.
  Result<void> write_at(off_t offset, std::string_view bytes);

  /// Cuts or extends it to `size` bytes and puts it in its place.
  Result<void> commit(off_t size, const Attributes& attributes);

 private:
  NewFile(Spot spot, std::string path, const Staging& staging)
      : spot_(std::move(spot)), path_(std::move(path)), staging_(&staging) {}
  bool open_beside();
  bool flush();
  int take_place();

  Spot spot_;
  std::string path_;
  const Staging* staging_;
  std::string beside_;  ///< the name that it has until it takes its place; empty: none
  Fd fd_;               ///< open until it has
};

}  // namespace skyrun
