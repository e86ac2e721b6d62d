// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/accelerators.h"

#include <fmt/format.h>

#include <cmath>

#include "core/number_text.h"
#include "core/text.h"
#include "launcher/task/accelerator_table.h"
#include "launcher/task/numbers.h"
#include "launcher/task/patterns.h"
#include "launcher/task/python_text.h"

namespace skyrun {
namespace {

/// A memory size and how many: what stands around `80GB+`.
struct ByMemory {
  std::string_view maker;
  std::string_view memory;
  int count = 1;
};

Result<int> count_of(std::string_view text, std::string_view all) {
  auto count = to_number<int>(trim(text));
  if (!count || *count <= 0) {
    return failure(
        fmt::format("Accelerator count must be a positive number. Got: {}.", python_repr(all)));
  }
  return *count;
}

/// Nothing when the text names an accelerator rather than a size.
Result<std::optional<ByMemory>> read_by_memory(std::string_view text) {
  std::vector<std::string_view> parts = split(text, ':');
  if (parts.size() == 3) {
    if (!is_accelerator_memory(parts[1])) {
      return failure("If specifying a GPU manufacturer, you must also specify the memory size");
    }
    auto count = count_of(parts[2], text);
    if (!count) return tl::unexpected(count.error());
    return ByMemory{parts[0], parts[1], *count};
  }
  if (parts.size() == 2 && is_accelerator_memory(parts[0])) {
    auto count = count_of(parts[1], text);
    if (!count) return tl::unexpected(count.error());
    return ByMemory{"", parts[0], *count};
  }
  if (parts.size() == 2 && is_accelerator_memory(parts[1])) return ByMemory{parts[0], parts[1], 1};
  if (parts.size() == 1 && is_accelerator_memory(text)) return ByMemory{"", text, 1};
  return std::nullopt;
}

}  // namespace

Result<Accelerator> parse_accelerator(std::string_view text) {
  std::vector<std::string_view> parts = split(text, ':');
  Accelerator out;
  if (parts.size() > 1) {
    auto count = parts.size() == 2 ? to_float(parts[1]) : std::nullopt;
    if (!count) {
      return failure(
          fmt::format("The \"accelerators\" field as a str should be <name> or "
                      "<name>:<cnt>. Found: {}",
                      python_repr(text)));
    }
    out.count = *count;
  }
  if (!(out.count > 0) || out.count > kMostAccelerators) {
    return failure(fmt::format("Accelerator count must be a positive number. Got: {}: {}.",
                               python_repr(parts[0]), number_text(out.count)));
  }
  auto name = canonical_accelerator(parts[0]);
  if (!name) return tl::unexpected(name.error());
  out.name = std::move(*name);
  return out;
}

Result<std::vector<std::pair<std::string, bool>>> expand_accelerator(const std::string& text) {
  auto asked = read_by_memory(text);
  if (!asked) return tl::unexpected(asked.error());
  if (!*asked) return std::vector<std::pair<std::string, bool>>{{text, true}};
  bool or_more = (*asked)->memory.back() == '+';
  std::string_view size = (*asked)->memory;
  if (or_more) size.remove_suffix(1);
  auto memory = parse_whole_gib(size);
  if (!memory) return tl::unexpected(memory.error());
  std::vector<std::pair<std::string, bool>> out;
  for (const std::string& name : accelerators_by_memory(*memory, or_more, (*asked)->maker)) {
    out.emplace_back(fmt::format("{}:{}", name, (*asked)->count), false);
  }
  return out;
}

}  // namespace skyrun
