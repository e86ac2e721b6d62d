// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "core/fd.h"
#include "core/result.h"

namespace skyrun {

/// A name in an open directory, which is borrowed.
struct Spot {
  int directory_fd;
  std::string directory;  ///< its path
  std::string name;
};

/// Puts things in their places whole, without a moment in which a half-made one or a name of ours
/// stands there that nobody would remove if this process ended. Several processes may do so in the
/// same tree at once: two jobs in one home, or the nodes that share it over NFS.
///
/// What takes a free place is made there at once. What replaces something is made in a scratch
/// directory (core/scratch_directory.h), and renamed into its place. Where that is on another file
/// system it is made beside its place under a name that a link in the scratch directory tells of.
class Staging {
 public:
  /// `scratch` is somebody's ScratchDirectory.
  static Result<Staging> open(const std::string& scratch);

  /// Makes something under a name that must be free. 0, or -1 with errno.
  using Make = std::function<int(int directory_fd, const std::string& name)>;

  /// Puts what `make` makes there, over what is there: also over an empty directory. 0, or -1 with
  /// errno.
  int put(const Spot& spot, const Make& make) const;

  /// The same in two steps, for what takes long to make: a name beside the place, "" with errno;
  /// and what was made under it takes the place, 0 or -1 with errno, or is given up.
  std::string begin_beside(const Spot& spot) const;
  int commit_beside(const Spot& spot, const std::string& name) const;
  void drop_beside(const Spot& spot, const std::string& name) const;

 private:
  explicit Staging(Fd scratch) : scratch_(std::move(scratch)) {}
  int put_through_scratch(const Spot& spot, const Make& make) const;
  int put_beside(const Spot& spot, const Make& make) const;

  Fd scratch_;
};

/// Runs a system call that writes in a directory. When permission is refused because the directory
/// is ours and closed to ourselves (another process copied a read-only directory and has just ended
/// with it), opens it and tries again. Returns what the call returned, with errno.
int write_in(int directory_fd, const std::function<int()>& call);

}  // namespace skyrun
