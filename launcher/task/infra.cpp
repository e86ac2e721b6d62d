// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/infra.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/nearest.h"
#include "core/text.h"
#include "launcher/task/words.h"

namespace skyrun {
namespace {

constexpr const char* kForms = "\"cloud\", \"cloud/region\", or \"cloud/region/zone\".";

std::string_view without_outer_slashes(std::string_view text) {
  size_t first = std::min(text.find_first_not_of('/'), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of('/') + 1);
}

std::string not_any(std::string_view part) {
  return part == "*" ? "" : std::string(part);
}

}  // namespace

Result<Infra> parse_infra(std::string_view text) {
  text = trim(text);
  if (text.empty()) return Infra{};
  text = without_outer_slashes(text);
  std::vector<std::string_view> parts = split(text, '/');
  for (std::string_view& part : parts) part = trim(part);
  if (std::find(parts.begin(), parts.end(), "") != parts.end()) {
    return failure(
        fmt::format("Invalid infra format: {}. Format should not contain empty parts "
                    "(e.g., double slashes \"//\").",
                    text));
  }
  Infra out;
  out.cloud = not_any(lower_case(parts[0]));
  if (out.cloud == "k8s") out.cloud = "kubernetes";
  const auto& clouds = cloud_names();
  if (!out.cloud.empty() && std::find(clouds.begin(), clouds.end(), out.cloud) == clouds.end()) {
    return failure(fmt::format("Cloud '{}' is not a valid cloud among {}{}", parts[0],
                               join(clouds, ", "), did_you_mean(lower_case(parts[0]), clouds)));
  }
  if (out.cloud == "kubernetes" || out.cloud == "ssh") {
    std::string rest(text.substr(std::min(text.find('/') + 1, text.size())));
    out.region = parts.size() > 1 ? not_any(rest) : "";
    return out;
  }
  if (parts.size() > 3) {
    return failure(fmt::format("Invalid infra format: {}. Expected format is {}", text, kForms));
  }
  if (parts.size() > 1) out.region = not_any(parts[1]);
  if (parts.size() > 2) out.zone = not_any(parts[2]);
  return out;
}

std::string infra_text(const Infra& infra) {
  std::vector<std::string> parts = {infra.cloud, infra.region, infra.zone};
  while (!parts.empty() && parts.back().empty()) parts.pop_back();
  for (std::string& part : parts) {
    if (part.empty()) part = "*";
  }
  return join(parts, "/");
}

}  // namespace skyrun
