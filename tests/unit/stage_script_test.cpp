// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/stage_script.h"

#include <fcntl.h>
#include <gtest/gtest.h>

namespace skyrun {
namespace {

TEST(StageScriptTest, TheExportsComeAfterBashrcAndTheProofComesLast) {
  const std::string text = startup_text({{"A", "it's\n!!"}}, "sky_workdir", "/proc/1/fd/2");
  EXPECT_LT(text.find("source ~/.bashrc"), text.find("export A='it'\\''s\n!!'"));
  EXPECT_EQ(text.substr(text.size() - 16), ">| /proc/1/fd/2\n");
}

TEST(StageScriptTest, TheCommandsStandInAFileOfTheirOwnThatOthersOfTheAccountMayRead) {
  const auto script =
      StageScript::write(Stage::run, {}, "echo a\n", "sky_workdir", StageScript::Reach::through_us);
  ASSERT_TRUE(script);
  const auto argv = script->argv();
  EXPECT_EQ(read_file(argv.back()).value(), "echo a\n");
  EXPECT_FALSE(script->begun());

  ASSERT_TRUE(open_file(argv[2], O_WRONLY | O_TRUNC));  // as the shell does it
  EXPECT_TRUE(script->begun());
}

}  // namespace
}  // namespace skyrun
