// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "core/text.h"
#include "launcher/task/accelerators.h"
#include "launcher/task/build_resources.h"
#include "launcher/task/canonical.h"
#include "launcher/task/infra.h"
#include "launcher/task/numbers.h"
#include "launcher/task/ports.h"
#include "launcher/task/python_text.h"
#include "launcher/task/words.h"

namespace skyrun {
namespace {

/// A field that is there and is not null.
const Value* field(const Value& config, std::string_view name) {
  const Value* value = config.find(name);
  return value != nullptr && !value->is_null() ? value : nullptr;
}

std::string text_of(const Value& config, std::string_view name) {
  const Value* value = field(config, name);
  return value != nullptr ? python_str(*value) : "";
}

tl::unexpected<Error> wrong(const Value& config, const char* name, const Error& error,
                            const Site& site) {
  return site.error_in(config, name, std::string("resources.") + name, error.text());
}

Result<void> read_infra(const Value& config, Resources& out, const Site& site) {
  const Value* infra = field(config, "infra");
  bool old = field(config, "cloud") != nullptr || field(config, "region") != nullptr ||
             field(config, "zone") != nullptr;
  if (infra != nullptr && old) {
    auto shown = [&](const char* name) {
      const Value* value = field(config, name);
      return value != nullptr ? python_str(*value) : "None";
    };
    return site.error(infra->mark, "resources.infra",
                      fmt::format("Cannot specify both `infra` and `cloud`, `region`, or `zone` "
                                  "parameters. Got: infra={}, cloud={}, region={}, zone={}",
                                  shown("infra"), shown("cloud"), shown("region"), shown("zone")));
  }
  if (infra == nullptr) {
    std::string cloud = lower_case(text_of(config, "cloud"));
    out.infra = {cloud, text_of(config, "region"), text_of(config, "zone")};
    return {};
  }
  auto parsed = parse_infra(infra->text);
  if (!parsed) return wrong(config, "infra", parsed.error(), site);
  out.infra = std::move(*parsed);
  return {};
}

Result<void> read_amounts(const Value& config, Resources& out, const Site& site) {
  if (field(config, "cpus") != nullptr) {
    auto cpus = parse_cpus(text_of(config, "cpus"));
    if (!cpus) return wrong(config, "cpus", cpus.error(), site);
    out.cpus = *cpus;
  }
  if (field(config, "memory") != nullptr) {
    auto memory = parse_memory(text_of(config, "memory"), out.infra.cloud == "slurm");
    if (!memory) return wrong(config, "memory", memory.error(), site);
    out.memory = *memory;
  }
  if (const Value* accelerators = field(config, "accelerators")) {
    auto accelerator = parse_accelerator(accelerators->text);
    if (!accelerator) return wrong(config, "accelerators", accelerator.error(), site);
    out.accelerator = std::move(*accelerator);
  }
  return {};
}

Result<void> read_ports(const Value& config, Resources& out, const Site& site) {
  const Value* ports = field(config, "ports");
  if (ports == nullptr) return {};
  std::vector<std::string> texts;
  for (const Value& port : ports->items) texts.push_back(python_str(port));
  if (!ports->is_list()) texts.push_back(python_str(*ports));
  auto simple = simplify_ports(texts);
  if (!simple) return wrong(config, "ports", simple.error(), site);
  out.ports = std::move(*simple);
  return {};
}

/// A Docker image: `docker:IMAGE`, or the key `docker` of a dict.
void read_image(const Value& config, Resources& out) {
  constexpr std::string_view kPrefix = "docker:";
  const Value* image = field(config, "image_id");
  if (image == nullptr) return;
  const Value* inner = image->find("docker");
  std::vector<std::string> texts;
  if (inner != nullptr) texts.push_back(std::string(kPrefix) + python_str(*inner));
  for (const Value& item : image->items) texts.push_back(python_str(item));
  if (image->is_text()) texts.push_back(image->text);
  for (const std::string& text : texts) {
    std::string_view name = trim(text);
    if (name.substr(0, kPrefix.size()) != kPrefix) continue;
    name.remove_prefix(kPrefix.size());
    if (name.substr(0, kPrefix.size()) == kPrefix) name.remove_prefix(kPrefix.size());
    out.docker_image = std::string(name);
    return;
  }
}

}  // namespace

Result<Resources> build_candidate(const Value& config, const Site& site) {
  Resources out;
  Result<void> good = read_infra(config, out, site);
  if (good) good = read_amounts(config, out, site);
  if (good) good = read_ports(config, out, site);
  if (!good) return tl::unexpected(good.error());
  auto given = canonical_fields(config, site);
  if (!given) return tl::unexpected(given.error());
  out.given = std::move(*given);
  const Value* image = field(config, "image_id");
  if (image != nullptr) out.image_mark = image->mark;
  read_image(config, out);
  if (const Value* tier = field(out.given, "network_tier")) out.network_tier = tier->text;
  if (const Value* labels = field(config, "labels")) {
    for (size_t i = 0; i < labels->keys.size(); ++i) {
      out.labels.emplace_back(python_str(labels->keys[i]), labels->items[i].text);
    }
  }
  if (const Value* priority = field(config, "priority")) {
    out.priority = static_cast<int>(priority->number);
  }
  return out;
}

}  // namespace skyrun
