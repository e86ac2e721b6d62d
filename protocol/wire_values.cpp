// SPDX-License-Identifier: Apache-2.0
#include "protocol/wire_values.h"

#include <cmath>

#include "core/text.h"
#include "core/utf8.h"

namespace skyrun::wire {
namespace {

constexpr uint32_t kMaxMillis = 1000U * 60 * 60 * 24 * 30;
constexpr uint32_t kMaxCpus = 1U << 16U;
constexpr uint32_t kMaxGpus = 100000;  // as kMostAccelerators of a task
constexpr uint32_t kMaxNumaNodes = 1U << 16U;
constexpr uint32_t kMaxPrefix = 128;

void put(const Variables& values, google::protobuf::RepeatedPtrField<pb::Variable>* wire) {
  for (const auto& [name, value] : values) {
    auto* variable = wire->Add();
    variable->set_name(name);
    variable->set_value(value);
  }
}

Variables get(const google::protobuf::RepeatedPtrField<pb::Variable>& wire) {
  Variables values;
  values.reserve(static_cast<size_t>(wire.size()));
  for (const auto& variable : wire) values.emplace_back(variable.name(), variable.value());
  return values;
}

}  // namespace

std::string text(const std::string& value) {
  constexpr std::string_view kCut = "…";
  std::string line = printable(value);
  if (line.size() <= kMaxTextBytes) return line;
  line.resize(kMaxTextBytes - kCut.size());
  line.resize(line.size() - unfinished_tail(line));
  return line.append(kCut);
}

NodeId node(uint32_t wire, Checks& checks) {
  checks.require(wire < kMaxNodes, "a node number is out of range");
  return NodeId{wire};
}

Rank rank(uint32_t wire, Checks& checks) {
  checks.require(wire < kMaxRanks, "a rank is out of range");
  return Rank{wire};
}

Stage stage(pb::Stage wire, Checks& checks) {
  checks.require(pb::Stage_IsValid(wire), "an unknown stage");
  return static_cast<Stage>(wire);
}

ExitStatus status(const pb::ExitStatus& wire, Checks& checks) {
  checks.require(wire.code() < 256 && wire.signal() <= 64, "an exit status is out of range");
  return {.code = static_cast<int>(wire.code()), .signal = static_cast<int>(wire.signal())};
}

std::chrono::milliseconds millis(uint32_t wire, Checks& checks) {
  checks.require(wire <= kMaxMillis, "a time is longer than 30 days");
  return std::chrono::milliseconds(wire);
}

int signal_number(uint32_t wire, Checks& checks) {
  checks.require(wire >= 1 && wire <= 64, "a signal number is out of range");
  return static_cast<int>(wire);
}

void put(const ExitStatus& value, pb::ExitStatus* wire) {
  wire->set_code(static_cast<uint32_t>(value.code));
  wire->set_signal(static_cast<uint32_t>(value.signal));
}

void put(const NodeSpec& value, pb::NodeSpec* wire) {
  wire->set_id(value.id.value);
  wire->set_host(value.host);
  wire->set_user(value.user);
  wire->set_port(value.port);
  wire->set_local(value.local);
  wire->set_home(value.home);
  wire->set_address(value.address);
  wire->set_identity_file(value.identity_file);
  wire->set_by_client(value.by_client);
  wire->set_slots(value.slots);
  for (const auto& option : value.ssh_options) wire->add_ssh_options(option);
}

NodeSpec get(const pb::NodeSpec& wire, Checks& checks) {
  checks.require(wire.port() < 65536, "a port is out of range");
  checks.require(wire.host().empty() || wire.host()[0] != '-', "a host name begins with '-'");
  checks.require(wire.user().empty() || wire.user()[0] != '-', "a user name begins with '-'");
  return {.id = node(wire.id(), checks),
          .host = wire.host(),
          .user = wire.user(),
          .port = static_cast<uint16_t>(wire.port()),
          .local = wire.local(),
          .home = wire.home(),
          .address = wire.address(),
          .identity_file = wire.identity_file(),
          .by_client = wire.by_client(),
          .slots = wire.slots(),
          .ssh_options = strings(wire.ssh_options())};
}

std::vector<NodeSpec> nodes(const google::protobuf::RepeatedPtrField<pb::NodeSpec>& wire,
                            Checks& checks) {
  std::vector<NodeSpec> result;
  result.reserve(static_cast<size_t>(wire.size()));
  for (const auto& node : wire) result.push_back(get(node, checks));
  return result;
}

void put(const NodeAddress& value, pb::NodeAddress* wire) {
  wire->set_interface(value.interface);
  wire->set_address(value.address);
  wire->set_prefix(value.prefix);
}

NodeAddress get(const pb::NodeAddress& wire, Checks& checks) {
  checks.require(wire.prefix() <= kMaxPrefix, "a network prefix is out of range");
  return {.interface = wire.interface(), .address = wire.address(), .prefix = wire.prefix()};
}

void put(const NodeFacts& value, pb::NodeFacts* wire) {
  wire->set_hostname(value.hostname);
  wire->set_address(value.address);
  wire->set_cpus(value.cpus);
  wire->set_memory_bytes(value.memory_bytes);
  for (const auto& uuid : value.gpu_uuids) wire->add_gpu_uuids(uuid);
  wire->set_why_no_machine(text(value.why_no_machine));
  for (const auto& address : value.addresses) put(address, wire->add_addresses());
  wire->set_reached_from(value.reached_from);
}

NodeFacts get(const pb::NodeFacts& wire, Checks& checks) {
  NodeFacts facts{.hostname = wire.hostname(),
                  .address = wire.address(),
                  .reached_from = wire.reached_from(),
                  .cpus = wire.cpus(),
                  .memory_bytes = wire.memory_bytes(),
                  .gpu_uuids = strings(wire.gpu_uuids()),
                  .why_no_machine = text(wire.why_no_machine())};
  for (const auto& address : wire.addresses()) facts.addresses.push_back(get(address, checks));
  return facts;
}

void put(const LaunchOptions& value, pb::LaunchOptions* wire) {
  for (const auto& word : value.agent) wire->add_agent(word);
  for (const auto& option : value.ssh_options) wire->add_ssh_options(option);
  wire->set_daemon_path(value.daemon_path);
  wire->set_arity(value.arity);
  wire->set_start_timeout_ms(static_cast<uint32_t>(value.start_timeout.count()));
  wire->set_lease_ms(static_cast<uint32_t>(value.lease.count()));
  wire->set_wants_machines(value.wants_machines);
  wire->set_interface(value.interface);
}

LaunchOptions get(const pb::LaunchOptions& wire, Checks& checks) {
  checks.require(wire.agent_size() > 0, "no launch agent");
  checks.require(wire.arity() >= 1 && wire.arity() < kMaxNodes, "the arity is out of range");
  checks.require(wire.lease_ms() >= 100, "the lease is too short");
  return {.agent = strings(wire.agent()),
          .ssh_options = strings(wire.ssh_options()),
          .daemon_path = wire.daemon_path(),
          .arity = wire.arity(),
          .start_timeout = millis(wire.start_timeout_ms(), checks),
          .lease = millis(wire.lease_ms(), checks),
          .wants_machines = wire.wants_machines(),
          .interface = wire.interface()};
}

void put(const RankSeat& value, pb::RankSeat* wire) {
  for (const uint32_t cpu : value.cpus) wire->add_cpus(cpu);
  if (value.numa) wire->set_numa(*value.numa);
  put(value.variables, wire->mutable_variables());
  put(value.defaults, wire->mutable_defaults());
}

RankSeat get(const pb::RankSeat& wire, Checks& checks) {
  RankSeat seat;
  seat.cpus = indices(wire.cpus(), kMaxCpus, checks);
  checks.require(wire.cpus_size() <= static_cast<int>(kMaxCpus), "too many CPUs");
  checks.require(wire.numa() < kMaxNumaNodes, "a NUMA node is out of range");
  if (wire.has_numa()) seat.numa = wire.numa();
  seat.variables = get(wire.variables());
  seat.defaults = get(wire.defaults());
  for (const auto* variables : {&seat.variables, &seat.defaults}) {
    for (const auto& [name, value] : *variables)
      checks.require(is_seat_variable(name), "a seat sets another variable than its own");
  }
  return seat;
}

namespace {

void put(const App& value, pb::App* wire) {
  for (const auto& word : value.argv) wire->add_argv(word);
  put(value.variables, wire->mutable_variables());
  wire->set_directory(value.directory);
  wire->set_insists(value.insists);
  wire->set_ranks(value.ranks);
}

App get(const pb::App& wire, Checks& checks) {
  checks.require(wire.argv_size() > 0, "an app without a program");
  return {.argv = strings(wire.argv()),
          .variables = get(wire.variables()),
          .directory = wire.directory(),
          .insists = wire.insists(),
          .ranks = wire.ranks()};
}

void put(const RankRun& value, pb::RankRun* wire) {
  wire->set_node(value.node);
  wire->set_nodes(value.nodes);
  wire->set_rank(value.rank);
  wire->set_ranks(value.ranks);
  wire->set_step(value.step);
  wire->set_node_step(value.node_step);
}

RankRun get(const pb::RankRun& wire) {
  return {.node = wire.node(),
          .nodes = wire.nodes(),
          .rank = wire.rank(),
          .ranks = wire.ranks(),
          .step = wire.step(),
          .node_step = wire.node_step()};
}

}  // namespace

void put(const JobSeats& value, pb::JobSeats* wire) {
  wire->set_num_gpus(value.num_gpus);
  wire->set_gpus_are_schedulable(value.gpus_are_schedulable);
  for (const auto& seat : value.seats) put(seat, wire->add_seats());
  for (const uint32_t place : value.seat_of) wire->add_seat_of(place);
  for (const auto& run : value.ranks.runs) put(run, wire->add_ranks());
}

JobSeats get(const pb::JobSeats& wire, Checks& checks) {
  checks.require(wire.num_gpus() <= kMaxGpus, "the number of GPUs is out of range");
  JobSeats seats{.num_gpus = wire.num_gpus(), .gpus_are_schedulable = wire.gpus_are_schedulable()};
  for (const auto& seat : wire.seats()) seats.seats.push_back(get(seat, checks));
  seats.seat_of = indices(wire.seat_of(), seats.seats.size(), checks);
  for (const auto& run : wire.ranks()) seats.ranks.runs.push_back(get(run));
  return seats;
}

void put(const ResourceWishes& value, pb::ResourceWishes* wire) {
  for (const auto& each : value.candidates) {
    auto* candidate = wire->add_candidates();
    candidate->set_accelerator(each.accelerator);
    candidate->set_accelerators(each.accelerators);
    candidate->set_schedulable(each.schedulable);
    candidate->set_cpus(each.cpus);
    candidate->set_memory_gib(each.memory_gib);
  }
  wire->set_takes_any_gpus(value.takes_any_gpus);
  wire->set_insists(value.insists);
}

ResourceWishes get(const pb::ResourceWishes& wire, Checks& checks) {
  checks.require(wire.candidates_size() > 0, "no candidate for the resources of a job");
  ResourceWishes wishes{
      .candidates = {}, .takes_any_gpus = wire.takes_any_gpus(), .insists = wire.insists()};
  for (const auto& each : wire.candidates()) {
    const bool counts = each.accelerators() >= 0 && each.accelerators() <= kMaxGpus;
    checks.require(counts, "the number of GPUs is out of range");
    const bool amounts = each.cpus() >= 0 && std::isfinite(each.cpus()) && each.memory_gib() >= 0 &&
                         std::isfinite(each.memory_gib());
    checks.require(amounts, "a wished amount is out of range");
    wishes.candidates.push_back({.accelerator = each.accelerator(),
                                 .accelerators = counts ? each.accelerators() : 0,
                                 .schedulable = each.schedulable(),
                                 .cpus = each.cpus(),
                                 .memory_gib = each.memory_gib()});
  }
  return wishes;
}

void put(const PlacementWish& value, pb::PlacementWish* wire) {
  wire->set_ranks(value.ranks);
  wire->set_map_by(value.map_by);
  wire->set_rank_by(value.rank_by);
  wire->set_bind_to(value.bind_to);
  wire->set_file_text(value.file_text);
  wire->set_defaults(static_cast<uint32_t>(value.defaults));
  wire->set_own_gpus(value.own_gpus);
  wire->set_display_map(value.display_map);
}

PlacementWish get(const pb::PlacementWish& wire, Checks& checks) {
  checks.require(wire.defaults() <= static_cast<uint32_t>(Defaults::open_mpi_4),
                 "unknown defaults of placement");
  checks.require(wire.ranks() <= kMaxRanks, "the number of ranks is out of range");
  return {.ranks = wire.ranks(),
          .map_by = wire.map_by(),
          .rank_by = wire.rank_by(),
          .bind_to = wire.bind_to(),
          .file_text = wire.file_text(),
          .defaults = static_cast<Defaults>(wire.defaults()),
          .own_gpus = wire.own_gpus(),
          .display_map = wire.display_map()};
}

void put(const JobSpec& value, pb::JobSpec* wire) {
  wire->set_id(value.id);
  wire->set_name(value.name);
  wire->set_task_id(value.task_id);
  wire->set_cluster_info(value.cluster_info);
  wire->set_user(value.user);
  wire->set_num_nodes(value.num_nodes);
  put(value.envs, wire->mutable_envs());
  put(value.secrets, wire->mutable_secrets());
  if (value.setup) wire->set_setup(*value.setup);
  if (value.run) wire->set_run(*value.run);
  for (const auto& app : value.apps) put(app, wire->add_apps());
  wire->set_log_name(value.log_name);
  wire->set_group(value.group);
  wire->set_reports_bindings(value.reports_bindings);
  wire->set_syncs_files(value.syncs_files);
  wire->set_grace_ms(static_cast<uint32_t>(value.grace.count()));
  wire->set_linger_ms(static_cast<uint32_t>(value.linger.count()));
  wire->set_sync_timeout_ms(static_cast<uint32_t>(value.sync_timeout.count()));
}

JobSpec get(const pb::JobSpec& wire, Checks& checks) {
  checks.require(wire.num_nodes() >= 1 && wire.num_nodes() < kMaxNodes,
                 "the number of nodes is out of range");
  checks.require(wire.task_id().find('/') == std::string::npos, "a task id has a slash");
  checks.require(wire.log_name().find("..") == std::string::npos, "a log name leads elsewhere");
  JobSpec job;
  job.id = wire.id();
  job.name = wire.name();
  job.task_id = wire.task_id();
  job.cluster_info = wire.cluster_info();
  job.user = wire.user();
  job.num_nodes = wire.num_nodes();
  job.envs = get(wire.envs());
  job.secrets = get(wire.secrets());
  if (wire.has_setup()) job.setup = wire.setup();
  if (wire.has_run()) job.run = wire.run();
  for (const auto& app : wire.apps()) job.apps.push_back(get(app, checks));
  job.log_name = wire.log_name();
  job.group = wire.group();
  job.reports_bindings = wire.reports_bindings();
  job.syncs_files = wire.syncs_files();
  job.grace = millis(wire.grace_ms(), checks);
  job.linger = millis(wire.linger_ms(), checks);
  job.sync_timeout = millis(wire.sync_timeout_ms(), checks);
  return job;
}

}  // namespace skyrun::wire
