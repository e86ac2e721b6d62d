// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/output_pump.h"

#include <unistd.h>

#include <thread>

#include "tests/support/loop_test.h"

namespace skyrun {
namespace {

using OutputPumpTest = LoopTest;

TEST_F(OutputPumpTest, DrainsWhatIsThereAndNotWhatComesMeanwhile) {
  auto pipe = make_pipe();
  const int in = pipe->second.get();
  std::thread writer([in] {  // faster than it is read, until nobody reads any more
    const std::string block(4096, 'x');
    while (::write(in, block.data(), block.size()) > 0) {
    }
  });
  size_t bytes = 0;
  {
    OutputPump pump(
        loop_, std::move(pipe->first), Fd(),
        [&bytes](const std::string& pieces) { bytes += pieces.size(); }, [] {});
    while (bytes < size_t{16} << 20U) {
      const size_t before = bytes;
      pump.drain();
      EXPECT_LE(bytes - before, size_t{4} << 20U);  // a line's excess comes in one piece
    }
    pump.finish();
  }
  writer.join();
}

TEST_F(OutputPumpTest, DrainSeesTheEnd) {
  auto pipe = make_pipe();
  std::string said;
  bool closed = false;
  OutputPump pump(
      loop_, std::move(pipe->first), Fd(), [&said](const std::string& pieces) { said += pieces; },
      [&closed] { closed = true; });
  ASSERT_EQ(::write(pipe->second.get(), "a\nb", 3), 3);
  pump.drain();
  EXPECT_EQ(said, "a\n");
  EXPECT_FALSE(closed);
  pipe->second.reset();
  pump.finish();
  EXPECT_TRUE(closed);
  EXPECT_EQ(said, "a\nb");
}

}  // namespace
}  // namespace skyrun
