// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>

#include "core/text.h"

namespace skyrun {
namespace {

constexpr uint16_t kAmd = 0x1002;
constexpr std::array<std::string_view, 9> kPrefixes = {"NVIDIA ",
                                                       "TESLA ",
                                                       "GEFORCE ",
                                                       "QUADRO ",
                                                       "GRID ",
                                                       "AMD INSTINCT ",
                                                       "INTEL DATA CENTER GPU ",
                                                       "RADEON ",
                                                       "INSTINCT "};

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

std::string without_prefixes(std::string text) {
  for (bool dropped = true; dropped;) {
    dropped = false;
    for (const std::string_view prefix : kPrefixes) {
      if (text.rfind(prefix, 0) != 0) continue;
      text.erase(0, prefix.size());
      dropped = true;
    }
  }
  return text;
}

/// "TI SUPER" of a pattern is "Ti-SUPER" in a name.
std::string as_in_names(std::string group) {
  if (group.rfind("TI", 0) == 0) group[1] = 'i';
  std::replace(group.begin(), group.end(), ' ', '-');
  return group;
}

/// `name` with \1 and \2 replaced; what stands in parentheses is a remark.
std::string expand(std::string_view name, const std::smatch& match) {
  std::string out;
  name = name.substr(0, name.find('('));
  for (size_t i = 0; i < name.size(); ++i) {
    if (name[i] != '\\' || i + 1 == name.size()) {
      out += name[i];
      continue;
    }
    ++i;
    out += as_in_names(match[static_cast<size_t>(name[i] - '0')].str());
  }
  return out;
}

std::string vendor_word(uint16_t vendor) {
  if (vendor == 0x10de) return "NVIDIA";
  if (vendor == kAmd) return "AMD";
  if (vendor == 0x8086) return "Intel";
  return fmt::format("{:04x}", vendor);
}

}  // namespace

std::optional<std::string> name_of_model(std::string_view model, uint32_t memory_gib) {
  // What a vendor's library says is short; a pattern must not see a text without end.
  const std::string text = without_prefixes(upper(trim(model.substr(0, 200))));
  if (text.empty()) return std::nullopt;
  for (const auto& row : table_rows(kSkypilotRulesTable)) {
    if (memory_gib < to_number<uint32_t>(row.at(2)).value_or(0)) continue;
    std::smatch match;
    if (std::regex_search(text, match, std::regex(std::string(row.at(1))))) {
      return expand(row.at(3), match);
    }
  }
  return std::nullopt;
}

std::string gpu_name(const PciIds& ids, std::string_view model, uint32_t memory_gib) {
  const auto known = find_gpu_model(ids);
  if (known && ids.vendor == kAmd) return known->name;
  if (memory_gib == 0 && known) memory_gib = known->memory_gib;
  if (auto name = name_of_model(model, memory_gib)) return *name;
  if (known) return known->name;
  return fmt::format("{}-{:04x}", vendor_word(ids.vendor), ids.device);
}

}  // namespace skyrun
