// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace skyrun {

/// A variable's value, or nothing.
using Environment = std::function<std::optional<std::string>(const char* name)>;

/// The batch job that we run in, as its system's environment tells it. What it was granted is not
/// used yet, so a person is told how to name its hosts.
struct BatchJob {
  std::string system;             ///< "Slurm"
  std::optional<uint32_t> nodes;  ///< nothing: not told
  std::string host_arguments;     ///< for a command line of skyrun, in bash
};

/// Files that list hosts are read. Nothing: we are in none.
std::optional<BatchJob> find_batch_job(const Environment& environment);

}  // namespace skyrun
