// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/writer.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <vector>

#include "tests/support/terminal.h"

namespace skyrun {
namespace {

bool is_nonblocking(int fd) {
  return (::fcntl(fd, F_GETFL) & O_NONBLOCK) != 0;
}

class FdWriterTest : public testing::Test {
 protected:
  FdWriterTest() { ::signal(SIGPIPE, SIG_IGN); }

  EventLoop loop_;
};

std::string pattern(size_t size) {
  std::string text;
  while (text.size() < size) text += "line " + std::to_string(text.size()) + "\n";
  return text;
}

TEST_F(FdWriterTest, MoreThanAPipeHoldsArrivesCompleteAndTheDescriptorStaysBlocking) {
  auto pipe = make_pipe().value();
  FdWriter writer(loop_, pipe.second.get(), "pipe");
  const std::string text = pattern(3'000'000);
  writer.write(text);
  EXPECT_EQ(writer.queued(), text.size());  // nothing waited for a reader
  EXPECT_EQ(read_through_loop(loop_, pipe.first.get(), text.size()), text);
  EXPECT_TRUE(writer.empty());
  EXPECT_FALSE(is_nonblocking(pipe.second.get()));
}

TEST_F(FdWriterTest, ATerminalThatNobodyReadsDoesNotBlock) {
  auto pty = make_raw_pty();
  FdWriter writer(loop_, pty.second.get(), "terminal");
  const std::string text = pattern(300'000);
  writer.write(text);
  EXPECT_EQ(read_through_loop(loop_, pty.first.get(), text.size()), text);
  EXPECT_FALSE(is_nonblocking(pty.second.get()));
}

TEST_F(FdWriterTest, ASocketArrivesCompleteAndStaysBlocking) {
  auto sockets = make_socketpair().value();
  FdWriter writer(loop_, sockets.second.get(), "socket");
  const std::string text = pattern(2'000'000);
  writer.write(text);
  EXPECT_EQ(read_through_loop(loop_, sockets.first.get(), text.size()), text);
  EXPECT_FALSE(is_nonblocking(sockets.second.get()));
}

TEST_F(FdWriterTest, ATerminalOfAnotherUserIsWrittenAsThereIsRoom) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to become another user";
  auto pty = make_raw_pty();
  ASSERT_EQ(::seteuid(65534), 0);
  FdWriter writer(loop_, pty.second.get(), "terminal");
  ASSERT_EQ(::seteuid(0), 0);
  ::prctl(PR_SET_DUMPABLE, 1);  // the change of user has cleared it
  const std::string text = pattern(300'000);
  writer.write(text);
  EXPECT_EQ(read_through_loop(loop_, pty.first.get(), text.size()), text);
  EXPECT_FALSE(is_nonblocking(pty.second.get()));
}

TEST_F(FdWriterTest, TheProducerIsToldToGoOnOnceWhenThereIsRoomAgain) {
  auto pipe = make_pipe().value();
  FdWriter writer(loop_, pipe.second.get(), "pipe");
  std::vector<size_t> queued_when_told;
  writer.on_drained([&] { queued_when_told.push_back(writer.queued()); });
  const std::string text = pattern(FdWriter::kHighWater);
  EXPECT_FALSE(writer.full());
  writer.write(text);
  EXPECT_TRUE(writer.full());
  read_through_loop(loop_, pipe.first.get(), text.size());
  ASSERT_EQ(queued_when_told.size(), 1U);
  EXPECT_LE(queued_when_told[0], FdWriter::kLowWater);
}

TEST_F(FdWriterTest, TheEndOfTheQueueIsTold) {
  auto pipe = make_pipe().value();
  FdWriter writer(loop_, pipe.second.get(), "pipe");
  writer.on_empty([&] { loop_.stop(); });
  writer.write("last words\n");
  EXPECT_FALSE(writer.empty());
  loop_.run();
  EXPECT_TRUE(writer.empty());
}

TEST_F(FdWriterTest, AReaderThatIsGoneIsToldOnceAndNothingIsKeptForIt) {
  auto pipe = make_pipe().value();
  FdWriter writer(loop_, pipe.second.get(), "standard output");
  std::vector<std::string> errors;
  writer.on_broken([&](const Error& error) { errors.push_back(error.text()); });
  writer.on_empty([&] { loop_.stop(); });
  writer.write(pattern(FdWriter::kHighWater));
  pipe.first.reset();
  loop_.run();
  writer.write("more");
  EXPECT_EQ(errors, std::vector<std::string>{"standard output: Broken pipe"});
  EXPECT_TRUE(writer.broken());
  EXPECT_TRUE(writer.empty());
}

TEST_F(FdWriterTest, AReaderThatWasGoneBeforeIsToldToo) {
  auto pipe = make_pipe().value();
  pipe.first.reset();
  FdWriter writer(loop_, pipe.second.get(), "standard output");
  writer.on_broken([&](const Error&) { loop_.stop(); });
  writer.write("x");
  loop_.run();
  EXPECT_TRUE(writer.broken());
}

TEST_F(FdWriterTest, ATerminalThatIsGoneIsTold) {
  auto pty = make_raw_pty();
  FdWriter writer(loop_, pty.second.get(), "terminal");
  writer.on_broken([&](const Error&) { loop_.stop(); });
  pty.first.reset();
  writer.write("x");
  loop_.run();
  EXPECT_TRUE(writer.broken());
}

TEST_F(FdWriterTest, AFileIsWrittenAtOnceWhereItsOffsetStands) {
  const std::string path = testing::TempDir() + "writer_test_" + std::to_string(::getpid());
  const auto file = open_file(path, O_RDWR | O_CREAT | O_TRUNC).value();
  ASSERT_TRUE(write_all(file.get(), "before\n"));
  FdWriter writer(loop_, file.get(), path);
  writer.write("after\n");
  EXPECT_TRUE(writer.empty());
  EXPECT_EQ(read_file(path).value(), "before\nafter\n");
  std::remove(path.c_str());
}

TEST_F(FdWriterTest, AFullDiskIsToldFromTheLoop) {
  const auto full = open_file("/dev/full", O_WRONLY).value();
  FdWriter writer(loop_, full.get(), "run.log");
  std::string told;
  writer.on_broken([&](const Error& error) {
    told = error.text();
    loop_.stop();
  });
  writer.write("x");
  EXPECT_EQ(told, "");
  loop_.run();
  EXPECT_EQ(told, "run.log: No space left on device");
}

}  // namespace
}  // namespace skyrun
