// SPDX-License-Identifier: Apache-2.0
#include "topology/cpu_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>

#include "core/text.h"

namespace skyrun {
namespace {

constexpr uint32_t kBits = 64;

uint64_t bit(uint32_t cpu) {
  return uint64_t{1} << (cpu % kBits);
}

/// A number of the list format; kMaxCpus when it is none.
uint32_t parse_cpu(std::string_view text) {
  uint32_t cpu = CpuSet::kMaxCpus;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), cpu);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::min(cpu, CpuSet::kMaxCpus) : CpuSet::kMaxCpus;
}

}  // namespace

CpuSet CpuSet::range(uint32_t first, uint32_t last) {
  CpuSet set;
  set.add(first, last);
  return set;
}

Result<CpuSet> CpuSet::parse(std::string_view text) {
  CpuSet set;
  if (text.empty()) return set;
  for (const auto part : split(text, ',')) {
    const size_t dash = part.find('-');
    const uint32_t first = parse_cpu(part.substr(0, dash));
    const uint32_t last = dash == std::string_view::npos ? first : parse_cpu(part.substr(dash + 1));
    if (first > last || last >= kMaxCpus) {
      return failure(fmt::format("'{}' is no list of CPUs such as 0-3,8", text));
    }
    set.add(first, last);
  }
  return set;
}

void CpuSet::add(uint32_t cpu) {
  if (words_.size() <= cpu / kBits) words_.resize(cpu / kBits + 1);
  words_[cpu / kBits] |= bit(cpu);
}

/// A word at a time, so that a long list of long ranges stays cheap.
void CpuSet::add(uint32_t first, uint32_t last) {
  add(last);
  for (uint32_t word = first / kBits; word <= last / kBits; ++word) {
    uint64_t mask = ~uint64_t{0};
    if (word == first / kBits) mask &= ~uint64_t{0} << (first % kBits);
    if (word == last / kBits) mask &= bit(last) | (bit(last) - 1);
    words_[word] |= mask;
  }
}

void CpuSet::remove(uint32_t cpu) {
  if (!contains(cpu)) return;
  words_[cpu / kBits] &= ~bit(cpu);
  trim();
}

bool CpuSet::contains(uint32_t cpu) const {
  return cpu / kBits < words_.size() && (words_[cpu / kBits] & bit(cpu)) != 0;
}

size_t CpuSet::count() const {
  size_t count = 0;
  for (const uint64_t word : words_) count += static_cast<size_t>(std::popcount(word));
  return count;
}

uint32_t CpuSet::first() const {
  for (size_t i = 0; i < words_.size(); ++i) {
    if (words_[i] != 0) {
      return static_cast<uint32_t>(i) * kBits + static_cast<uint32_t>(std::countr_zero(words_[i]));
    }
  }
  return kMaxCpus;
}

uint32_t CpuSet::next(uint32_t cpu) const {
  for (uint32_t i = cpu + 1; i < words_.size() * kBits; ++i) {
    const uint64_t rest = words_[i / kBits] >> (i % kBits);
    if (rest != 0) return i + static_cast<uint32_t>(std::countr_zero(rest));
    i = (i / kBits + 1) * kBits - 1;
  }
  return kMaxCpus;
}

bool CpuSet::intersects(const CpuSet& other) const {
  const size_t common = std::min(words_.size(), other.words_.size());
  for (size_t i = 0; i < common; ++i) {
    if ((words_[i] & other.words_[i]) != 0) return true;
  }
  return false;
}

bool CpuSet::is_within(const CpuSet& other) const {
  return (*this - other).empty();
}

std::vector<uint32_t> CpuSet::list() const {
  std::vector<uint32_t> cpus;
  for (uint32_t cpu = first(); cpu < kMaxCpus; cpu = next(cpu)) cpus.push_back(cpu);
  return cpus;
}

std::string CpuSet::text() const {
  std::string text;
  for (uint32_t cpu = first(); cpu < kMaxCpus; cpu = next(cpu)) {
    const uint32_t begin = cpu;
    while (contains(cpu + 1)) ++cpu;
    if (!text.empty()) text += ',';
    text += begin == cpu ? std::to_string(cpu) : fmt::format("{}-{}", begin, cpu);
  }
  return text;
}

CpuSet& CpuSet::operator|=(const CpuSet& other) {
  words_.resize(std::max(words_.size(), other.words_.size()));
  for (size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
  return *this;
}

CpuSet& CpuSet::operator&=(const CpuSet& other) {
  words_.resize(std::min(words_.size(), other.words_.size()));
  for (size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  trim();
  return *this;
}

CpuSet& CpuSet::operator-=(const CpuSet& other) {
  const size_t common = std::min(words_.size(), other.words_.size());
  for (size_t i = 0; i < common; ++i) words_[i] &= ~other.words_[i];
  trim();
  return *this;
}

void CpuSet::trim() {
  while (!words_.empty() && words_.back() == 0) words_.pop_back();
}

}  // namespace skyrun
