// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/node_facts.h"

#include <sched.h>
#include <unistd.h>

#include <array>

#include "node_daemon/own_address.h"

namespace skyrun {
namespace {

std::string own_hostname() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  return name.data();
}

/// Of those that the mask has room for; sysconf() where the machine has more.
uint32_t usable_cpus() {
  cpu_set_t set;
  if (::sched_getaffinity(0, sizeof set, &set) == 0) return static_cast<uint32_t>(CPU_COUNT(&set));
  return static_cast<uint32_t>(::sysconf(_SC_NPROCESSORS_ONLN));
}

}  // namespace

NodeFacts gather_facts(const NodeSpec& self, const std::string& interface) {
  NodeFacts facts{.hostname = own_hostname(),
                  .cpus = usable_cpus(),
                  .memory_bytes = static_cast<uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
                                  static_cast<uint64_t>(::sysconf(_SC_PAGESIZE))};
  find_own_address(self, interface, facts);
  return facts;
}

}  // namespace skyrun
