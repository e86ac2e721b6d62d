// SPDX-License-Identifier: Apache-2.0
#include "core/nearest.h"

namespace skyrun {
namespace {

constexpr double kCutoff = 0.6;
constexpr size_t kLongestWord = 100;  ///< a longer one is no misspelling, and costs time

struct Match {
  size_t a = 0;
  size_t b = 0;
  size_t size = 0;
};

/// The longest common piece, the earliest in `a` and then in `b` of equally long ones.
Match longest_match(std::string_view a, std::string_view b) {
  Match best;
  std::vector<size_t> ending_here(b.size() + 1, 0);
  for (size_t i = 0; i < a.size(); ++i) {
    std::vector<size_t> next(b.size() + 1, 0);
    for (size_t j = 0; j < b.size(); ++j) {
      if (a[i] != b[j]) continue;
      size_t size = next[j + 1] = ending_here[j] + 1;
      if (size > best.size) best = {i + 1 - size, j + 1 - size, size};
    }
    ending_here = std::move(next);
  }
  return best;
}

/// Characters in common pieces: the longest, then those to the left and right of it.
size_t matching_characters(std::string_view a, std::string_view b) {
  Match match = longest_match(a, b);
  if (match.size == 0) return 0;
  return match.size + matching_characters(a.substr(0, match.a), b.substr(0, match.b)) +
         matching_characters(a.substr(match.a + match.size), b.substr(match.b + match.size));
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view word,
                                        const std::vector<std::string>& candidates) {
  std::optional<std::string> best;
  double best_ratio = kCutoff;
  if (word.size() > kLongestWord) return best;
  for (const std::string& candidate : candidates) {
    auto common = static_cast<double>(matching_characters(candidate, word));
    double ratio = 2 * common / static_cast<double>(candidate.size() + word.size());
    bool better = best ? ratio > best_ratio || (ratio == best_ratio && candidate > *best)
                       : ratio >= best_ratio;
    if (!better) continue;
    best = candidate;
    best_ratio = ratio;
  }
  return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const auto near = nearest_name(word, candidates);
  return near ? "; did you mean " + *near + "?" : "";
}

}  // namespace skyrun
