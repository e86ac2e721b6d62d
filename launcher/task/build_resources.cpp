// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/build_resources.h"

#include <fmt/format.h>

#include <algorithm>

#include "launcher/task/accelerators.h"
#include "launcher/task/python_text.h"
#include "launcher/task/schemas.h"

namespace skyrun {
namespace {

constexpr size_t kMostCandidates = 1000;

/// An accelerator as text, and whether the user named it (or asked by memory).
using Asked = std::pair<std::string, bool>;

Result<void> resolve_alias(Value& config, const char* name, const char* canonical,
                           const Site& site) {
  const Value* alias = config.find(name);
  if (alias == nullptr) return {};
  if (config.find(canonical) != nullptr) {
    return site.error(alias->mark, std::string("resources.") + name,
                      fmt::format("Cannot specify both {} and {} in config.", name, canonical));
  }
  Value value = *alias;
  config.erase(name);
  config.set(canonical, std::move(value));
  return {};
}

/// The other names of fields: today's short one, and a former one.
Result<void> resolve_own_aliases(Value& config, const Site& site) {
  auto good = resolve_alias(config, "gpus", "accelerators", site);
  return good ? resolve_alias(config, "spot_recovery", "job_recovery", site) : good;
}

Result<void> resolve_aliases(Value& config, const Site& site) {
  if (auto good = resolve_own_aliases(config, site); !good) return good;
  for (const char* name : {"any_of", "ordered"}) {
    Value* list = config.find(name);
    if (list == nullptr || !list->is_list()) continue;
    for (Value& item : list->items) {
      if (auto good = resolve_own_aliases(item, site); !good) return good;
    }
  }
  return {};
}

Result<void> check_shape(const Value& config, const Site& site) {
  if (const Value* hooks = config.find("hooks")) {
    return site.error(hooks->mark, "resources.hooks",
                      "Lifecycle hooks live under top-level `config.hooks:`, not "
                      "`resources.hooks:`. Move the list to `config.hooks` at the top level of the "
                      "task YAML.");
  }
  auto problem = find_problem(config, resources_schema());
  if (!problem) return {};
  std::string path = "resources" + (problem->path.empty() ? "" : "." + problem->path);
  return site.error(problem->mark, path, "Invalid resources YAML: " + problem->text);
}

/// Every text that `accelerators` holds, in whatever form it is written.
std::vector<std::string> accelerator_texts(const Value& accelerators) {
  std::vector<std::string> out;
  if (accelerators.is_text()) out.push_back(accelerators.text);
  for (size_t i = 0; i < accelerators.items.size(); ++i) {
    const Value& item = accelerators.items[i];
    if (!accelerators.is_dict()) {
      out.push_back(item.text);
    } else {
      std::string name = python_str(accelerators.keys[i]);
      out.push_back(item.is_null() ? name : name + ":" + python_str(item));
    }
  }
  return out;
}

/// Single accelerators without repetition; one named by the user wins over the same by memory.
Result<std::vector<Asked>> accelerators_asked(const Value& config, const Site& site) {
  std::vector<Asked> out;
  const Value* field = config.find("accelerators");
  if (field == nullptr || field->is_null()) return out;
  for (const std::string& text : accelerator_texts(*field)) {
    auto several = expand_accelerator(text);
    if (!several) {
      return site.error(field->mark, "resources.accelerators", several.error().text());
    }
    if (several->empty()) {
      return site.error(field->mark, "resources.accelerators",
                        fmt::format("no known accelerator has the memory asked for: {}",
                                    python_repr(std::string_view(text))));
    }
    for (const Asked& one : *several) {
      auto known = std::find_if(out.begin(), out.end(),
                                [&one](const Asked& other) { return other.first == one.first; });
      if (known == out.end()) {
        out.push_back(one);
      } else {
        known->second = known->second || one.second;
      }
    }
  }
  return out;
}

Result<void> check_combination(const Value& config, size_t accelerators, const Site& site) {
  const Value* any_of = config.find("any_of");
  const Value* ordered = config.find("ordered");
  auto given = [](const Value* list) { return list != nullptr && !list->is_null(); };
  auto filled = [&](const Value* list) { return given(list) && !list->items.empty(); };
  if (given(any_of) && given(ordered)) {
    return site.error(ordered->mark, "resources.ordered",
                      "Cannot specify both \"any_of\" and \"ordered\" in resources.");
  }
  if (accelerators > 1 && filled(ordered)) {
    return site.error_in(config, "accelerators", "resources.accelerators",
                         "Cannot specify multiple \"accelerators\" with \"ordered\" in resources.");
  }
  const Value* field = config.find("accelerators");
  if (accelerators > 1 && filled(any_of) && field->is_list()) {
    return site.error(
        field->mark, "resources.accelerators",
        "Cannot specify multiple \"accelerators\" with preferred order (i.e., list of "
        "accelerators) with \"any_of\" in resources.");
  }
  return {};
}

/// The base with a candidate's fields over it; labels of both are united.
Value overridden(const Value& base, const Value& over) {
  Value out = base;
  for (size_t i = 0; i < over.keys.size(); ++i) {
    const std::string& name = over.keys[i].text;
    Value* labels = name == "labels" ? out.find(name) : nullptr;
    if (labels == nullptr || labels->is_null()) {
      out.set(name, over.items[i]);
      continue;
    }
    for (size_t j = 0; j < over.items[i].keys.size(); ++j) {
      labels->set(over.items[i].keys[j].text, over.items[i].items[j]);
    }
  }
  return out;
}

Result<void> add_candidates(const Value& config, const Site& site, ResourceChoice& choice) {
  auto asked = accelerators_asked(config, site);
  if (!asked) return tl::unexpected(asked.error());
  std::vector<Value> configs;
  for (const Asked& one : *asked) {
    Value single = config;
    Mark mark = config.find("accelerators")->mark;
    single.set("accelerators", text_value(one.first, mark));
    configs.push_back(std::move(single));
  }
  if (configs.empty()) configs.push_back(config);
  if (choice.candidates.size() + configs.size() > kMostCandidates) {
    return site.error(config.mark, "resources",
                      fmt::format("more than {} candidates", kMostCandidates));
  }
  for (size_t i = 0; i < configs.size(); ++i) {
    auto one = build_candidate(configs[i], site);
    if (!one) return tl::unexpected(one.error());
    one->named_by_user = asked->empty() || (*asked)[i].second;
    choice.candidates.push_back(std::move(*one));
  }
  return {};
}

Result<void> check_priorities(const ResourceChoice& choice, Mark mark, const Site& site) {
  std::optional<int> priority;
  for (const Resources& one : choice.candidates) {
    if (!one.priority) continue;
    if (priority && *priority != *one.priority) {
      return site.error(mark, "resources", "Priority is not consistent across resources");
    }
    priority = one.priority;
  }
  return {};
}

}  // namespace

Result<ResourceChoice> build_resources(Value config, const Site& site) {
  if (auto good = resolve_aliases(config, site); !good) return tl::unexpected(good.error());
  if (auto good = check_shape(config, site); !good) return tl::unexpected(good.error());
  auto asked = accelerators_asked(config, site);
  if (!asked) return tl::unexpected(asked.error());
  auto good = check_combination(config, asked->size(), site);
  if (!good) return tl::unexpected(good.error());

  Value base = config;
  base.erase("any_of");
  base.erase("ordered");
  std::vector<Value> configs;
  for (const char* name : {"any_of", "ordered"}) {
    const Value* list = config.find(name);
    if (list == nullptr) continue;
    for (const Value& item : list->items) configs.push_back(overridden(base, item));
  }
  ResourceChoice choice;
  choice.candidates.clear();
  const Value* ordered = config.find("ordered");
  const Value* accelerators = config.find("accelerators");
  choice.ordered = (ordered != nullptr && !ordered->items.empty()) ||
                   (configs.empty() && accelerators != nullptr && accelerators->is_list());
  if (configs.empty()) configs.push_back(base);
  for (const Value& one : configs) {
    good = add_candidates(one, site, choice);
    if (!good) return tl::unexpected(good.error());
  }
  good = check_priorities(choice, config.mark, site);
  if (!good) return tl::unexpected(good.error());
  return choice;
}

}  // namespace skyrun
