// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_selection.h"

#include <algorithm>

#include "core/text.h"

namespace skyrun {
namespace {

constexpr uint16_t kAmd = 0x1002;
constexpr uint16_t kIntel = 0x8086;
constexpr size_t kAmdUuidDigits = 16;

struct Selected {
  const Gpu& gpu;
  std::string uuid;
};

std::string indices(const std::vector<Selected>& selected) {
  std::vector<std::string> words;
  words.reserve(selected.size());
  for (const auto& each : selected) words.push_back(std::to_string(each.gpu.index));
  return join(words, ",");
}

std::string uuids_of(const std::vector<Selected>& selected) {
  std::vector<std::string> words;
  words.reserve(selected.size());
  for (const auto& each : selected) words.push_back(each.uuid);
  return join(words, ",");
}

std::string from_zero(size_t count) {
  std::vector<std::string> words;
  words.reserve(count);
  for (size_t i = 0; i < count; ++i) words.push_back(std::to_string(i));
  return join(words, ",");
}

bool all_have_uuids(const std::vector<Selected>& selected) {
  return std::ranges::none_of(selected, [](const Selected& each) { return each.uuid.empty(); });
}

GpuSelection for_nvidia(const std::vector<Selected>& selected) {
  if (all_have_uuids(selected)) {
    return {.variables = {{"CUDA_VISIBLE_DEVICES", uuids_of(selected)}}, .defaults = {}};
  }
  return {.variables = {{"CUDA_VISIBLE_DEVICES", indices(selected)},
                        {"CUDA_DEVICE_ORDER", "PCI_BUS_ID"}},
          .defaults = {}};
}

/// ROCr takes "GPU-" and 16 hexadecimal digits; libraries print the number without leading zeros.
void complete_amd_uuids(std::vector<Selected>& selected) {
  for (auto& each : selected) {
    std::string digits = each.uuid.starts_with("GPU-") ? each.uuid.substr(4) : each.uuid;
    const bool hex = !digits.empty() && digits.size() <= kAmdUuidDigits &&
                     digits.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    each.uuid =
        hex ? "GPU-" + std::string(kAmdUuidDigits - digits.size(), '0') + digits : std::string();
  }
}

GpuSelection for_amd(std::vector<Selected> selected) {
  complete_amd_uuids(selected);
  const std::string rest = from_zero(selected.size());
  return {.variables = {{"ROCR_VISIBLE_DEVICES",
                         all_have_uuids(selected) ? uuids_of(selected) : indices(selected)},
                        {"HIP_VISIBLE_DEVICES", rest},
                        {"CUDA_VISIBLE_DEVICES", rest}},
          .defaults = {}};
}

/// The numbers of the mask depend on the hierarchy.
GpuSelection for_intel(const std::vector<Selected>& selected) {
  return {.variables = {{"ZE_AFFINITY_MASK", indices(selected)}},
          .defaults = {{"ZE_FLAT_DEVICE_HIERARCHY", "FLAT"}}};
}

}  // namespace

GpuSelection select_gpus(const Machine& machine, const std::vector<std::string>& uuids,
                         const std::vector<uint32_t>& places) {
  std::vector<Selected> selected;
  selected.reserve(places.size());
  for (const uint32_t place : places) {
    selected.push_back({machine.gpus[place], place < uuids.size() ? uuids[place] : ""});
  }
  const uint16_t vendor = machine.gpus.empty() ? uint16_t{0} : machine.gpus.front().vendor;
  if (vendor == kAmd) return for_amd(std::move(selected));
  if (vendor == kIntel) return for_intel(selected);
  return for_nvidia(selected);
}

bool is_mig(const std::string& uuid) {
  return uuid.starts_with("MIG-");
}

}  // namespace skyrun
