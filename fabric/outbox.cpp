// SPDX-License-Identifier: Apache-2.0
#include "fabric/outbox.h"

#include <algorithm>
#include <utility>

#include "core/assert.h"

namespace skyrun {
namespace {

int64_t price_of(const Frame& frame) {
  return static_cast<int64_t>(cost_of(frame));
}

/// What the cluster says of a job is said before anything of that job.
void queue_up(std::deque<JobId>& turns, JobId job) {
  if (job == kNoJob) {
    turns.push_front(job);
  } else {
    turns.push_back(job);
  }
}

}  // namespace

void Outbox::push(Frame frame, Receipt receipt) {
  const Channel channel = channel_of(frame);
  auto& lane = lanes_.at(static_cast<size_t>(channel.lane));
  const auto [at, is_new] = lane.lines.try_emplace(channel.job);
  Line& line = at->second;
  if (is_new) line.credit = whole(channel.lane);
  if (line.waiting.empty()) queue_up(lane.turns, channel.job);
  line.waiting.push_back({std::move(frame), std::move(receipt)});
  ++waiting_;
}

const Packet* Outbox::next() {
  if (again_ < unsure_.size()) return &unsure_[again_++];
  for (size_t i = 0; i < kLanes && waiting_ > 0; ++i) {
    const Packet* packet = next_of(static_cast<Lane>(i));
    if (packet != nullptr) return packet;
  }
  return nullptr;
}

const Packet* Outbox::next_of(Lane lane) {
  auto& [lines, turns] = lanes_.at(static_cast<size_t>(lane));
  for (size_t tries = turns.size(); tries > 0; --tries) {
    const JobId job = turns.front();
    turns.pop_front();
    Line& line = lines.at(job);
    if (line.credit <= 0) {
      queue_up(turns, job);
      if (job == kNoJob) return nullptr;
      continue;
    }
    Parcel parcel = std::move(line.waiting.front());
    line.waiting.pop_front();
    --waiting_;
    line.credit -= price_of(parcel.frame);
    if (!line.waiting.empty()) queue_up(turns, job);
    unsure_.emplace_back(std::move(parcel.frame));
    ++again_;
    return &unsure_.back();  // whoever is called by the receipt's end finds all in order
  }
  return nullptr;
}

Outbox::Line* Outbox::find(Channel channel) {
  auto& lines = lanes_.at(static_cast<size_t>(channel.lane)).lines;
  const auto found = lines.find(channel.job);
  return found == lines.end() ? nullptr : &found->second;
}

void Outbox::forget_if_idle(Channel channel) {
  const Line* line = find(channel);
  const bool idle = line->waiting.empty() && line->credit == whole(channel.lane);
  if (idle) lanes_.at(static_cast<size_t>(channel.lane)).lines.erase(channel.job);
}

Result<void> Outbox::acknowledge(uint64_t received, uint64_t sent) {
  if (received < acknowledged_ || received > sent)
    return failure("it says that it has received what was not sent");
  const auto count = static_cast<size_t>(received - acknowledged_);
  unsure_.erase(unsure_.begin(), unsure_.begin() + static_cast<std::ptrdiff_t>(count));
  again_ -= std::min(again_, count);
  acknowledged_ = received;
  return {};
}

Result<void> Outbox::on_grant(const Grant& grant) {
  auto known = acknowledge(grant.received, acknowledged_ + again_);
  if (!known) return known;
  for (const auto& [channel, bytes] : grant.given_back) {
    Line* line = find(channel);
    const int64_t owed = line == nullptr ? 0 : whole(channel.lane) - line->credit;
    if (bytes > static_cast<uint64_t>(owed)) return failure("it grants more than it was sent");
    line->credit += static_cast<int64_t>(bytes);
    forget_if_idle(channel);
  }
  return {};
}

/// What it was granted by the old link, and we never heard of, shows in what it still holds.
Result<void> Outbox::on_resume(const Resume& resume) {
  auto known = acknowledge(resume.received, acknowledged_ + unsure_.size());
  if (!known) return known;
  again_ = 0;
  std::map<Channel, int64_t> owed;
  for (const auto& [channel, bytes] : resume.held) {
    const Line* line = find(channel);
    const int64_t most = line == nullptr ? 0 : whole(channel.lane) - line->credit;
    if (bytes > static_cast<uint64_t>(most)) return failure("it holds more than it was sent");
    owed[channel] = static_cast<int64_t>(bytes);
  }
  for (const auto& packet : unsure_) {
    const Frame& frame = std::get<Frame>(packet);
    owed[channel_of(frame)] += price_of(frame);
  }
  for (size_t i = 0; i < kLanes; ++i) {
    const Lane lane = static_cast<Lane>(i);
    auto& lines = lanes_.at(i).lines;
    for (auto& [job, line] : lines) {
      const auto found = owed.find({lane, job});
      line.credit = whole(lane) - (found == owed.end() ? 0 : found->second);
    }
    std::erase_if(lines, [lane](const auto& each) {
      return each.second.waiting.empty() && each.second.credit == whole(lane);
    });
  }
  return {};
}

void Outbox::start_over() {
  SKYRUN_ASSERT(acknowledged_ == 0);
  const auto begun = on_resume({});
  SKYRUN_ASSERT(begun.has_value());
}

/// Receipts end when all is in order.
void Outbox::clear() {
  const auto dropped = std::exchange(lanes_, {});
  unsure_.clear();
  waiting_ = again_ = 0;
}

size_t Outbox::channels() const {
  size_t count = 0;
  for (const auto& lane : lanes_) count += lane.lines.size();
  return count;
}

}  // namespace skyrun
