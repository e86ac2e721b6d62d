// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace skyrun {

/// How far the stream of files is on every node, as the head knows it. Pure.
class SyncProgress {
 public:
  explicit SyncProgress(size_t nodes = 0) : nodes_(nodes) {}

  /// The client has sent so many bytes more; none: that was all.
  void on_sent(uint64_t bytes);

  /// The node has taken so much from the start of the stream. True: the slowest have moved on.
  bool on_taken(size_t node, uint64_t bytes);

  /// The node is not waited for any more: it has everything, or is lost.
  void settle(size_t node);

  /// Bytes that every node has taken that is waited for.
  uint64_t taken() const { return taken_; }

  /// Has the client sent what the slowest have not taken? If not, they wait for the client.
  bool nodes_are_due() const { return complete_ || sent_ > taken_; }

  /// Has every node taken all that was sent, and nothing more comes?
  bool all_taken() const { return complete_ && taken_ == sent_; }

  /// Those that are waited for, the slowest first.
  std::vector<size_t> waiting() const;

  /// The slowest of them: all that have taken no more than taken().
  std::vector<size_t> slowest() const;

 private:
  struct Node {
    uint64_t taken = 0;
    bool settled = false;
  };

  bool look_for_slowest();

  std::vector<Node> nodes_;
  uint64_t sent_ = 0;
  uint64_t taken_ = 0;
  bool complete_ = false;
};

}  // namespace skyrun
