// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/machine_svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/text.h"
#include "launcher/topo/machine_rows.h"
#include "launcher/topo/machine_text.h"
#include "launcher/topo/rank_colours.h"
#include "launcher/topo/svg.h"
#include "topology/pci_device.h"
#include "topology/seating/seat_text.h"

namespace skyrun {
namespace {

// The columns.
constexpr double kWidth = 900;
constexpr double kMargin = 16;
constexpr double kCoresLeft = 44;
constexpr double kGpusLeft = 512;
constexpr double kGpuWidth = 214;
constexpr double kNicsLeft = 784;
constexpr double kNicWidth = 84;
// The rows.
constexpr double kTop = 74;
constexpr double kHeadHeight = 24;
constexpr double kCellWidth = 28;
constexpr double kCellHeight = 20;
constexpr size_t kCellsInRow = 16;
constexpr double kDeviceHeight = 34;
constexpr double kDevicePitch = 40;
constexpr double kGap = 12;

constexpr size_t kStripes = 4;     // of ranks that share a core
constexpr size_t kRanksNamed = 8;  // in the head of a row
constexpr double kChipWidth = 50;

constexpr std::string_view kPale = "#eef1f5";
constexpr std::string_view kFrame = "#cbd2dc";
constexpr std::string_view kQuiet = "#6b7280";
constexpr std::string_view kGround = "#f8fafc";

using Ranks = std::vector<uint32_t>;

void add_once(Ranks& ranks, uint32_t rank) {
  if (std::ranges::find(ranks, rank) == ranks.end()) ranks.push_back(rank);
}

/// Which ranks have which core and which GPU.
struct Owners {
  std::vector<Ranks> of_core, of_gpu;

  Owners(const Machine& machine, const Placement* placement)
      : of_core(machine.at(Level::core).size()), of_gpu(machine.gpus.size()) {
    if (placement == nullptr) return;
    const auto& cores = machine.at(Level::core);
    for (uint32_t rank = 0; rank < placement->ranks.size(); ++rank) {
      const Seat& seat = placement->seat_of(rank);
      for (size_t i = 0; i < cores.size(); ++i) {
        if (seat.cpus.intersects(cores[i].cpus)) add_once(of_core[i], rank);
      }
      for (const uint32_t gpu : seat.gpus) add_once(of_gpu[gpu], rank);
    }
  }
};

class Picture {
 public:
  Picture(const Machine& machine, const Placement* placement)
      : machine_(machine), placement_(placement), owners_(machine, placement) {}

  std::string draw() {
    double y = kTop;
    const auto blocks = arrange(machine_);
    for (const auto& block : blocks) place_block(block, y);
    double at = kTop;
    for (const auto& block : blocks) draw_frames(block, at);
    draw_paths();
    at = kTop;
    for (const auto& block : blocks) draw_block(block, at);
    draw_head();
    return svg_.document(kWidth, y + kMargin - kGap, summary_text(machine_));
  }

 private:
  // Heights: of a row, its head, the cells or the devices beside them, whichever needs more.

  static double cells_height(const MachineRow& row) {
    const size_t lines = (row.cores.size() + kCellsInRow - 1) / kCellsInRow;
    return static_cast<double>(lines) * kCellHeight;
  }
  static double row_height(const MachineRow& row) {
    const auto devices = static_cast<double>(std::max(row.gpus.size(), row.nics.size()));
    return std::max(kHeadHeight + cells_height(row) + kGap, devices * kDevicePitch + kGap);
  }
  static double block_height(const MachineBlock& block) {
    double height = kHeadHeight + kGap / 2;
    for (const auto& row : block.rows) height += row_height(row);
    return height;
  }

  /// Where the devices will be, so that paths can be drawn below everything.
  void place_block(const MachineBlock& block, double& y) {
    double at = y + kHeadHeight;
    for (const auto& row : block.rows) {
      place(row.gpus, at, gpu_y_);
      place(row.nics, at, nic_y_);
      at += row_height(row);
    }
    y += block_height(block) + kGap;
  }

  static void place(const std::vector<uint32_t>& devices, double top,
                    std::map<uint32_t, double>& into) {
    for (size_t i = 0; i < devices.size(); ++i) {
      into[devices[i]] = top + static_cast<double>(i) * kDevicePitch;
    }
  }

  void draw_frames(const MachineBlock& block, double& y) {
    const double height = block_height(block);
    svg_.rectangle({kMargin, y, kWidth - 2 * kMargin, height}, kGround, kFrame, 8);
    y += height + kGap;
  }

  void draw_paths() {
    for (uint32_t i = 0; i < machine_.gpus.size(); ++i) {
      const Gpu& gpu = machine_.gpus[i];
      for (uint32_t k = 0; k < machine_.nics.size(); ++k) {
        if (gpu.nic_path >= PathClass::node) continue;  // all of them are that near
        if (std::ranges::find(gpu.nics, machine_.nics[k].name) == gpu.nics.end()) continue;
        svg_.curve(kGpusLeft + kGpuWidth, gpu_y_[i] + kDeviceHeight / 2, kNicsLeft,
                   nic_y_[k] + kDeviceHeight / 2, "#9aa4b2");
      }
    }
  }

  void draw_block(const MachineBlock& block, double& y) {
    svg_.text(kMargin + 12, y + kHeadHeight / 2 + 2,
              block.title.empty() ? "near no package, or nobody says" : block.title,
              {.size = 13, .bold = true});
    double at = y + kHeadHeight;
    for (const auto& row : block.rows) {
      draw_row(row, at);
      at += row_height(row);
    }
    y += block_height(block) + kGap;
  }

  void draw_row(const MachineRow& row, double y) {
    if (!row.title.empty()) {
      svg_.text(kCoresLeft, y + kHeadHeight / 2, row.title, {.size = 12, .bold = true});
      draw_ranks_of(row, y + kHeadHeight / 2);
    }
    for (size_t i = 0; i < row.cores.size(); ++i) {
      const size_t line = i / kCellsInRow;
      const size_t column = i % kCellsInRow;
      const double x = kCoresLeft + static_cast<double>(column) * kCellWidth;
      const double top = y + kHeadHeight + static_cast<double>(line) * kCellHeight;
      const double low = is_slow(row.cores[i]) ? 4 : 0;
      draw_core(row.cores[i], {x, top + low, kCellWidth - 3, kCellHeight - 3 - low});
    }
    for (const uint32_t gpu : row.gpus) draw_gpu(gpu);
    for (const uint32_t nic : row.nics) draw_nic(nic);
  }

  /// Of a hybrid: they are drawn lower.
  bool is_slow(uint32_t core) const {
    const auto& kinds = machine_.core_kinds;
    return !kinds.empty() && kinds[core] < *std::ranges::max_element(kinds);
  }

  /// The ranks on its cores; without any, its CPUs.
  void draw_ranks_of(const MachineRow& row, double y) {
    Ranks ranks;
    for (const uint32_t core : row.cores) {
      for (const uint32_t rank : owners_.of_core[core]) add_once(ranks, rank);
    }
    double x = kCoresLeft + 64;
    if (ranks.empty())
      return svg_.text(x, y, "CPUs " + shortened(row.cpus, 60), {.size = 11, .colour = kQuiet});
    for (size_t i = 0; i < std::min(ranks.size(), kRanksNamed - 1); ++i, x += kChipWidth + 4) {
      draw_chip(x, y, ranks[i]);
    }
    if (ranks.size() >= kRanksNamed) {
      svg_.text(x, y, fmt::format("+{}", ranks.size() - kRanksNamed + 1),
                {.size = 11, .colour = kQuiet});
    }
  }

  void draw_chip(double x, double y, uint32_t rank) {
    const auto colour = rank_colour(rank);
    svg_.rectangle({x, y - 8, kChipWidth, 16}, colour.fill, "none", 8);
    svg_.text(x + kChipWidth / 2, y, fmt::format("rank {}", rank),
              {.size = 10, .colour = colour.ink, .anchor = Svg::Anchor::middle, .bold = true});
  }

  void draw_core(uint32_t core, const Svg::Box& box) {
    const Ranks& ranks = owners_.of_core[core];
    svg_.rectangle(box, kPale, "none", 3);
    const size_t stripes = std::min(ranks.size(), kStripes);
    for (size_t i = 0; i < stripes; ++i) {
      const double width = box.width / static_cast<double>(stripes);
      svg_.rectangle({box.x + width * static_cast<double>(i), box.y, width, box.height},
                     rank_colour(ranks[i]).fill, "none", stripes == 1 ? 3 : 0);
    }
    const auto ink = ranks.empty() ? kQuiet : rank_colour(ranks[0]).ink;
    svg_.text(box.x + box.width / 2, box.y + box.height / 2,
              std::to_string(machine_.at(Level::core)[core].cpus.first()),
              {.size = 10, .colour = ink, .anchor = Svg::Anchor::middle});
  }

  void draw_gpu(uint32_t place) {
    const Gpu& gpu = machine_.gpus[place];
    const Svg::Box box{kGpusLeft, gpu_y_[place], kGpuWidth, kDeviceHeight};
    svg_.rectangle(box, "#ffffff", "#8a94a4", 5);
    svg_.text(box.x + 10, box.y + 11, fmt::format("GPU {}  {}", gpu.index, shortened(gpu.name, 11)),
              {.size = 12, .bold = true});
    std::string below = gpu.pci ? text(*gpu.pci) : "";
    if (gpu.partition > 0) below += fmt::format(" part {}", gpu.partition);
    svg_.text(box.x + 10, box.y + 25, below, {.size = 10, .colour = kQuiet});
    draw_owners(box, owners_.of_gpu[place]);
    if (gpu.nics.empty()) return;
    const double x = box.x + box.width + 3;
    svg_.rectangle({x, box.y + 2, 28, 12}, kGround);  // over the paths of others
    svg_.text(x + 3, box.y + 8, path_word(gpu.nic_path), {.size = 9, .colour = kQuiet});
  }

  void draw_owners(const Svg::Box& box, const Ranks& ranks) {
    if (ranks.empty()) return;
    const double x = box.x + box.width - kChipWidth - 6;
    draw_chip(x, box.y + (ranks.size() > 1 ? 11 : kDeviceHeight / 2), ranks[0]);
    if (ranks.size() == 2) draw_chip(x, box.y + 26, ranks[1]);
    if (ranks.size() > 2) {
      svg_.text(x + kChipWidth / 2, box.y + 26, fmt::format("+{} ranks", ranks.size() - 1),
                {.size = 10, .colour = kQuiet, .anchor = Svg::Anchor::middle});
    }
  }

  void draw_nic(uint32_t place) {
    const Nic& nic = machine_.nics[place];
    const Svg::Box box{kNicsLeft, nic_y_[place] + 4, kNicWidth, kDeviceHeight - 8};
    svg_.rectangle(box, "#f3f4f6", "#8a94a4", 5);
    svg_.text(box.x + box.width / 2, box.y + box.height / 2, shortened(nic.name, 12),
              {.size = 11, .anchor = Svg::Anchor::middle});
  }

  void draw_head() {
    svg_.text(kMargin, 26, summary_text(machine_), {.size = 16, .bold = true});
    const std::string below =
        placement_ != nullptr
            ? fmt::format("{} ranks: {}", placement_->ranks.size(), policy_text(*placement_))
            : "a cell is a core, with the number of its first CPU";
    svg_.text(kMargin, 50, shortened(below, 120), {.size = 12, .colour = kQuiet});
  }

  const Machine& machine_;
  const Placement* placement_;
  Owners owners_;
  std::map<uint32_t, double> gpu_y_, nic_y_;
  Svg svg_;
};

}  // namespace

std::string machine_svg(const Machine& machine, const Placement* placement) {
  return Picture(machine, placement).draw();
}

}  // namespace skyrun
