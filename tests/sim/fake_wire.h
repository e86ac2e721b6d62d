// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <random>
#include <utility>

#include "fabric/peer.h"
#include "tests/sim/virtual_time.h"

namespace skyrun {

/// A connection between two peers: each way has a bandwidth and delays that differ from packet to
/// packet, and keeps the order. Once it is cut, nothing that is on it arrives.
class FakeWire {
 public:
  struct Speed {
    uint64_t bytes_a_second = 100'000'000;
    VirtualTime::Micros longest_delay = 200;
  };

  FakeWire(VirtualTime& time, uint32_t seed, Speed speed)
      : left_(std::make_unique<End>(time, seed, speed)),
        right_(std::make_unique<End>(time, seed + 1, speed)) {}

  /// Both peers have it as their link from now on. `again`: they have had another.
  void join(Peer& left, Peer& right, bool again = false) {
    left_->bind(left, right);
    right_->bind(right, left);
    again ? left.reconnect(*left_) : left.connect(*left_);
    again ? right.reconnect(*right_) : right.connect(*right_);
  }

  void cut() {
    left_->cut();
    right_->cut();
  }

  /// Packets that the left and the right peer have put on it.
  size_t packets() const { return left_->sent() + right_->sent(); }

 private:
  /// Where one of them writes.
  class End : public Link {
   public:
    End(VirtualTime& time, uint32_t seed, Speed speed)
        : time_(time), random_(seed), speed_(speed) {}

    void bind(Peer& from, Peer& to) {
      from_ = &from;
      to_ = &to;
    }
    void cut() {
      if (!*whole_) return;
      *whole_ = false;
      from_->disconnect();
    }
    size_t sent() const { return sent_; }

    void send(const Packet& packet) override {
      ++sent_;
      unwritten_ += size_of(packet);
      queue_.push_back(packet);
      if (queue_.size() == 1) write_next();
    }
    size_t unwritten() const override { return unwritten_; }

   private:
    static size_t size_of(const Packet& packet) {
      const auto* frame = std::get_if<Frame>(&packet);
      return frame == nullptr ? 32 : cost_of(*frame);
    }

    void write_next() {
      const size_t size = size_of(queue_.front());
      const auto takes = 1 + size * 1'000'000 / speed_.bytes_a_second;
      time_.after(takes, [this, whole = whole_, size] {
        if (!*whole) return;
        deliver(std::move(queue_.front()));
        queue_.pop_front();
        unwritten_ -= size;
        if (!queue_.empty()) write_next();
        from_->on_room();
      });
    }

    void deliver(Packet packet) {
      const auto delay =
          std::uniform_int_distribution<VirtualTime::Micros>(0, speed_.longest_delay)(random_);
      arrives_ = std::max(arrives_, time_.now() + delay);
      time_.after(arrives_ - time_.now(),
                  [this, whole = whole_, packet = std::move(packet)]() mutable {
                    if (*whole) to_->on_packet(std::move(packet));
                  });
    }

    VirtualTime& time_;
    std::mt19937 random_;
    Speed speed_;
    Peer* from_ = nullptr;
    Peer* to_ = nullptr;
    std::shared_ptr<bool> whole_ = std::make_shared<bool>(true);
    std::deque<Packet> queue_;
    size_t unwritten_ = 0;
    size_t sent_ = 0;
    VirtualTime::Micros arrives_ = 0;  // the last of them
  };

  std::unique_ptr<End> left_, right_;
};

}  // namespace skyrun
