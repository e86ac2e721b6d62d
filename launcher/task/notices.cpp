// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/notices.h"

#include <algorithm>

#include "launcher/task/infra.h"
#include "launcher/task/mounts.h"
#include "launcher/task/python_text.h"

namespace skyrun {
namespace {

struct Silent {
  const char* name;
  const char* why;
};

constexpr const char* kCloud = "has no effect without a cloud";
constexpr const char* kYet = "has no effect yet";

constexpr Silent kTaskFields[] = {
    {"managed_secrets", "has no effect without a SkyPilot API server"},
    {"volumes", kCloud},
    {"event_callback", kYet},
    {"service", "is for SkyPilot's serve: the task is run once"},
    {"pool", "is for SkyPilot's pools: the task is run once"},
};

constexpr Silent kResourceFields[] = {
    {"instance_type", kCloud},
    {"use_spot", kCloud},
    {"disk_size", kCloud},
    {"ephemeral_storage", kCloud},
    {"disk_tier", kCloud},
    {"local_disk", kCloud},
    {"max_hourly_cost", kCloud},
    {"accelerator_args", kCloud},
    {"volumes", kCloud},
    {"region", kCloud},
    {"zone", kCloud},
    {"network_tier", kYet},
    {"ports", "is not checked: the nodes' own firewalls decide"},
    {"labels", kYet},
    {"autostop", kYet},
    {"priority", kYet},
    {"priority_class", kYet},
    {"job_recovery", kYet},
    {"image_id", kCloud},
};

constexpr Silent kConfigFields[] = {
    {"docker", kCloud}, {"nvidia_gpus", kCloud}, {"ssh", kCloud},  {"kubernetes", kCloud},
    {"azure", kCloud},  {"gcp", kCloud},         {"vast", kCloud}, {"active_workspace", kCloud},
    {"slurm", kYet},    {"hooks", kYet},
};

template <size_t N>
void add(const Value& dict, const std::string& prefix, const Silent (&fields)[N],
         std::vector<std::string>& out) {
  for (const Silent& field : fields) {
    const Value* value = dict.find(field.name);
    if (value == nullptr || value->is_null()) continue;
    std::string line = prefix + field.name + " " + field.why;
    if (std::find(out.begin(), out.end(), line) == out.end()) out.push_back(std::move(line));
  }
}

/// What is no place at all is refused elsewhere.
bool is_served(const std::string& text) {
  const auto infra = parse_infra(text);
  return infra && (infra->cloud.empty() || infra->cloud == "ssh" || infra->cloud == "slurm");
}

void add_resources(const Value& resources, std::vector<std::string>& out) {
  add(resources, "resources.", kResourceFields, out);
  for (const char* name : {"infra", "cloud"}) {
    const Value* place = resources.find(name);
    if (place == nullptr || !place->is_text() || is_served(place->text)) continue;
    std::string line = std::string("resources.") + name + " " + kCloud + ": " + place->text;
    if (std::find(out.begin(), out.end(), line) == out.end()) out.push_back(std::move(line));
  }
}

void add_mounts(const Value& mounts, std::vector<std::string>& out) {
  for (size_t i = 0; i < mounts.items.size(); ++i) {
    const Value& source = mounts.items[i];
    std::string name = "file_mounts." + python_str(mounts.keys[i]);
    if (source.is_dict()) out.push_back(name + " " + kCloud + ": it is a bucket");
    if (source.is_text() && is_cloud_url(source.text))
      out.push_back(name + " is not fetched: " + source.text);
  }
}

}  // namespace

std::vector<std::string> notices_of(const Value& task) {
  std::vector<std::string> out;
  add(task, "", kTaskFields, out);
  if (const Value* config = task.find("config")) add(*config, "config.", kConfigFields, out);
  if (const Value* mounts = task.find("file_mounts")) add_mounts(*mounts, out);
  const Value* resources = task.find("resources");
  if (resources == nullptr) return out;
  add_resources(*resources, out);
  for (const char* name : {"any_of", "ordered"}) {
    const Value* list = resources->find(name);
    if (list == nullptr) continue;
    for (const Value& item : list->items) add_resources(item, out);
  }
  return out;
}

}  // namespace skyrun
