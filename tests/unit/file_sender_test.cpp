// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/file_sender.h"

#include <fstream>
#include <random>

#include "tests/support/loop_test.h"
#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

constexpr uint64_t kWindow = uint64_t{1} << 20U;

class FileSenderTest : public LoopTest {
 protected:
  FileSenderTest() {
    std::mt19937_64 random(1);  // so that it does not compress
    std::ofstream file(directory_.path() + "/f", std::ios::binary);
    for (int i = 0; i < 1 << 19; ++i) {
      const uint64_t word = random();
      file.write(reinterpret_cast<const char*>(&word), sizeof word);
    }
    sender_.emplace(
        loop_, std::vector<Mount>{{.source = directory_.path() + "/f", .destination = "~/f"}},
        kWindow,
        FileSender::Events{.may_send = [this] { return may_send_; },
                           .on_block =
                               [this](const std::string& bytes) {
                                 bytes_ += bytes.size();
                                 ended_ = ended_ || bytes.empty();
                               },
                           .on_notice = [](const std::string&) {},
                           .on_failed = [this](std::string why) { why_ = std::move(why); }});
  }

  TemporaryDirectory directory_;
  bool may_send_ = true;
  uint64_t bytes_ = 0;
  bool ended_ = false;
  std::string why_;
  std::optional<FileSender> sender_;
};

TEST_F(FileSenderTest, NoMoreThanAWindowIsSentAheadOfTheSlowestNode) {
  sender_->go_on();
  ASSERT_TRUE(run_until([this] { return bytes_ >= kWindow; }));
  run_for(Millis(50));
  EXPECT_LT(bytes_, kWindow + FileStream::kMaxBlock);
  EXPECT_FALSE(ended_);

  sender_->on_taken(kWindow);
  ASSERT_TRUE(run_until([this] { return bytes_ >= 2 * kWindow; }));
  run_for(Millis(50));
  EXPECT_LT(bytes_, 2 * kWindow + FileStream::kMaxBlock);

  sender_->on_taken(uint64_t{1} << 40U);
  EXPECT_TRUE(run_until([this] { return ended_; }));
  const Tally all{.files = 1, .bytes = uint64_t{1} << 22U};
  EXPECT_EQ(sender_->status().sent, all);
  EXPECT_EQ(sender_->status().total, all);
  EXPECT_EQ(why_, "");
}

TEST_F(FileSenderTest, NothingIsSentWhileItsOwnWayOutIsFull) {
  may_send_ = false;
  sender_->go_on();
  run_for(Millis(50));
  EXPECT_EQ(bytes_, 0U);

  may_send_ = true;
  sender_->go_on();
  EXPECT_TRUE(run_until([this] { return bytes_ > 0; }));
}

TEST_F(FileSenderTest, NothingComesFromOneThatHasGone) {
  sender_->go_on();
  sender_.reset();
  run_for(Millis(20));
  EXPECT_EQ(bytes_, 0U);
}

}  // namespace
}  // namespace skyrun
