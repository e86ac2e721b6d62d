// SPDX-License-Identifier: Apache-2.0
//
// The table of bounds.h, in the order of the .proto files.
#include <array>

#include "protocol/bounds.h"
#include "protocol/ids.h"
#include "protocol/rank_map.h"

namespace skyrun {
namespace {

using Holds = WireField::Holds;
using Fields = std::span<const WireField>;

constexpr size_t kAny = size_t{16} << 20U;  // as a frame allows
constexpr size_t kMaxCpus = size_t{1} << 16U;
constexpr size_t kMaxCpuListBytes = size_t{256} << 10U;  // every second one of kMaxCpus
constexpr size_t kMaxSeatVariables = 64;
constexpr size_t kMaxApps = 1024;
constexpr size_t kMaxArguments = size_t{1} << 16U;
constexpr size_t kMaxRankEnds = size_t{1} << 14U;  // of a node, equal ones folded
constexpr size_t kMaxNodeOptions = 64;             // of ssh, that differ from other nodes'
constexpr size_t kMaxAddressesOfNode = 1024;
constexpr size_t kMaxWords = 256;        // of a launch agent
constexpr size_t kMaxCandidates = 4096;  // for the resources of a job
constexpr size_t kMaxMachineLevels = 16;
constexpr size_t kMaxMachineNotices = 64;

constexpr WireField number(uint32_t id, std::string_view name) {
  return {.number = id, .name = name};
}
constexpr WireField real(uint32_t id, std::string_view name) {
  return {.number = id, .name = name, .holds = Holds::real};
}
constexpr WireField numbers(uint32_t id, std::string_view name, size_t times) {
  return {.number = id, .name = name, .holds = Holds::numbers, .most_times = times};
}
constexpr WireField bytes(uint32_t id, std::string_view name, size_t size, size_t times = 1) {
  return {
      .number = id, .name = name, .holds = Holds::bytes, .most_bytes = size, .most_times = times};
}
/// What is said to the person; whoever shows it makes it printable.
constexpr WireField text(uint32_t id, std::string_view name, size_t times = 1) {
  return bytes(id, name, kMaxTextBytes, times);
}
constexpr WireField plain(uint32_t id, std::string_view name, size_t size, size_t times = 1) {
  return {
      .number = id, .name = name, .holds = Holds::name, .most_bytes = size, .most_times = times};
}
constexpr WireField address(uint32_t id, std::string_view name, size_t times = 1) {
  return {.number = id,
          .name = name,
          .holds = Holds::address,
          .most_bytes = kMaxNameBytes,
          .most_times = times};
}
constexpr WireField message(uint32_t id, std::string_view name, Fields inside, size_t times = 1) {
  return {
      .number = id, .name = name, .holds = Holds::message, .most_times = times, .inside = inside};
}

constexpr std::array kNodeSpec{
    number(1, "id"),
    plain(2, "host", kMaxNameBytes),
    plain(3, "user", kMaxNameBytes),
    number(4, "port"),
    number(5, "local"),
    plain(6, "home", kMaxPathBytes),
    address(7, "address"),
    plain(8, "identity_file", kMaxPathBytes),
    number(9, "by_client"),
    plain(10, "ssh_options", kMaxPathBytes, kMaxNodeOptions),
    number(11, "slots"),
};
constexpr std::array kLaunchOptions{
    plain(1, "agent", kMaxPathBytes, kMaxWords),
    plain(2, "ssh_options", kMaxPathBytes, kMaxWords),
    plain(3, "daemon_path", kMaxPathBytes),
    number(4, "arity"),
    number(5, "start_timeout_ms"),
    number(6, "lease_ms"),
    number(7, "wants_machines"),
    plain(8, "interface", kMaxNameBytes),
};
constexpr std::array kBootstrap{
    message(1, "self", kNodeSpec),
    message(2, "launch", kLaunchOptions),
    number(3, "tree_size"),
    message(4, "subtree", kNodeSpec, kMaxNodes),
};

constexpr std::array kEnlist{number(1, "self")};
constexpr std::array kNodeRun{number(1, "first"), number(2, "count")};
constexpr std::array kConvene{number(1, "job"), message(2, "nodes", kNodeRun, kMaxNodes)};
constexpr std::array<WireField, 0> kGoHome{};

constexpr std::array kVariable{bytes(1, "name", kMaxPathBytes), bytes(2, "value", kAny)};
constexpr std::array kRankSeat{
    numbers(1, "cpus", kMaxCpus),
    number(2, "numa"),
    message(3, "variables", kVariable, kMaxSeatVariables),
    message(4, "defaults", kVariable, kMaxSeatVariables),
};
constexpr std::array kApp{
    bytes(1, "argv", kAny, kMaxArguments),
    message(2, "variables", kVariable, kMaxSeatVariables),
    bytes(3, "directory", kMaxPathBytes),
    number(4, "insists"),
    number(5, "ranks"),
};
constexpr std::array kRankRun{
    number(1, "node"),  number(2, "nodes"), number(3, "rank"),
    number(4, "ranks"), number(5, "step"),  number(6, "node_step"),
};
constexpr std::array kJobSeats{
    number(1, "num_gpus"),
    number(2, "gpus_are_schedulable"),
    message(3, "seats", kRankSeat, kMaxRanks),
    numbers(4, "seat_of", kMaxNodes),
    message(5, "ranks", kRankRun, kMaxRanks),
};
constexpr std::array kJobSpec{
    number(1, "id"),
    bytes(2, "name", kMaxPathBytes),
    bytes(3, "task_id", kMaxPathBytes),
    bytes(4, "cluster_info", kMaxPathBytes),
    bytes(5, "user", kMaxNameBytes),
    number(6, "num_nodes"),
    message(9, "envs", kVariable, kMaxVariables),
    message(10, "secrets", kVariable, kMaxVariables),
    bytes(11, "setup", kAny),
    bytes(12, "run", kAny),
    number(13, "syncs_files"),
    number(14, "grace_ms"),
    plain(17, "log_name", kMaxPathBytes),
    bytes(18, "group", kMaxPathBytes),
    number(21, "reports_bindings"),
    number(22, "linger_ms"),
    number(23, "sync_timeout_ms"),
    message(24, "apps", kApp, kMaxApps),
};
constexpr std::array kPrepare{
    message(1, "job", kJobSpec),
    address(2, "addresses", kMaxNodes),
    message(3, "seats", kJobSeats),
    bytes(4, "etc_hosts", kAny),
};
constexpr std::array kSyncBegin{bytes(1, "destinations", kMaxPathBytes, kMaxMounts)};
constexpr std::array kSyncBlock{bytes(1, "bytes", kAny)};
constexpr std::array kSyncSent{number(1, "bytes")};
constexpr std::array kStartStage{number(1, "stage"), number(2, "own_workdir")};
constexpr std::array kSignalRanks{number(1, "signo")};
constexpr std::array kStopRanks{number(1, "grace_ms")};
constexpr std::array<WireField, 0> kJobOver{};

constexpr std::array kResourceWish{
    plain(1, "accelerator", kMaxNameBytes),
    real(2, "accelerators"),
    number(3, "schedulable"),
    real(4, "cpus"),
    real(5, "memory_gib"),
};
constexpr std::array kResourceWishes{
    message(1, "candidates", kResourceWish, kMaxCandidates),
    number(2, "takes_any_gpus"),
    number(3, "insists"),
};
constexpr std::array kPlacementWish{
    bytes(1, "map_by", kMaxCpuListBytes),
    bytes(2, "rank_by", kMaxNameBytes),
    bytes(3, "bind_to", kMaxNameBytes),
    bytes(4, "file_text", kAny),
    number(5, "defaults"),
    number(6, "own_gpus"),
    number(7, "display_map"),
    number(8, "ranks"),
};
constexpr std::array kSubmit{
    message(1, "job", kJobSpec),
    message(4, "resources", kResourceWishes),
    message(5, "placement", kPlacementWish),
    message(2, "nodes", kNodeSpec, kMaxNodes),
    number(3, "may_adopt"),
};
constexpr std::array kNodeAddress{
    plain(1, "interface", kMaxNameBytes),
    address(2, "address"),
    number(3, "prefix"),
};
constexpr std::array kNodeFacts{
    plain(1, "hostname", kMaxNameBytes),
    address(2, "address"),
    number(3, "cpus"),
    number(4, "memory_bytes"),
    plain(5, "gpu_uuids", kMaxNameBytes, kMaxGpusOfNode),
    text(6, "why_no_machine"),
    message(7, "addresses", kNodeAddress, kMaxAddressesOfNode),
    address(8, "reached_from"),
};
constexpr std::array kHello{
    number(1, "node"),
    message(3, "facts", kNodeFacts),
    bytes(4, "machine", kMaxMachineBytes),
};
constexpr std::array kStartFailed{
    number(1, "node"),  number(2, "by"), number(4, "refused"),
    number(5, "phase"), text(6, "why"),  text(7, "advice"),
};
constexpr std::array kNodeLost{number(1, "node"), text(2, "why")};
constexpr std::array kExitStatus{number(1, "code"), number(2, "signal")};
constexpr std::array kRankEnd{
    number(1, "first"),   number(2, "count"), number(3, "pid"), message(4, "status", kExitStatus),
    number(5, "stopped"), text(6, "error"),
};
constexpr std::array kStageEnded{
    number(1, "node"),
    number(2, "stage"),
    number(3, "pid"),
    message(4, "status", kExitStatus),
    number(5, "stopped"),
    text(6, "error"),
    message(7, "ranks", kRankEnd, kMaxRankEnds),
    number(8, "left"),
};
constexpr std::array kIntroduce{bytes(1, "etc_hosts", kAny)};
constexpr std::array kPlaced{
    address(1, "addresses", kMaxNodes),
    number(2, "refused"),
    text(3, "notices", kMaxTexts),
    bytes(4, "map", kAny),
};
constexpr std::array kPrepared{number(1, "node"), number(2, "workdir_taken"), text(3, "error")};
constexpr std::array kSyncTaken{number(1, "node"), number(2, "bytes")};
constexpr std::array kNodeQuiet{number(1, "node")};
constexpr std::array kShepherdLost{number(1, "node"), text(2, "why")};
constexpr std::array kCancel{number(1, "at_once"), text(2, "errors", kMaxTexts)};

constexpr std::array kAdopt{numbers(1, "nodes", kMaxNodes), text(2, "why")};
constexpr std::array kProgress{
    number(1, "stage"), number(2, "done"),
    number(3, "total"), plain(4, "late", kMaxNameBytes, kMaxLateNodes),
    number(5, "taken"),
};
constexpr std::array kOutput{
    number(1, "node"), number(2, "stage"),  number(3, "pid"), bytes(4, "bytes", kMaxOutputBytes),
    number(5, "rank"), number(6, "stream"),
};
constexpr std::array kOutputEnd{number(1, "node")};
constexpr std::array kNotice{number(1, "node"), text(2, "text")};
constexpr std::array kRankOutcome{
    number(1, "node"),    number(2, "pid"),     message(3, "status", kExitStatus),
    number(4, "started"), number(5, "stopped"), number(6, "lost"),
    number(7, "first"),   number(8, "rank"),
};
constexpr std::array kJobEnded{
    number(1, "state"),
    number(2, "stage"),
    message(3, "ranks", kRankOutcome, kMaxRanks),
    text(4, "errors", kMaxTexts),
};

constexpr std::array kMessage{
    message(1, "Bootstrap", kBootstrap),
    message(2, "Enlist", kEnlist),
    message(10, "Prepare", kPrepare),
    message(11, "SyncBegin", kSyncBegin),
    message(12, "SyncBlock", kSyncBlock),
    message(13, "StartStage", kStartStage),
    message(14, "SignalRanks", kSignalRanks),
    message(15, "StopRanks", kStopRanks),
    message(16, "JobOver", kJobOver),
    message(17, "GoHome", kGoHome),
    message(18, "SyncSent", kSyncSent),
    message(19, "Convene", kConvene),
    message(20, "Submit", kSubmit),
    message(21, "Hello", kHello),
    message(22, "StartFailed", kStartFailed),
    message(23, "NodeLost", kNodeLost),
    message(24, "StageEnded", kStageEnded),
    message(25, "NodeQuiet", kNodeQuiet),
    message(26, "Cancel", kCancel),
    message(27, "Introduce", kIntroduce),
    message(28, "SyncTaken", kSyncTaken),
    message(29, "Prepared", kPrepared),
    message(30, "Adopt", kAdopt),
    message(41, "ShepherdLost", kShepherdLost),
    message(34, "Placed", kPlaced),
    message(31, "Progress", kProgress),
    message(32, "Output", kOutput),
    message(33, "JobEnded", kJobEnded),
    message(35, "Notice", kNotice),
    message(36, "OutputEnd", kOutputEnd),
};

constexpr std::array kDomain{number(1, "index"), bytes(2, "cpus", kMaxCpuListBytes)};
constexpr std::array kLevel{message(1, "domains", kDomain, kMaxCpus)};
constexpr std::array kGpu{
    number(1, "index"),
    number(2, "pci"),
    number(3, "partition"),
    number(4, "vendor"),
    number(5, "device"),
    bytes(6, "model", kMaxNameBytes),
    bytes(7, "name", kMaxNameBytes),
    number(8, "numa"),
    bytes(9, "cpus", kMaxCpuListBytes),
};
constexpr std::array kMachine{
    bytes(1, "allowed", kMaxCpuListBytes),  message(2, "levels", kLevel, kMaxMachineLevels),
    numbers(3, "core_kinds", kMaxCpus),     message(4, "gpus", kGpu, kMaxGpusOfNode),
    text(5, "notices", kMaxMachineNotices),
};
constexpr std::array kMachineReport{
    bytes(1, "machine", kMaxMachineBytes),
    plain(2, "gpu_uuids", kMaxNameBytes, kMaxGpusOfNode),
};

}  // namespace

Fields fields_of_message() {
  return kMessage;
}

Fields fields_of_machine() {
  return kMachine;
}

Fields fields_of_machine_report() {
  return kMachineReport;
}

}  // namespace skyrun
