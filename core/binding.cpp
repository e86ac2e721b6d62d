// SPDX-License-Identifier: Apache-2.0
#include "core/binding.h"

#include <linux/mempolicy.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "core/result.h"

namespace skyrun {
namespace {

constexpr uint32_t kBits = 8 * sizeof(unsigned long);
constexpr size_t kMostWords = 65536 / kBits;

using Words = std::array<unsigned long, kMostWords>;

/// Of a process, 0: this one. False where it is gone.
bool read_affinity(pid_t pid, Words& words) {
  words.fill(0);
  return ::syscall(SYS_sched_getaffinity, pid, sizeof words, words.data()) >= 0;
}

bool contains(const Words& words, size_t cpu) {
  return cpu / kBits < words.size() && (words[cpu / kBits] >> (cpu % kBits) & 1U) != 0;
}

}  // namespace

CpuMask to_mask(const std::vector<uint32_t>& cpus) {
  CpuMask mask;
  for (const uint32_t cpu : cpus) {
    if (mask.size() <= cpu / kBits) mask.resize(cpu / kBits + 1);
    mask[cpu / kBits] |= 1UL << (cpu % kBits);
  }
  return mask;
}

ProcessBinding::ProcessBinding(const CpuMask& cpus, std::optional<uint32_t> numa) : cpus_(cpus) {
  if (numa) nodes_ = to_mask({*numa});
}

int ProcessBinding::set_cpus() const {
  const size_t size = cpus_.size() * sizeof(unsigned long);
  return ::syscall(SYS_sched_setaffinity, 0, size, cpus_.data()) == 0 ? 0 : errno;
}

bool ProcessBinding::has_cpus() const {
  Words now;
  if (!read_affinity(0, now)) return false;
  for (size_t i = 0; i < now.size(); ++i) {
    if (now[i] != (i < cpus_.size() ? cpus_[i] : 0)) return false;
  }
  return true;
}

int ProcessBinding::prefer_node() const {
  // The kernel takes the number of bits for one more than there are.
  const unsigned long bits = nodes_.size() * kBits + 1;
  if (::syscall(SYS_set_mempolicy, MPOL_PREFERRED, nodes_.data(), bits) == 0) return 0;
  return errno == ENOSYS ? 0 : errno;  // a kernel without NUMA has one memory
}

std::string cpus_of(pid_t pid) {
  Words words;
  std::string text;
  if (!read_affinity(pid, words)) return text;
  for (size_t cpu = 0; cpu < words.size() * kBits; ++cpu) {
    if (!contains(words, cpu)) continue;
    const size_t first = cpu;
    while (contains(words, cpu + 1)) ++cpu;
    if (!text.empty()) text += ',';
    text += std::to_string(first);
    if (cpu > first) text += '-' + std::to_string(cpu);
  }
  return text;
}

std::string describe(BindStep step, int errnum) {
  switch (step) {
    case BindStep::cpus:
      return errno_error("not bound to its CPUs", errnum).text();
    case BindStep::cpus_differ:
      return "bound to some of its CPUs only: others are not allowed here";
    case BindStep::memory:
      return errno_error("memory is not near its CPUs", errnum).text();
  }
  return {};
}

}  // namespace skyrun
