// SPDX-License-Identifier: Apache-2.0
//
// How long it takes to place 100,000 ranks on 5,000 nodes, policy by policy, and to seat a task of
// 5,000 nodes from what they say of themselves: the median of several runs, as Markdown. Ends with
// 1 when one takes longer than it may.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>

#include "protocol/codec.h"
#include "tests/support/machine_shape.h"
#include "topology/machine_wire.h"
#include "topology/mapping/placement.h"
#include "topology/mapping/policy_text.h"
#include "topology/seating/job_seats.h"
#include "topology/seating/rank_seats.h"

namespace skyrun {
namespace {

constexpr uint32_t kRanks = 100000;
constexpr uint32_t kNodes = 5000;
constexpr int kRuns = 7;
constexpr double kMostMillis = 100;
constexpr double kMostMillisOfJob = 1000;
constexpr size_t kMostBytesOfJob = size_t{1} << 20U;

double median_millis(const std::vector<NodeOffer>& nodes, const Request& request) {
  std::vector<double> times;
  for (int run = 0; run < kRuns; ++run) {
    const auto start = std::chrono::steady_clock::now();
    const auto placement = place(nodes, request);
    const auto end = std::chrono::steady_clock::now();
    if (!placement || placement->ranks.size() != kRanks) return -1;
    times.push_back(std::chrono::duration<double, std::milli>(end - start).count());
  }
  std::ranges::nth_element(times, times.begin() + kRuns / 2);
  return times[kRuns / 2];
}

/// Nodes of a few kinds, as in a large machine.
std::vector<NodeOffer> make_nodes(std::deque<Machine>& machines) {
  for (const char* shape :
       {"2 package x 4 numa x 16 core x 2 hwthread", "2 package x 1 numa x 32 core x 2 hwthread"}) {
    machines.push_back(machine_shape(shape));
  }
  add_gpus(machines[0], {3, 3, 1, 1, 7, 7, 5, 5});
  std::vector<NodeOffer> nodes;
  for (uint32_t i = 0; i < kNodes; ++i) {
    nodes.push_back({fmt::format("node{}", i), &machines[i % machines.size()], kRanks / kNodes});
  }
  return nodes;
}

bool measure(const std::vector<NodeOffer>& nodes, const char* map) {
  Request request{.ranks = kRanks, .map = parse_map_by(map).value()};
  const double millis = median_millis(nodes, request);
  fmt::print("| {} | {:.1f} |\n", map, millis);
  return millis >= 0 && millis <= kMostMillis;
}

/// Nodes of a task, each with GPUs of its own names.
void make_nodes(const Machine& machine, std::vector<NodeSpec>& specs, std::vector<NodeFacts>& all) {
  for (uint32_t i = 0; i < kNodes; ++i) {
    specs.push_back({.id = NodeId{i}, .host = fmt::format("node{}", i)});
    NodeFacts facts;
    for (size_t gpu = 0; gpu < machine.gpus.size(); ++gpu)
      facts.gpu_uuids.push_back(fmt::format("GPU-{}-{}", i, gpu));
    all.push_back(std::move(facts));
  }
}

bool measure_seats(const Machine& machine) {
  std::vector<NodeSpec> specs;
  std::vector<NodeFacts> facts;
  make_nodes(machine, specs, facts);
  const std::string said = encode_machine(machine);
  const PlacementWish wish{.map_by = "strict", .own_gpus = true};
  std::vector<double> times;
  for (int run = 0; run < kRuns; ++run) {
    const auto start = std::chrono::steady_clock::now();
    NodeMachines machines(kNodes);
    for (uint32_t i = 0; i < kNodes; ++i) {
      if (!machines.learn(i, said)) return false;
    }
    const auto seats = seat_job(wish, {specs, facts, machines}, 8);
    const auto end = std::chrono::steady_clock::now();
    if (!seats || seats->seat_of.size() != kNodes) return false;
    times.push_back(std::chrono::duration<double, std::milli>(end - start).count());
  }
  std::ranges::nth_element(times, times.begin() + kRuns / 2);
  fmt::print("| a task of {} nodes, its own GPUs | {:.1f} |\n", kNodes, times[kRuns / 2]);
  return times[kRuns / 2] <= kMostMillis;
}

/// From what the nodes say to what one of them knows of its own ranks, over the wire.
bool measure_ranks(const Machine& machine, const char* map) {
  std::vector<NodeSpec> specs;
  std::vector<NodeFacts> facts;
  make_nodes(machine, specs, facts);
  for (auto& spec : specs) spec.slots = kRanks / kNodes;
  NodeMachines machines(kNodes);
  const std::string said = encode_machine(machine);
  for (uint32_t i = 0; i < kNodes; ++i) {
    if (!machines.learn(i, said)) return false;
  }
  const PlacementWish wish{.ranks = kRanks, .map_by = map};
  const auto start = std::chrono::steady_clock::now();
  auto seats = seat_ranks(wish, {specs, facts, machines});
  if (!seats) return false;
  Prepare prepare{.job = {.num_nodes = kNodes, .apps = {{.argv = {"program"}, .ranks = kRanks}}}};
  prepare.seats.seats = std::move(seats->seats);
  prepare.seats.seat_of = std::move(seats->seat_of);
  prepare.seats.ranks = std::move(seats->ranks);
  const std::string bytes = encode(prepare);
  const auto arrived = decode(bytes);
  if (!arrived || std::get<Prepare>(*arrived).seats.ranks.on_node(kNodes - 1).empty()) return false;
  const auto end = std::chrono::steady_clock::now();
  const double millis = std::chrono::duration<double, std::milli>(end - start).count();
  fmt::print("| a job of {} ranks by {}, {} bytes | {:.1f} |\n", kRanks, map, bytes.size(), millis);
  return millis <= kMostMillisOfJob && bytes.size() <= kMostBytesOfJob;
}

int run() {
  std::deque<Machine> machines;
  const auto nodes = make_nodes(machines);
  fmt::print("{} ranks on {} nodes\n\n| --map-by | ms |\n|---|---|\n", kRanks, kNodes);
  bool good = true;
  for (const char* map : {"slot", "node", "package", "core", "core:SPAN", "numa:PE=2",
                          "ppr:10:package", "strict", "fill"}) {
    good = measure(nodes, map) && good;
  }
  good = measure_seats(machines[0]) && good;
  for (const char* map : {"slot", "node", "core:SPAN"})
    good = measure_ranks(machines[0], map) && good;
  return good ? 0 : 1;
}

}  // namespace
}  // namespace skyrun

int main() {
  return skyrun::run();
}
