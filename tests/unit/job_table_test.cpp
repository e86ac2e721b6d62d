// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/job_table.h"

#include <gtest/gtest.h>

#include "tests/support/fake_cluster_actions.h"

namespace skyrun {
namespace {

using Lines = std::vector<std::string>;
using std::chrono::milliseconds;

struct FakeJobTableActions : JobTableActions {
  Lines said;

  void convene(JobId job, const std::vector<NodeId>& /*nodes*/) override { note(job, "convene"); }
  void to_nodes(JobId job, const Message& message) override { note(job, rule_of(message).name); }
  void to_observers(JobId job, const Message& message) override {
    if (!std::holds_alternative<Progress>(message)) note(job, rule_of(message).name);
  }
  void set_deadline(JobId /*job*/, milliseconds /*after*/) override {}
  void on_over(JobId job) override { note(job, "over"); }

  void note(JobId job, const std::string& what) {
    said.push_back("j" + std::to_string(job.value) + " " + what);
  }
};

/// Four nodes, and jobs on some of them.
class JobTableTest : public testing::Test {
 protected:
  void hello(uint32_t node) {
    cluster_.on(Hello{.node = NodeId{node}, .facts = {.address = "10.0.0.1"}});
    table_.on_up(NodeId{node}, "");
  }
  Lines said() { return std::exchange(actions_.said, {}); }

  FakeClusterActions cluster_actions_;
  Cluster cluster_{nodes_named_h(4), Tree{.size = 4, .arity = 8}, false, cluster_actions_};
  FakeJobTableActions actions_;
  JobTable table_{cluster_, milliseconds(60000), actions_};
};

TEST_F(JobTableTest, AJobWaitsForItsOwnNodesAlone) {
  EXPECT_EQ(table_.add({.run = "r"}, {}, ids({0, 1})), JobId{1});
  EXPECT_EQ(table_.add({.run = "r"}, {}, ids({1, 2})), JobId{2});
  said();
  EXPECT_TRUE(table_.awaits(NodeId{2}));
  EXPECT_FALSE(table_.awaits(NodeId{3}));
  hello(1);
  hello(2);
  EXPECT_EQ(said(), (Lines{"j2 Placed", "j2 convene", "j2 Prepare"}));
  EXPECT_FALSE(table_.awaits(NodeId{2}));
  hello(0);
  EXPECT_EQ(said(), (Lines{"j1 Placed", "j1 convene", "j1 Prepare"}));
}

TEST_F(JobTableTest, AStartThatFailsIsOfTheJobsThatWantedTheNode) {
  table_.add({.run = "r"}, {}, ids({0, 1}));
  table_.add({.run = "r"}, {}, ids({0, 2}));
  said();
  for (const uint32_t node : {0U, 2U}) hello(node);
  EXPECT_EQ(said(), (Lines{"j2 Placed", "j2 convene", "j2 Prepare"}));
  table_.on_gone({.cause = NodeId{1}, .nodes = ids({1}), .error = "h1: denied"});
  EXPECT_EQ(said(),
            (Lines{"j1 OutputEnd", "j1 OutputEnd", "j1 JobEnded", "j1 JobOver", "j1 over"}));
}

TEST_F(JobTableTest, AJobBehindANodeThatIsLostIsLostThere) {
  table_.add({.run = "r"}, {}, ids({3}));
  hello(3);
  said();
  // The cause is no node of the job's.
  table_.on_gone({.cause = NodeId{1}, .nodes = ids({1, 3}), .lost = true, .error = "h1: lost"});
  EXPECT_EQ(said(), (Lines{"j1 JobEnded", "j1 JobOver", "j1 over"}));
  EXPECT_TRUE(table_.empty());
}

TEST_F(JobTableTest, NumbersAreGivenOnce) {
  table_.add({.run = "r"}, {}, ids({3}));
  hello(3);
  EXPECT_TRUE(table_.read(JobId{1}, Cancel{}));
  EXPECT_TRUE(table_.read(JobId{1}, NodeQuiet{NodeId{3}}));
  EXPECT_TRUE(table_.empty());
  EXPECT_EQ(table_.add({.run = "r"}, {}, ids({3})), JobId{2});
  EXPECT_TRUE(table_.read(JobId{1}, Cancel{}));  // it has ended: no word
  EXPECT_EQ(table_.read(JobId{3}, Cancel{}).error().text(), "it spoke of a job that there is not");
}

}  // namespace
}  // namespace skyrun
