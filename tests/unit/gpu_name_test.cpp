// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_name.h"

#include <gtest/gtest.h>

#include "core/text.h"
#include "topology/accelerator_names.h"

namespace skyrun {
namespace {

TEST(GpuNameTest, EveryModelOfTheTableHasTheTablesName) {
  size_t rows = 0;
  for (const auto& row : table_rows(kGpuModelsTable)) {
    ++rows;
    const auto name = name_of_model(row.at(3), to_number<uint32_t>(row.at(5)).value_or(0));
    if (row.at(3).find("Thor") != std::string_view::npos) continue;  // no rule: by its id only
    EXPECT_EQ(name.value_or("no rule"), row.at(4)) << row.at(3);
  }
  EXPECT_GT(rows, 150U);
}

TEST(GpuNameTest, SubsystemTellsCardsOfOneIdApart) {
  EXPECT_EQ(gpu_name({0x10de, 0x25b6, 0x10de, 0x14a9}, "", 0), "A16");
  EXPECT_EQ(gpu_name({0x10de, 0x25b6, 0x10de, 0x157e}, "", 0), "A2");
}

TEST(GpuNameTest, MemoryTellsCardsOfOneModelApart) {
  EXPECT_EQ(gpu_name({0x10de, 0xffff}, "NVIDIA A100", 80), "A100-80GB");
  EXPECT_EQ(gpu_name({0x10de, 0xffff}, "NVIDIA A100", 40), "A100");
}

TEST(GpuNameTest, AmdIsNamedByItsIdsFirst) {
  EXPECT_EQ(gpu_name({0x1002, 0x66a1}, "deon Instinct MI50 32GB", 0), "MI50");
  EXPECT_EQ(gpu_name({0x1002, 0x7408}, "AMD INSTINCT MI200 (MCM) OAM LC MBA HPE C2", 0), "MI250X");
}

TEST(GpuNameTest, UnknownCardsHaveANameToo) {
  EXPECT_EQ(gpu_name({0x10de, 0x1234}, "", 0), "NVIDIA-1234");
  EXPECT_EQ(gpu_name({0x1234, 0x5678}, std::string(100000, '('), 0), "1234-5678");
}

TEST(GpuNameTest, NamesOfOneCardCompareEqual) {
  EXPECT_TRUE(same_accelerator("A100-80GB", "A100-80GB-SXM"));
  EXPECT_TRUE(same_accelerator("h100", "H100-80GB"));
  EXPECT_TRUE(same_accelerator("H100-SXM", "H100-MEGA"));
  EXPECT_TRUE(same_accelerator("RTX6000-Ada", "RTX6000Ada"));
  EXPECT_TRUE(same_accelerator("Unheard-Of", "unheard-of"));
  EXPECT_FALSE(same_accelerator("A100-80GB", "A100"));
  EXPECT_FALSE(same_accelerator("V100", "V100-32GB"));
  EXPECT_FALSE(same_accelerator("L4", "L40"));
}

}  // namespace
}  // namespace skyrun
