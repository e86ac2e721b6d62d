// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/canonical.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/text.h"
#include "launcher/task/durations.h"
#include "launcher/task/infra.h"
#include "launcher/task/numbers.h"
#include "launcher/task/python_text.h"
#include "launcher/task/words.h"

namespace skyrun {
namespace {

constexpr int kDefaultDiskGb = 256;

/// What becomes of a field: its value, or a null to leave it out.
using Convert = std::function<Result<Value>(const Value&)>;

Result<Value> same(const Value& value) {
  return value;
}

Result<Value> tier(const Value& value, const char* name, const char* noun,
                   const std::vector<std::string>& tiers) {
  std::string lower = lower_case(value.text);
  if (std::find(tiers.begin(), tiers.end(), lower) != tiers.end()) {
    return text_value(lower, value.mark);
  }
  return failure(fmt::format("Invalid {} {}. {} tier must be one of {}.", name,
                             python_repr(std::string_view(lower)), noun, join(tiers, ", ")));
}

Result<Value> disk_size(const Value& value) {
  std::string text = python_str(value);
  auto size = parse_whole_gib(text, "disk_size");
  if (!size) return tl::unexpected(size.error());
  if (*size == kDefaultDiskGb) return Value{};
  if (*size > 0) return integer_value(*size, value.mark);
  return failure(fmt::format("\"disk_size\" must be a positive integer (in GB). Got: {}.",
                             python_repr(std::string_view(text))));
}

Result<Value> local_disk(const Value& value) {
  auto disk = canonical_local_disk(python_str(value));
  if (!disk) return tl::unexpected(disk.error());
  return text_value(*disk, value.mark);
}

Result<Value> job_recovery(const Value& value) {
  Value out = value;
  if (value.is_text()) {
    out = dict_value(value.mark);
    out.set("strategy", value);
  }
  Value* strategy = out.find("strategy");
  if (strategy == nullptr) {
    out.set("strategy", Value{});
  } else if (strategy->is_text()) {
    if (strategy->text == "none") return Value{};
    strategy->text = upper_case(strategy->text);
  }
  return out;
}

/// `hook` and `hook_timeout` belong to the task's hooks and are left out here.
Result<Value> autostop(const Value& value) {
  if (value.is(Value::Kind::boolean) && !value.truth) return value;
  if (value.is(Value::Kind::real)) return Value{};  // fits the schema, and SkyPilot takes no notice
  Value out = dict_value(value.mark);
  int64_t minutes = to_int64(value).value_or(0);
  if (value.is_text()) minutes = parse_minutes(value.text).value_or(0);
  const Value* idle = value.find("idle_minutes");
  const Value* down = value.find("down");
  const Value* wait_for = value.find("wait_for");
  out.set("idle_minutes", idle != nullptr ? *idle : integer_value(minutes));
  out.set("down", down != nullptr ? *down : boolean_value(false));
  if (wait_for != nullptr) out.set("wait_for", text_value(lower_case(wait_for->text)));
  return out;
}

Result<Value> priority_class(const Value& value) {
  std::string_view text = trim(value.text);
  return text.empty() ? Value{} : text_value(std::string(text), value.mark);
}

Result<Value> image_id(const Value& value) {
  if (!value.is_text()) return value;
  return text_value(std::string(trim(value.text)), value.mark);
}

struct Field {
  const char* name;
  Convert convert;
};

/// In the order of SkyPilot's to_yaml_config.
const std::vector<Field>& fields() {
  static const std::vector<Field> table = {
      {"instance_type", same},
      {"accelerator_args", same},
      {"use_spot", same},
      {"job_recovery", job_recovery},
      {"disk_size", disk_size},
      {"image_id", image_id},
      {"disk_tier",
       [](const Value& value) {
         return tier(value, "disk_tier", "Disk", {"low", "medium", "high", "ultra", "best"});
       }},
      {"network_tier",
       [](const Value& value) {
         return tier(value, "network_tier", "Network", {"standard", "best"});
       }},
      {"local_disk", local_disk},
      {"max_hourly_cost", same},
      {"labels", same},
      {"volumes", same},
      {"autostop", autostop},
      {"priority", same},
      {"priority_class", priority_class},
  };
  return table;
}

}  // namespace

Result<Value> canonical_fields(const Value& config, const Site& site) {
  Value out = dict_value(config.mark);
  for (const Field& field : fields()) {
    const Value* value = config.find(field.name);
    if (value == nullptr || value->is_null()) continue;
    auto converted = field.convert(*value);
    if (!converted) {
      return site.error(value->mark, std::string("resources.") + field.name,
                        converted.error().text());
    }
    if (!converted->is_null()) out.set(field.name, std::move(*converted));
  }
  return out;
}

Value resources_value(const Resources& resources) {
  Value out = dict_value();
  std::string infra = infra_text(resources.infra);
  if (!infra.empty()) out.set("infra", text_value(infra));
  if (resources.cpus) out.set("cpus", text_value(resources.cpus->written));
  if (resources.memory) out.set("memory", text_value(resources.memory->written));
  if (resources.accelerator) {
    Value count;
    count.kind = Value::Kind::real;
    count.number = resources.accelerator->count;
    if (std::floor(count.number) == count.number) {
      count = integer_value(static_cast<int64_t>(count.number));
    }
    Value accelerators = dict_value();
    accelerators.set(resources.accelerator->name, count);
    out.set("accelerators", std::move(accelerators));
  }
  for (size_t i = 0; i < resources.given.keys.size(); ++i) {
    out.set(resources.given.keys[i].text, resources.given.items[i]);
  }
  if (resources.ports.empty()) return out;
  Value ports;
  ports.kind = Value::Kind::list;
  for (const std::string& port : resources.ports) ports.items.push_back(text_value(port));
  out.set("ports", std::move(ports));
  return out;
}

Value resources_value(const ResourceChoice& choice) {
  if (choice.candidates.size() == 1) {
    Value one = resources_value(choice.first());
    if (choice.takes_any_gpus) one.set("accelerators", text_value("auto"));
    return one;
  }
  Value list;
  list.kind = Value::Kind::list;
  for (const Resources& one : choice.candidates) list.items.push_back(resources_value(one));
  Value out = dict_value();
  out.set(choice.ordered ? "ordered" : "any_of", std::move(list));
  return out;
}

Result<std::string> canonical_local_disk(std::string_view text) {
  std::string lower = lower_case(trim(text));
  std::vector<std::string_view> parts = split(lower, ':');
  auto is_mode = [](std::string_view part) { return part == "nvme" || part == "ssd"; };
  if (parts.size() > 2) {
    return failure(fmt::format(
        "Invalid local_disk format: {}. Expected \"mode:size[+]\", \"mode\", or \"size[+]\". "
        "Examples: \"nvme:1000+\", \"ssd:500\", \"nvme\", \"1000+\".",
        python_repr(std::string_view(lower))));
  }
  if (parts.size() == 1 && is_mode(parts[0])) return lower + ":100+";
  if (parts.size() == 2 && !is_mode(parts[0])) {
    return failure(fmt::format("Invalid local_disk mode: {}. Must be \"nvme\" or \"ssd\".",
                               python_repr(parts[0])));
  }
  std::string_view size = parts.back();
  size_t digits = size.find_last_not_of('+');
  auto number = to_float(size.substr(0, digits == std::string_view::npos ? 0 : digits + 1));
  if (!number || !(*number > 0)) {
    return failure(fmt::format(
        "Invalid local_disk: {}. Expected \"mode:size[+]\", \"mode\", or \"size[+]\". Mode must be "
        "\"nvme\" or \"ssd\", size must be positive (GB), optionally with \"+\".",
        python_repr(std::string_view(lower))));
  }
  return parts.size() == 2 ? lower : "nvme:" + lower;
}

}  // namespace skyrun
