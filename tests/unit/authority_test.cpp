// SPDX-License-Identifier: Apache-2.0
//
// Every message from every place. The job: the head starts 1 and 2, node 1 starts 3 and 4, node 2
// was to start 5, but the client had to.
#include "protocol/authority.h"

#include <gtest/gtest.h>

#include <map>

#include "protocol/rules.h"

namespace skyrun {
namespace {

using Kind = Neighbour::Kind;

constexpr NodeId node(uint32_t id) {
  return NodeId{id};
}

std::optional<NodeId> starter_of(NodeId of) {
  const std::vector<NodeId> starters{kClient, node(0), node(0), node(1), node(1), kClient};
  if (of.value >= starters.size()) return std::nullopt;
  return starters[of.value];
}

constexpr To kAll[] = {To::peer, To::nodes, To::head, To::observers};
const std::vector<NodeId> kSpeakers{kClient, node(0), node(1), node(2),
                                    node(3), node(4), node(5), node(6)};

/// What may come by a link: a word "for:speaker" each.
std::string passing(NodeId self, Neighbour from) {
  const std::map<To, std::string> names{
      {To::peer, "peer"}, {To::nodes, "nodes"}, {To::head, "head"}, {To::observers, "observers"}};
  std::string passing;
  for (const To to : kAll) {
    std::string speakers;
    for (const NodeId speaker : kSpeakers) {
      const bool passes =
          check_passage({self, starter_of}, from, {.to = to, .speaker = speaker}).has_value();
      if (passes) speakers += speaker == kClient ? "C" : std::to_string(speaker.value);
    }
    if (!speakers.empty()) passing += names.at(to) + ":" + speakers + " ";
  }
  return passing;
}

TEST(PassageTest, AChildSpeaksUpForItselfAndThoseBelowIt) {
  EXPECT_EQ(passing(node(0), {Kind::child, node(1)}), "head:134 observers:134 ");
  EXPECT_EQ(passing(node(0), {Kind::child, node(2)}), "head:2 observers:2 ");
  EXPECT_EQ(passing(node(1), {Kind::child, node(3)}), "head:3 observers:3 ");
}

TEST(PassageTest, AShepherdSpeaksUpForItsNode) {
  EXPECT_EQ(passing(node(1), {Kind::shepherd}), "head:1 observers:1 ");
}

TEST(PassageTest, AShepherdSpeaksOfItsOwnJobAlone) {
  const Neighbour shepherd{.kind = Kind::shepherd, .job = JobId{2}};
  const Frame own{.to = To::head, .job = JobId{2}, .speaker = node(1)};
  const Frame of_another{.to = To::head, .job = JobId{1}, .speaker = node(1)};
  EXPECT_TRUE(check_passage({node(1), starter_of}, shepherd, own));
  EXPECT_EQ(check_passage({node(1), starter_of}, shepherd, of_another).error().text(),
            "it spoke of a job that is not its own");
}

TEST(PassageTest, AParentSpeaksDownForTheHeadAndTheClient) {
  EXPECT_EQ(passing(node(3), {Kind::parent}), "peer:C nodes:C0 ");
  EXPECT_EQ(passing(node(3), {Kind::daemon}), "peer:C0 nodes:C0 ");
}

TEST(PassageTest, TheHeadsParentIsTheClientAndBringsTheWordOfThoseThatItStarted) {
  EXPECT_EQ(passing(node(0), {Kind::parent}), "peer:C nodes:C head:C5 ");
}

TEST(PassageTest, TheHeadHearsByTheClientOfThoseThatANodeOfTheClientsStarted) {
  const StarterOf starter_of = [](NodeId of) {
    const std::vector<NodeId> starters{kClient, node(0), kClient, node(1), node(2)};
    return of.value < 5 ? std::optional(starters[of.value]) : std::nullopt;
  };
  std::string speakers;
  for (const NodeId speaker : kSpeakers) {
    const bool passes =
        check_passage({kHead, starter_of}, {Kind::parent}, {.to = To::head, .speaker = speaker})
            .has_value();
    if (passes) speakers += speaker == kClient ? "C" : std::to_string(speaker.value);
  }
  EXPECT_EQ(speakers, "C24");
}

TEST(PassageTest, TheClientHearsOfANodeOnlyByTheLinkThatLeadsThere) {
  EXPECT_EQ(passing(kClient, {Kind::child, kHead}), "nodes:0 observers:01234 ");
  EXPECT_EQ(passing(kClient, {Kind::child, node(5)}), "head:5 observers:5 ");
}

TEST(PassageTest, WhoSpeaksForAnotherIsToldSo) {
  const auto why = [](Neighbour from, To to, NodeId speaker) {
    return check_passage({node(1), starter_of}, from, {.to = to, .speaker = speaker})
        .error()
        .text();
  };
  const Neighbour child{Kind::child, node(3)};
  EXPECT_EQ(why(child, To::head, kClient), "it spoke for the client");
  EXPECT_EQ(why(child, To::observers, kHead), "it spoke for the head");
  EXPECT_EQ(why(child, To::head, node(4)), "it spoke for node 4, which it did not start");
  EXPECT_EQ(why(child, To::nodes, node(3)),
            "it sent something for all nodes, which only the head and the client may do");
}

/// One of each kind, about node 3 where it is about one.
std::vector<Message> one_of_each() {
  return {Bootstrap{},
          Enlist{},
          Hello{.node = node(3)},
          StartFailed{.node = node(3)},
          NodeLost{.node = node(3)},
          Adopt{},
          Convene{},
          GoHome{},
          Submit{},
          Introduce{},
          Cancel{},
          SignalRanks{},
          SyncBegin{},
          SyncBlock{},
          SyncSent{},
          Prepare{},
          StartStage{},
          StopRanks{},
          JobOver{},
          Prepared{node(3)},
          StageEnded{.node = node(3)},
          SyncTaken{node(3)},
          NodeQuiet{node(3)},
          ShepherdLost{node(3)},
          Placed{},
          Progress{},
          Output{.node = node(3)},
          OutputEnd{node(3)},
          Notice{.node = node(3)},
          JobEnded{}};
}

/// As its kind's frames are.
Frame envelope_of(const Message& message, NodeId speaker) {
  Frame frame = make_frame(message, speaker, kFirstJob);
  frame.body.clear();
  return frame;
}

/// Who may say it, by the right way.
std::string speakers_of(Message message) {
  std::string allowed;
  for (const NodeId speaker : kSpeakers) {
    if (auto* failed = std::get_if<StartFailed>(&message)) failed->by = speaker;
    const bool may = check_word(message, envelope_of(message, speaker), starter_of).has_value();
    if (may) allowed += speaker == kClient ? "C" : std::to_string(speaker.value);
  }
  return allowed;
}

TEST(WordTest, EveryKindIsSaidByItsPlaceAlone) {
  const std::vector<std::string> wanted{"C", "C", "3", "1", "C013", "0", "0", "C0",  "C",  "C",
                                        "C", "C", "C", "C", "C",    "0", "0", "0",   "0",  "3",
                                        "3", "3", "3", "3", "0",    "0", "3", "013", "03", "0"};
  const auto messages = one_of_each();
  ASSERT_EQ(messages.size(), std::variant_size_v<Message>);
  for (size_t i = 0; i < messages.size(); ++i) {
    EXPECT_EQ(messages[i].index(), i);
    EXPECT_EQ(speakers_of(messages[i]), wanted[i]) << "message " << i;
  }
}

TEST(WordTest, NoKindIsReadByAnotherThanItsReader) {
  for (const Message& message : one_of_each()) {
    for (const To to : kAll) {
      if (to == rule_of(message).to) continue;
      for (const NodeId speaker : kSpeakers) {
        Frame frame = envelope_of(message, speaker);
        frame.to = to;
        EXPECT_FALSE(check_word(message, frame, starter_of));
      }
    }
  }
}

TEST(WordTest, TheEnvelopeIsThatOfItsKind) {
  const auto why = [](const Message& message, const Frame& frame) {
    return check_word(message, frame, starter_of).error().text();
  };
  EXPECT_EQ(why(Adopt{}, {.to = To::observers, .job = kFirstJob, .speaker = kHead}),
            "it sent Adopt of a job");
  EXPECT_EQ(why(Progress{}, {.to = To::observers, .speaker = kHead}), "it sent Progress of no job");
  EXPECT_EQ(why(Output{.node = node(3)},
                {.to = To::observers, .job = kFirstJob, .speaker = node(3), .lane = Lane::control}),
            "it sent Output in another lane");
}

/// The kinds that a reader visits, by their names.
template <class Word>
std::string names_of() {
  std::string names;
  for (const Message& message : one_of_each()) {
    if (narrow<Word>(message)) names += std::string(rule_of(message).name) + " ";
  }
  return names;
}

TEST(WordTest, EveryReaderVisitsWhatIsForIt) {
  EXPECT_EQ(names_of<DaemonWord>(), "Bootstrap Convene GoHome ");
  EXPECT_EQ(names_of<ShepherdWord>(),
            "Enlist SignalRanks SyncBegin SyncBlock Prepare StartStage StopRanks JobOver ");
  EXPECT_EQ(names_of<ClusterWord>(), "Hello StartFailed NodeLost Submit ");
  EXPECT_EQ(names_of<JobWord>(),
            "Introduce Cancel SyncSent Prepared StageEnded SyncTaken NodeQuiet ShepherdLost ");
  EXPECT_EQ(names_of<ObserverWord>(),
            "Adopt Convene Prepare StartStage StopRanks JobOver Placed Progress Output OutputEnd "
            "Notice JobEnded ");
}

/// It knows no tree: what it is told is about no node.
TEST(WordTest, AShepherdHearsItsKindsThoughItKnowsOfNoNode) {
  const StarterOf nobody = [](NodeId) { return std::nullopt; };
  for (const Message& message : one_of_each()) {
    if (!narrow<ShepherdWord>(message)) continue;
    const NodeId speaker = (rule_of(message).voices & client_says) != 0 ? kClient : kHead;
    EXPECT_TRUE(check_word(message, envelope_of(message, speaker), nobody))
        << rule_of(message).name;
  }
}

TEST(WordTest, EveryKindHasAReaderAndASpeaker) {
  for (const Message& message : one_of_each()) {
    EXPECT_NE(rule_of(message).readers, 0U) << rule_of(message).name;
    EXPECT_NE(rule_of(message).voices, 0U) << rule_of(message).name;
  }
}

std::string why_not(const Message& message, NodeId speaker) {
  const auto allowed = check_word(message, envelope_of(message, speaker), starter_of);
  return allowed ? "" : allowed.error().text();
}

TEST(WordTest, WhoSaysWhatItMayNotIsToldWhoMay) {
  EXPECT_EQ(why_not(Adopt{}, node(3)), "it sent Adopt, which only the head may say");
  EXPECT_EQ(why_not(Introduce{}, node(3)), "it sent Introduce, which only the client may say");
  EXPECT_EQ(why_not(Hello{.node = node(4)}, node(3)),
            "it sent Hello about node 4, which only that node may say");
  EXPECT_EQ(why_not(NodeLost{.node = node(4)}, node(3)),
            "it sent NodeLost about node 4, which only the head or that node or who started that "
            "node or the client may say");
}

TEST(WordTest, NobodySpeaksOfNodesThatTheJobHasNot) {
  EXPECT_EQ(why_not(Hello{.node = node(6)}, node(6)),
            "it sent Hello about node 6, which the job has not");
}

TEST(WordTest, NobodySaysThatAnotherFailedToStartANode) {
  EXPECT_EQ(why_not(StartFailed{.node = node(3), .by = node(7)}, node(1)),
            "it sent StartFailed in the name of another");
}

}  // namespace
}  // namespace skyrun
