// SPDX-License-Identifier: Apache-2.0
#include "protocol/authority.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "core/text.h"

namespace skyrun {
namespace {

/// Those who say things; a message's node is the one that it is about.
enum Voice : unsigned { client = 1, head = 2, itself = 4, its_starter = 8 };

struct Rule {
  const char* name;
  To to;
  unsigned voices;
};

Rule rule_of(const Bootstrap&) {
  return {"Bootstrap", To::peer, client};
}
Rule rule_of(const Prepare&) {
  return {"Prepare", To::nodes, head};
}
Rule rule_of(const SyncBegin&) {
  return {"SyncBegin", To::nodes, client};
}
Rule rule_of(const SyncBlock&) {
  return {"SyncBlock", To::nodes, client};
}
Rule rule_of(const StartStage&) {
  return {"StartStage", To::nodes, head};
}
Rule rule_of(const SignalRanks&) {
  return {"SignalRanks", To::nodes, client};
}
Rule rule_of(const StopRanks&) {
  return {"StopRanks", To::nodes, head};
}
Rule rule_of(const Finish&) {
  return {"Finish", To::nodes, head};
}
Rule rule_of(const Submit&) {
  return {"Submit", To::head, client};
}
Rule rule_of(const Approve&) {
  return {"Approve", To::head, client};
}
Rule rule_of(const Cancel&) {
  return {"Cancel", To::head, client};
}
Rule rule_of(const Hello&) {
  return {"Hello", To::head, itself};
}
Rule rule_of(const StartFailed&) {
  return {"StartFailed", To::head, its_starter};
}
Rule rule_of(const NodeLost&) {
  return {"NodeLost", To::head, itself | its_starter | head | client};
}
Rule rule_of(const Prepared&) {
  return {"Prepared", To::head, itself};
}
Rule rule_of(const StageEnded&) {
  return {"StageEnded", To::head, itself};
}
Rule rule_of(const SyncTaken&) {
  return {"SyncTaken", To::head, itself};
}
Rule rule_of(const NodeQuiet&) {
  return {"NodeQuiet", To::head, itself};
}
Rule rule_of(const Adopt&) {
  return {"Adopt", To::client, head};
}
Rule rule_of(const Inventory&) {
  return {"Inventory", To::client, head};
}
Rule rule_of(const Progress&) {
  return {"Progress", To::client, head};
}
Rule rule_of(const Output&) {
  return {"Output", To::client, itself};
}
Rule rule_of(const Notice&) {
  return {"Notice", To::client, itself | head};
}
Rule rule_of(const JobEnded&) {
  return {"JobEnded", To::client, head};
}

/// The node that a message is about.
std::optional<NodeId> subject_of(const Message& message) {
  return std::visit(
      [](const auto& m) -> std::optional<NodeId> {
        if constexpr (requires { m.node; }) return m.node;
        return std::nullopt;
      },
      message);
}

/// In whose name it says so.
NodeId author_of(const Message& message, NodeId speaker) {
  const auto* failed = std::get_if<StartFailed>(&message);
  return failed != nullptr ? failed->by : speaker;
}

unsigned voices_of(NodeId speaker, std::optional<NodeId> subject, const StarterOf& starter_of) {
  unsigned voices = 0;
  if (speaker == kClient) voices |= client;
  if (speaker == kHead) voices |= head;
  if (subject && *subject == speaker) voices |= itself;
  if (subject && starter_of(*subject) == speaker) voices |= its_starter;
  return voices;
}

std::string in_words(unsigned voices) {
  std::vector<std::string> words;
  if ((voices & head) != 0) words.emplace_back("the head");
  if ((voices & itself) != 0) words.emplace_back("that node");
  if ((voices & its_starter) != 0) words.emplace_back("who started that node");
  if ((voices & client) != 0) words.emplace_back("the client");
  return join(words, " or ");
}

/// Did `starter`, or one that it started, start the node?
bool is_behind(NodeId node, NodeId starter, const StarterOf& starter_of) {
  for (std::optional<NodeId> each = node; each && *each != kClient; each = starter_of(*each)) {
    if (*each == starter) return true;
  }
  return false;
}

Result<void> not_his(NodeId speaker) {
  if (speaker == kClient) return failure("it spoke for the client");
  if (speaker == kHead) return failure("it spoke for the head");
  return failure(fmt::format("it spoke for node {}, which it did not start", speaker.value));
}

Result<void> wrong_way(To to) {
  switch (to) {
    case To::peer:
      return failure("it sent something for us, which only a parent may do");
    case To::nodes:
      return failure("it sent something for all nodes, which only the head and the client may do");
    case To::head:
      return failure("it sent something for the head away from it");
    case To::client:
      break;
  }
  return failure("it sent something for the client away from it");
}

Result<void> check_from_child(const Post& post, NodeId child, To to, NodeId speaker) {
  if (to == To::nodes && post.self == kClient && child == kHead) {
    return speaker == kHead ? Result<void>() : not_his(speaker);
  }
  const bool up = to == To::client || (to == To::head && child != kHead);
  if (!up) return wrong_way(to);
  return is_behind(speaker, child, post.starter_of) ? Result<void>() : not_his(speaker);
}

Result<void> check_from_parent(const Post& post, To to, NodeId speaker) {
  if (to == To::client || (to == To::head && post.self != kHead)) return wrong_way(to);
  if (speaker == kClient) return {};
  const bool of_head = to == To::nodes && speaker == kHead && post.self != kHead;
  const bool of_clients =
      to == To::head && post.starter_of(speaker) && !is_behind(speaker, kHead, post.starter_of);
  return of_head || of_clients ? Result<void>() : not_his(speaker);
}

}  // namespace

To recipient(const Message& message) {
  return std::visit([](const auto& m) { return rule_of(m).to; }, message);
}

Result<void> check_passage(const Post& post, const Neighbour& from, To to, NodeId speaker) {
  switch (from.kind) {
    case Neighbour::Kind::child:
      return check_from_child(post, from.node, to, speaker);
    case Neighbour::Kind::parent:
      return check_from_parent(post, to, speaker);
    case Neighbour::Kind::daemon:
      if (to == To::head || to == To::client) return wrong_way(to);
      return speaker == kClient || speaker == kHead ? Result<void>() : not_his(speaker);
    case Neighbour::Kind::shepherd:
      break;
  }
  if (to != To::head && to != To::client) return wrong_way(to);
  return speaker == post.self ? Result<void>() : not_his(speaker);
}

Result<void> check_word(const Message& message, To to, NodeId speaker,
                        const StarterOf& starter_of) {
  const Rule rule = std::visit([](const auto& m) { return rule_of(m); }, message);
  if (to != rule.to) return failure(fmt::format("it sent {} to the wrong reader", rule.name));
  const auto subject = subject_of(message);
  if (subject && !starter_of(*subject)) {
    return failure(
        fmt::format("it sent {} about node {}, which the job has not", rule.name, subject->value));
  }
  if (author_of(message, speaker) != speaker)
    return failure(fmt::format("it sent {} in the name of another", rule.name));
  if ((voices_of(speaker, subject, starter_of) & rule.voices) != 0) return {};
  const std::string about = subject ? fmt::format(" about node {}", subject->value) : "";
  return failure(
      fmt::format("it sent {}{}, which only {} may say", rule.name, about, in_words(rule.voices)));
}

}  // namespace skyrun
