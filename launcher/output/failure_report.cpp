// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/failure_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <csignal>

namespace skyrun {
namespace {

constexpr int kKilled = 128 + SIGKILL;
constexpr int kSegmentationFault = 128 + SIGSEGV;
constexpr int kNoCode = 255;
constexpr size_t kUnfolded = 16;  // ranks that stand in a list each

void sort_by_rank(std::vector<RankReport>& outcomes) {
  std::sort(outcomes.begin(), outcomes.end(),
            [](const RankReport& a, const RankReport& b) { return a.rank < b.rank; });
}

/// The driver of SkyPilot names the first code that is not 137, which may be a 0 and does not
/// exist when every rank has 137; meant is the rank that failed first.
std::string reason_of(const std::vector<RankReport>& outcomes) {
  const RankReport* first = first_failure(outcomes);
  const auto any = [&outcomes](auto&& holds) {
    return std::any_of(outcomes.begin(), outcomes.end(), holds);
  };
  const auto with_code = [](int code) {
    return [code](const RankReport& each) { return each.return_code() == code; };
  };
  if (first != nullptr &&
      any([](const RankReport& each) { return each.end == RankReport::End::stopped; })) {
    return fmt::format(
        " (A Worker failed with return code {}, skyrun cleaned up the processes "
        "on other nodes with return code {})",
        first->return_code(), kKilled);
  }
  if (any(with_code(kKilled))) return " (likely out of memory)";
  if (any(with_code(kSegmentationFault))) return " (likely due to Segmentation Fault)";
  return {};
}

/// "0, 1, 137"; of many ranks, "0, 1, 137 (x 1022)", those that stand side by side and are equal.
std::string list_of_codes(const std::vector<RankReport>& outcomes) {
  std::vector<std::string> codes;
  for (size_t from = 0, to = 0; from < outcomes.size(); from = to) {
    const int code = outcomes[from].return_code();
    to = from + 1;
    while (outcomes.size() > kUnfolded && to < outcomes.size() &&
           outcomes[to].return_code() == code)
      ++to;
    if (codes.size() == kUnfolded) return fmt::format("{}, ...", fmt::join(codes, ", "));
    codes.push_back(to - from == 1 ? fmt::to_string(code)
                                   : fmt::format("{} (x {})", code, to - from));
  }
  return fmt::format("{}", fmt::join(codes, ", "));
}

std::string red(std::string_view text, bool coloured) {
  return coloured ? fmt::format("\x1b[31m{}\x1b[0m", text) : std::string(text);
}

}  // namespace

int RankReport::return_code() const {
  if (end == End::exited) return status.shell_code();
  return end == End::stopped ? kKilled : kNoCode;
}

const RankReport* first_failure(const std::vector<RankReport>& outcomes) {
  const RankReport* first = nullptr;
  for (const RankReport& each : outcomes) {
    if (each.failed() && (first == nullptr || each.order < first->order)) first = &each;
  }
  return first;
}

std::string run_failure(std::string_view job_id, std::vector<RankReport> outcomes, bool coloured) {
  sort_by_rank(outcomes);
  const auto lead = fmt::format("Job {} failed with return code list:", job_id);
  return fmt::format("ERROR: {} [{}]{}", red(lead, coloured), list_of_codes(outcomes),
                     reason_of(outcomes));
}

std::string setup_failure(std::string_view job_id, std::vector<RankReport> outcomes,
                          bool coloured) {
  sort_by_rank(outcomes);
  std::vector<std::string> failed;
  size_t unnamed = 0;
  for (const RankReport& each : outcomes) {
    if (!each.failed()) continue;
    if (failed.size() == kUnfolded) {
      ++unnamed;
      continue;
    }
    failed.push_back(fmt::format("(pid={}, returncode={})", each.pid, each.return_code()));
  }
  if (unnamed > 0) failed.push_back(fmt::format("and {} more", unnamed));
  const auto text = fmt::format(
      "Job {}'s setup failed. Failed workers: {}. See error logs above for more details.", job_id,
      fmt::join(failed, ", "));
  return "ERROR: " + red(text, coloured);
}

}  // namespace skyrun
