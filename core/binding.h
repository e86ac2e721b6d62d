// SPDX-License-Identifier: Apache-2.0
//
// Binding a process to CPUs and memory, by system calls of our own: hwloc, told to read a topology
// from a file (HWLOC_XMLFILE), would say that it had bound and do nothing.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skyrun {

/// Bits of CPUs as sched_setaffinity(2) takes them: CPU i is bit i.
using CpuMask = std::vector<unsigned long>;

CpuMask to_mask(const std::vector<uint32_t>& cpus);

/// The system call that did not do what it was to do.
enum class BindStep : int { cpus = 1, cpus_differ = 2, memory = 3 };

/// Made before fork, used in the child: only system calls, and nothing that fails stops the
/// program.
class ProcessBinding {
 public:
  /// Nothing is bound of an empty mask, nor of no NUMA node.
  ProcessBinding(const CpuMask& cpus, std::optional<uint32_t> numa);

  /// Tells `report(step, errno)` of each step that was not done: the CPUs (set, then read back, for
  /// the kernel silently drops those that a cgroup forbids), and the NUMA node that memory is
  /// preferred on.
  template <class Report>
  void apply(Report report) const {
    if (!cpus_.empty()) {
      if (const int error = set_cpus(); error != 0) {
        report(BindStep::cpus, error);
      } else if (!has_cpus()) {
        report(BindStep::cpus_differ, 0);
      }
    }
    if (!nodes_.empty()) {
      if (const int error = prefer_node(); error != 0) report(BindStep::memory, error);
    }
  }

 private:
  int set_cpus() const;
  bool has_cpus() const;
  int prefer_node() const;

  const CpuMask& cpus_;
  std::vector<unsigned long> nodes_;
};

/// The CPUs that the kernel lets the process use, in its list format: "0-3,8". Empty: it is gone.
std::string cpus_of(pid_t pid);

/// In words: "not bound to its CPUs: Operation not permitted".
std::string describe(BindStep step, int errnum);

}  // namespace skyrun
