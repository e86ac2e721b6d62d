// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/batch_job.h"

#include <fmt/format.h>

#include <array>
#include <set>
#include <string_view>

#include "core/fd.h"
#include "core/text.h"

namespace skyrun {
namespace {

constexpr size_t kMaxFile = size_t{8} << 20U;

/// Systems that name a file with a host a line, once for each of its slots.
struct HostsFile {
  const char* system;
  const char* job;   ///< set in every job of that system
  const char* file;  ///< names the file
};

constexpr std::array kHostsFiles{
    HostsFile{"PBS", "PBS_JOBID", "PBS_NODEFILE"},
    HostsFile{"LSF", "LSB_JOBID", "LSB_DJOB_HOSTFILE"},
    HostsFile{"OAR", "OAR_JOB_ID", "OAR_NODEFILE"},
    HostsFile{"Cobalt", "COBALT_JOBID", "COBALT_NODEFILE"},
};

/// How many different hosts stand at the beginnings of the file's lines.
std::optional<uint32_t> count_hosts(const std::string& path) {
  const auto text = read_file(path, kMaxFile);
  if (!text) return std::nullopt;
  std::set<std::string_view> hosts;
  for (const auto line : split(*text, '\n')) {
    const auto words = split_words(line);
    if (!words.empty()) hosts.insert(words[0]);
  }
  return static_cast<uint32_t>(hosts.size());
}

std::optional<uint32_t> number(const std::optional<std::string>& text) {
  return text ? to_number<uint32_t>(*text) : std::nullopt;
}

std::optional<BatchJob> find_slurm(const Environment& environment) {
  if (!environment("SLURM_JOB_ID")) return std::nullopt;
  auto nodes = number(environment("SLURM_JOB_NUM_NODES"));
  if (!nodes) nodes = number(environment("SLURM_NNODES"));
  return BatchJob{
      .system = "Slurm",
      .nodes = nodes,
      .host_arguments =
          R"x(--host "$(scontrol show hostnames "$SLURM_JOB_NODELIST" | paste -sd,)")x"};
}

std::optional<BatchJob> find_hosts_file(const Environment& environment) {
  for (const auto& each : kHostsFiles) {
    const auto file = environment(each.file);
    if (!environment(each.job) || !file) continue;
    return BatchJob{.system = each.system,
                    .nodes = count_hosts(*file),
                    .host_arguments = fmt::format("--hostfile \"${}\"", each.file)};
  }
  return std::nullopt;
}

std::optional<BatchJob> find_grid_engine(const Environment& environment) {
  const auto file = environment("PE_HOSTFILE");
  if (!environment("JOB_ID") || !file) return std::nullopt;
  return BatchJob{.system = "Grid Engine",
                  .nodes = count_hosts(*file),
                  .host_arguments = R"x(--host "$(cut -d' ' -f1 "$PE_HOSTFILE" | paste -sd,)")x"};
}

std::optional<BatchJob> find_flux(const Environment& environment) {
  if (!environment("FLUX_JOB_ID") && !environment("FLUX_ENCLOSING_ID")) return std::nullopt;
  return BatchJob{.system = "Flux",
                  .nodes = number(environment("FLUX_JOB_NNODES")),
                  .host_arguments = R"x(--host "$(flux hostlist -e -d, local)")x"};
}

}  // namespace

std::optional<BatchJob> find_batch_job(const Environment& environment) {
  for (auto* find : {find_slurm, find_hosts_file, find_grid_engine, find_flux}) {
    if (auto found = find(environment)) return found;
  }
  return std::nullopt;
}

}  // namespace skyrun
