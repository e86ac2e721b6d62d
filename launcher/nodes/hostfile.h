// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "launcher/nodes/host.h"

namespace skyrun {

/// The hosts of a hostfile as Open MPI and PRRTE write it (PRRTE manual, "Hostfiles"): a host a
/// line, `[user@]name [slots=N] [max_slots=N] [port=N]`, where `cpu`, `cpus` and `count` also mean
/// slots, and '#' begins a comment; and as Hydra does, `name:N`. max_slots is checked and otherwise
/// has no effect, since nothing here goes beyond `slots` unasked. Order is kept; repeated hosts add
/// up (HostCollector). Errors begin with `<filename>:<line>`. At most kMaxHosts hosts.
Result<std::vector<Host>> parse_hostfile(std::string_view text, std::string_view filename);

/// The same of a file of at most 8 MiB.
Result<std::vector<Host>> load_hostfile(const std::string& path);

}  // namespace skyrun
