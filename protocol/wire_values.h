// SPDX-License-Identifier: Apache-2.0
//
// The values inside messages, to and from their generated types. Only the codec includes this.
#pragma once

#include "core/result.h"
#include "job.pb.h"
#include "protocol/bounds.h"
#include "protocol/job.h"

namespace skyrun::wire {

/// Throws nothing; a value out of range is remembered and decode() refuses the message.
class Checks {
 public:
  void require(bool condition, const char* what) {
    if (!condition && problem_ == nullptr) problem_ = what;
  }
  const char* problem() const { return problem_; }

 private:
  const char* problem_ = nullptr;
};

NodeId node(uint32_t wire, Checks& checks);
Rank rank(uint32_t wire, Checks& checks);
Stage stage(pb::Stage wire, Checks& checks);
ExitStatus status(const pb::ExitStatus& wire, Checks& checks);
std::chrono::milliseconds millis(uint32_t wire, Checks& checks);
int signal_number(uint32_t wire, Checks& checks);

/// What is said to the person, on its way in and out: one line that a terminal can bear, of at most
/// kMaxTextBytes.
std::string text(const std::string& value);

/// At most kMaxTexts of them; the last one says how many there were more.
template <class Strings>
std::vector<std::string> texts(const Strings& values) {
  std::vector<std::string> result;
  const auto count = static_cast<size_t>(values.size());
  const size_t kept = count <= kMaxTexts ? count : kMaxTexts - 1;
  for (size_t i = 0; i < kept; ++i) result.push_back(text(values[static_cast<int>(i)]));
  if (kept < count) result.push_back("and " + std::to_string(count - kept) + " more");
  return result;
}

template <class Strings>
std::vector<std::string> strings(const Strings& wire) {
  return {wire.begin(), wire.end()};
}

/// Places in a list of `count`.
template <class Numbers>
std::vector<uint32_t> indices(const Numbers& wire, size_t count, Checks& checks) {
  for (const uint32_t each : wire) checks.require(each < count, "a place is beyond its list");
  return {wire.begin(), wire.end()};
}

void put(const ExitStatus& value, pb::ExitStatus* wire);

void put(const NodeSpec& value, pb::NodeSpec* wire);
NodeSpec get(const pb::NodeSpec& wire, Checks& checks);
std::vector<NodeSpec> nodes(const google::protobuf::RepeatedPtrField<pb::NodeSpec>& wire,
                            Checks& checks);

void put(const NodeFacts& value, pb::NodeFacts* wire);
NodeFacts get(const pb::NodeFacts& wire, Checks& checks);

void put(const LaunchOptions& value, pb::LaunchOptions* wire);
LaunchOptions get(const pb::LaunchOptions& wire, Checks& checks);

void put(const ResourceWishes& value, pb::ResourceWishes* wire);
ResourceWishes get(const pb::ResourceWishes& wire, Checks& checks);

void put(const PlacementWish& value, pb::PlacementWish* wire);
PlacementWish get(const pb::PlacementWish& wire, Checks& checks);

void put(const RankSeat& value, pb::RankSeat* wire);
RankSeat get(const pb::RankSeat& wire, Checks& checks);

void put(const JobSeats& value, pb::JobSeats* wire);
JobSeats get(const pb::JobSeats& wire, Checks& checks);

void put(const JobSpec& value, pb::JobSpec* wire);
JobSpec get(const pb::JobSpec& wire, Checks& checks);

}  // namespace skyrun::wire
