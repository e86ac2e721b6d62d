// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/screen.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdio>

#include "launcher/output/columns.h"
#include "tests/support/terminal.h"

namespace skyrun {
namespace {

const Origin kA{Origin::Kind::single_setup, "", 0, 1, ""};
const Origin kB{Origin::Kind::single_setup, "", 0, 2, ""};
constexpr Look kTerminal{.terminal = true, .coloured = true};

TEST(ColumnsTest, ATextIsCutByWhatItTakesOnTheScreen) {
  EXPECT_EQ(first_columns("abcdef", 4), "abcd");
  EXPECT_EQ(first_columns("abc", 4), "abc");
  EXPECT_EQ(first_columns("\u00e9\u00e9\u00e9", 2), "\u00e9\u00e9");
  EXPECT_EQ(first_columns("e\u0301e", 1), "e\u0301");     // a combining accent takes none
  EXPECT_EQ(first_columns("\u4e2d\u6587", 3), "\u4e2d");  // a wide character takes two
  EXPECT_EQ(first_columns("", 3), "");
}

class ScreenTest : public testing::Test {
 protected:
  ScreenTest() { ::signal(SIGPIPE, SIG_IGN); }

  EventLoop loop_;
};

TEST_F(ScreenTest, APipeAndTheLogGetTheSameTextWithoutColoursOrStatus) {
  auto out = make_pipe().value();
  auto log = make_pipe().value();
  FdWriter out_writer(loop_, out.second.get(), "standard output");
  FdWriter log_writer(loop_, log.second.get(), "run.log");
  Screen screen(loop_, out_writer, &log_writer, Look{});
  screen.status("setup 0/2");
  screen.output(kA, "one\nhal");
  screen.output(kB, "b\n");
  screen.message("ERROR: \x1b[31mJob 1 failed\x1b[0m [1]");
  screen.output(kA, "open");
  screen.finish();
  const std::string expected =
      "(setup pid=1) one\n(setup pid=1) hal\n(setup pid=2) b\nERROR: Job 1 failed [1]\n"
      "(setup pid=1) open\n";
  EXPECT_EQ(read_through_loop(loop_, out.first.get(), expected.size()), expected);
  EXPECT_EQ(read_through_loop(loop_, log.first.get(), expected.size()), expected);
  EXPECT_TRUE(out_writer.empty() && log_writer.empty());
}

TEST_F(ScreenTest, TheStatusLineStaysBelowTheOutputAndIsErasedAtTheEnd) {
  auto pty = make_raw_pty(20);
  FdWriter writer(loop_, pty.second.get(), "terminal");
  Screen screen(loop_, writer, nullptr, kTerminal);
  const auto read_until = [&](std::string_view end) {
    return read_through_loop(loop_, pty.first.get(),
                             [end](const std::string& got) { return got.find(end) != got.npos; });
  };
  screen.status("nodes up 61/64, waiting for node7");
  EXPECT_EQ(read_until("\x1b[K"), "nodes up 61/64, wai\x1b[K");  // 19 of 20 columns
  screen.message("a line");
  EXPECT_EQ(read_until("wai\x1b[K"), "\r\x1b[Ka line\nnodes up 61/64, wai\x1b[K");
  screen.status("ready");
  EXPECT_EQ(read_until("ready\x1b[K"), "\rready\x1b[K");
  screen.finish();
  EXPECT_EQ(read_until("\x1b[K"), "\r\x1b[K");
}

TEST_F(ScreenTest, TheStatusLineHidesWhileALineIsOpen) {
  auto pty = make_raw_pty();
  FdWriter writer(loop_, pty.second.get(), "terminal");
  Screen screen(loop_, writer, nullptr, {.terminal = true});
  screen.output(kA, "10%\r");
  screen.status("setup 1/2");
  Timer later(loop_, [&] { screen.output(kA, "done\n"); });
  later.start(Screen::kRedrawDelay * 2);
  const auto seen = read_through_loop(loop_, pty.first.get(), [](const std::string& got) {
    return got.find("setup 1/2\x1b[K") != got.npos;
  });
  EXPECT_EQ(seen, "(setup pid=1) 10%\r\x1b[K(setup pid=1) done\nsetup 1/2\x1b[K");
}

TEST_F(ScreenTest, AStatusCannotDriveTheTerminal) {
  auto pty = make_raw_pty();
  FdWriter writer(loop_, pty.second.get(), "terminal");
  Screen screen(loop_, writer, nullptr, kTerminal);
  screen.status("node\x1b[2J\n");
  EXPECT_EQ(read_through_loop(loop_, pty.first.get(), 12), "node?[2J?\x1b[K");
}

TEST_F(ScreenTest, AFullDiskIsSaidOnceAndTheOutputGoesOn) {
  auto out = make_pipe().value();
  const auto full = open_file("/dev/full", O_WRONLY).value();
  FdWriter out_writer(loop_, out.second.get(), "standard output");
  FdWriter log_writer(loop_, full.get(), "run.log");
  std::vector<std::string> said;
  log_writer.on_broken([&said](const Error& error) { said.push_back(error.text()); });
  Screen screen(loop_, out_writer, &log_writer, Look{});
  screen.output(kA, "one\n");
  log_writer.tell_of_failure();
  screen.output(kA, "two\n");
  EXPECT_EQ(read_through_loop(loop_, out.first.get(), 36),
            "(setup pid=1) one\n(setup pid=1) two\n");
  EXPECT_EQ(said, std::vector<std::string>{"run.log: No space left on device"});
  screen.output(kA, "three\n");
  EXPECT_EQ(read_through_loop(loop_, out.first.get(), 1), "(setup pid=1) three\n");
}

TEST_F(ScreenTest, TheLogFileHoldsEveryByteWhenTheReaderIsSlow) {
  auto out = make_pipe().value();
  const std::string path = testing::TempDir() + "screen_test_" + std::to_string(::getpid());
  const auto file = open_file(path, O_WRONLY | O_CREAT | O_TRUNC).value();
  FdWriter out_writer(loop_, out.second.get(), "standard output");
  FdWriter log_writer(loop_, file.get(), path);
  Screen screen(loop_, out_writer, &log_writer, Look{});
  std::string expected;
  for (int i = 0; i < 20'000; ++i) {
    screen.output(i % 2 == 0 ? kA : kB, "line " + std::to_string(i) + "\n");
    expected += "(setup pid=" + std::to_string(1 + i % 2) + ") line " + std::to_string(i) + "\n";
  }
  EXPECT_EQ(read_file(path).value(), expected);
  EXPECT_EQ(read_through_loop(loop_, out.first.get(), expected.size()), expected);
  std::remove(path.c_str());
}

}  // namespace
}  // namespace skyrun
