// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace skyrun {

/// A set of processing units by the operating system's numbers. A value; its text is the kernel's
/// list format (cpuset(7)): "0-3,8".
class CpuSet {
 public:
  CpuSet() = default;
  /// first..last, both included.
  static CpuSet range(uint32_t first, uint32_t last);
  /// Fails on anything but the list format, and on a number of kMaxCpus or more.
  static Result<CpuSet> parse(std::string_view text);

  void add(uint32_t cpu);
  void remove(uint32_t cpu);
  bool contains(uint32_t cpu) const;
  bool empty() const { return words_.empty(); }
  size_t count() const;
  /// The lowest, or kMaxCpus of an empty set.
  uint32_t first() const;
  /// The lowest above `cpu`, or kMaxCpus.
  uint32_t next(uint32_t cpu) const;
  bool intersects(const CpuSet& other) const;
  bool is_within(const CpuSet& other) const;
  std::vector<uint32_t> list() const;
  std::string text() const;

  CpuSet& operator|=(const CpuSet& other);
  CpuSet& operator&=(const CpuSet& other);
  CpuSet& operator-=(const CpuSet& other);
  friend CpuSet operator|(CpuSet a, const CpuSet& b) { return a |= b; }
  friend CpuSet operator&(CpuSet a, const CpuSet& b) { return a &= b; }
  friend CpuSet operator-(CpuSet a, const CpuSet& b) { return a -= b; }
  friend bool operator==(const CpuSet&, const CpuSet&) = default;

  static constexpr uint32_t kMaxCpus = 1U << 16U;

 private:
  void add(uint32_t first, uint32_t last);
  void trim();

  std::vector<uint64_t> words_;  // the last one is not zero
};

}  // namespace skyrun
