// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/accelerator_table.h"

#include <fmt/format.h>

#include "launcher/task/words.h"

namespace skyrun {
namespace {

// Names of SkyPilot's catalog and of its sky/utils/gpu_names.py, and those its naming rules give
// to further devices; memory by the makers' data sheets.
const std::vector<KnownAccelerator> kTable = {
    {"A10", 24, "nvidia", true},
    {"A100", 40, "nvidia", true},
    {"A100-80GB", 80, "nvidia", true},
    {"A100-80GB-SXM", 80, "nvidia", true},
    {"A10G", 24, "nvidia", true},
    {"A30", 24, "nvidia", true},
    {"A40", 48, "nvidia", true},
    {"A4000", 16, "nvidia", true},
    {"A6000", 48, "nvidia", true},
    {"A800", 80, "nvidia", true},
    {"B200", 180, "nvidia", true},
    {"GH200", 96, "nvidia", true},
    {"GTX1660S", 6, "nvidia", true},
    {"Gaudi HL-205", 32, "intel", true},
    {"H100", 80, "nvidia", true},
    {"H100-MEGA", 80, "nvidia", true},
    {"H100-NVL", 94, "nvidia", true},
    {"H100-NVLINK", 80, "nvidia", true},
    {"H100-SXM", 80, "nvidia", true},
    {"H200", 141, "nvidia", true},
    {"H200-SXM", 141, "nvidia", true},
    {"K80", 12, "nvidia", true},
    {"L4", 24, "nvidia", true},
    {"L40", 48, "nvidia", true},
    {"L40S", 48, "nvidia", true},
    {"M4000", 8, "nvidia", true},
    {"M60", 8, "nvidia", true},
    {"MI300X", 192, "amd", true},
    {"P100", 16, "nvidia", true},
    {"P4", 8, "nvidia", true},
    {"P4000", 8, "nvidia", true},
    {"RTX3060", 12, "nvidia", true},
    {"RTX3070", 8, "nvidia", true},
    {"RTX3080", 10, "nvidia", true},
    {"RTX3090", 24, "nvidia", true},
    {"RTX4000-Ada", 20, "nvidia", true},
    {"RTX4090", 24, "nvidia", true},
    {"RTX5060", 8, "nvidia", true},
    {"RTX5090", 32, "nvidia", true},
    {"RTX6000", 24, "nvidia", true},
    {"RTX6000-Ada", 48, "nvidia", true},
    {"RTX6000Ada", 48, "nvidia", true},
    {"RTXA4000", 16, "nvidia", true},
    {"RTXA4500", 20, "nvidia", true},
    {"RTXA5000", 24, "nvidia", true},
    {"RTXA6000", 48, "nvidia", true},
    {"RTXPRO6000S", 96, "nvidia", true},
    {"RTXPRO6000WS", 96, "nvidia", true},
    {"Radeon MI25", 16, "amd", true},
    {"Radeon Pro V520", 8, "amd", true},
    {"T4", 16, "nvidia", true},
    {"T4g", 16, "nvidia", true},
    {"V100", 16, "nvidia", true},
    {"V100-32GB", 32, "nvidia", true},

    {"A100-64GB", 64, "nvidia"},
    {"A10M", 20, "nvidia"},
    {"A16", 16, "nvidia"},
    {"A2", 16, "nvidia"},
    {"A5000", 24, "nvidia"},
    {"B100", 192, "nvidia"},
    {"B300", 288, "nvidia"},
    {"Flex-140", 6, "intel"},
    {"Flex-170", 16, "intel"},
    {"GB10", 128, "nvidia"},
    {"GB200", 186, "nvidia"},
    {"GB300", 288, "nvidia"},
    {"H100-80GB", 80, "nvidia"},
    {"H20", 96, "nvidia"},
    {"H800", 80, "nvidia"},
    {"Inferentia", 0, ""},
    {"Inferentia2", 0, ""},
    {"K520", 4, "nvidia"},
    {"L2", 24, "nvidia"},
    {"L20", 48, "nvidia"},
    {"MI100", 32, "amd"},
    {"MI210", 64, "amd"},
    {"MI250", 128, "amd"},
    {"MI250X", 128, "amd"},
    {"MI300A", 128, "amd"},
    {"MI308X", 192, "amd"},
    {"MI325X", 256, "amd"},
    {"MI350X", 288, "amd"},
    {"MI355X", 288, "amd"},
    {"MI50", 0, "amd"},
    {"Max-1100", 48, "intel"},
    {"Max-1450", 128, "intel"},
    {"Max-1550", 128, "intel"},
    {"P40", 24, "nvidia"},
    {"RTX8000", 48, "nvidia"},
    {"RTXPRO6000", 96, "nvidia"},
    {"RTXPRO6000-MaxQ", 96, "nvidia"},
    {"RTXPRO6000-WK", 96, "nvidia"},
    {"Radeon Pro V620", 32, "amd"},
    {"Radeon Pro V710", 28, "amd"},
    {"Trainium", 0, ""},
    {"Trainium2", 0, ""},
};

/// "['A', 'B']", as Python prints a list of names.
std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "'" : ", '") + name + "'";
  return "[" + out + "]";
}

}  // namespace

const std::vector<KnownAccelerator>& known_accelerators() {
  return kTable;
}

Result<std::string> canonical_accelerator(std::string_view name) {
  std::string wanted = lower_case(name);
  if (wanted.rfind("tpu-", 0) == 0) return wanted;
  std::vector<std::string> containing;
  for (const KnownAccelerator& known : known_accelerators()) {
    std::string lower = lower_case(known.name);
    if (lower == wanted) return std::string(known.name);
    if (known.in_catalog && lower.find(wanted) != std::string::npos) {
      containing.emplace_back(known.name);
    }
  }
  if (containing.empty()) return std::string(name);
  if (containing.size() == 1) return containing[0];
  return failure(fmt::format("Accelerator name '{}' is ambiguous. Please choose one of {}.", name,
                             listed(containing)));
}

std::vector<std::string> accelerators_by_memory(int gib, bool or_more, std::string_view maker) {
  std::vector<std::string> names;
  for (const KnownAccelerator& known : known_accelerators()) {
    bool fits = or_more ? known.memory_gib >= gib : known.memory_gib == gib;
    bool made = maker.empty() || lower_case(maker) == known.maker;
    if (fits && made && known.memory_gib > 0) names.emplace_back(known.name);
  }
  return names;
}

}  // namespace skyrun
