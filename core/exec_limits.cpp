// SPDX-License-Identifier: Apache-2.0
#include "core/exec_limits.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

namespace skyrun {
namespace {

constexpr size_t kPages = 32;                         // MAX_ARG_STRLEN, binfmts.h
constexpr size_t kMost = (size_t{8} << 20U) / 4 * 3;  // three quarters of _STK_LIM
constexpr size_t kLeast = size_t{128} << 10U;         // ARG_MAX
constexpr size_t kRoom = size_t{32} << 10U;           // for arguments

size_t size_of(const std::pair<std::string, std::string>& variable) {
  return variable.first.size() + variable.second.size() + 2;  // '=', and the end
}

}  // namespace

ExecLimits ExecLimits::here() {
  rlimit stack{};
  ::getrlimit(RLIMIT_STACK, &stack);
  const auto quarter = static_cast<size_t>(std::min<rlim_t>(stack.rlim_cur / 4, kMost));
  return {.variable = kPages * static_cast<size_t>(::sysconf(_SC_PAGESIZE)),
          .all = std::max(quarter, kLeast)};
}

Result<void> check_variables(const NamedValues& variables, const ExecLimits& limits) {
  for (const auto& each : variables) {
    if (size_of(each) <= limits.variable) continue;
    return failure(fmt::format(
        "variable {} has {} bytes, and no program can be started with one of more than {}: ship "
        "its value as a file",
        each.first, size_of(each), limits.variable));
  }
  return {};
}

Result<void> check_environment(const NamedValues& variables, const ExecLimits& limits) {
  if (auto good = check_variables(variables, limits); !good) return good;
  size_t all = kRoom;
  const auto* largest = variables.data();
  for (const auto& each : variables) {
    all += size_of(each) + sizeof(char*);
    if (size_of(each) > size_of(*largest)) largest = &each;
  }
  if (variables.empty() || all <= limits.all) return {};
  return failure(
      fmt::format("the environment has {} bytes, {} of them in {}, and no program can be started "
                  "with more than {} (a quarter of ulimit -s): ship values as files",
                  all - kRoom, size_of(*largest), largest->first, limits.all - kRoom));
}

}  // namespace skyrun
