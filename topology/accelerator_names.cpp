// SPDX-License-Identifier: Apache-2.0
#include "topology/accelerator_names.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include "core/text.h"
#include "topology/gpu_tables.h"

namespace skyrun {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

/// Upper case, and RTX6000Ada as RTX6000-Ada.
std::string comparable(std::string_view name) {
  std::string text = upper(trim(name));
  const size_t ada = text.size() < 3 ? 0 : text.size() - 3;
  if (ada > 0 && text.substr(ada) == "ADA" && text[ada - 1] != '-') {
    return text.substr(0, ada) + "-ADA";
  }
  return text;
}

/// The name itself, and the names that have it as an alias.
std::set<std::string> names_of(std::string_view name) {
  const std::string wanted = comparable(name);
  std::set<std::string> names = {wanted};
  for (const auto& row : table_rows(kSkypilotRulesTable)) {
    for (const std::string_view alias : split(row.at(4), ',')) {
      if (comparable(alias) == wanted) names.insert(comparable(row.at(3)));
    }
  }
  return names;
}

}  // namespace

bool same_accelerator(std::string_view one, std::string_view other) {
  const auto names = names_of(one);
  const auto others = names_of(other);
  return std::any_of(names.begin(), names.end(),
                     [&others](const std::string& name) { return others.count(name) > 0; });
}

}  // namespace skyrun
