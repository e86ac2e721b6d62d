// SPDX-License-Identifier: Apache-2.0
#include "protocol/authority.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "core/text.h"
#include "protocol/rules.h"

namespace skyrun {
namespace {

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
  if (speaker == kClient) voices |= client_says;
  if (speaker == kHead) voices |= head_says;
  if (subject && *subject == speaker) voices |= itself_says;
  if (subject && starter_of(*subject) == speaker) voices |= its_starter_says;
  return voices;
}

std::string in_words(unsigned voices) {
  std::vector<std::string> words;
  if ((voices & head_says) != 0) words.emplace_back("the head");
  if ((voices & itself_says) != 0) words.emplace_back("that node");
  if ((voices & its_starter_says) != 0) words.emplace_back("who started that node");
  if ((voices & client_says) != 0) words.emplace_back("the client");
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
    case To::observers:
      break;
  }
  return failure("it sent something for the client away from it");
}

Result<void> check_from_child(const Post& post, NodeId child, const Frame& frame) {
  const auto [to, speaker] = std::pair(frame.to, frame.speaker);
  if (to == To::nodes && post.self == kClient && child == kHead) {
    return speaker == kHead ? Result<void>() : not_his(speaker);
  }
  const bool up = to == To::observers || (to == To::head && child != kHead);
  if (!up) return wrong_way(to);
  return is_behind(speaker, child, post.starter_of) ? Result<void>() : not_his(speaker);
}

Result<void> check_from_parent(const Post& post, const Frame& frame) {
  const auto [to, speaker] = std::pair(frame.to, frame.speaker);
  if (to == To::observers || (to == To::head && post.self != kHead)) return wrong_way(to);
  if (speaker == kClient) return {};
  const bool of_head = to == To::nodes && speaker == kHead && post.self != kHead;
  const bool of_clients =
      to == To::head && post.starter_of(speaker) && !is_behind(speaker, kHead, post.starter_of);
  return of_head || of_clients ? Result<void>() : not_his(speaker);
}

Result<void> check_from_daemon(const Frame& frame) {
  if (frame.to == To::head || frame.to == To::observers) return wrong_way(frame.to);
  const bool from_above = frame.speaker == kClient || frame.speaker == kHead;
  return from_above ? Result<void>() : not_his(frame.speaker);
}

Result<void> check_from_shepherd(const Post& post, JobId job, const Frame& frame) {
  if (frame.to != To::head && frame.to != To::observers) return wrong_way(frame.to);
  if (frame.speaker != post.self) return not_his(frame.speaker);
  return frame.job == job ? Result<void>() : failure("it spoke of a job that is not its own");
}

/// Is the envelope that of its kind?
Result<void> check_envelope(const Rule& rule, const Frame& frame) {
  if (frame.to != rule.to) return failure(fmt::format("it sent {} to the wrong reader", rule.name));
  if ((frame.job == kNoJob) != (rule.of == Noun::cluster)) {
    return failure(
        fmt::format("it sent {} {}", rule.name, frame.job == kNoJob ? "of no job" : "of a job"));
  }
  if (frame.lane != rule.lane) return failure(fmt::format("it sent {} in another lane", rule.name));
  return {};
}

}  // namespace

Result<void> check_passage(const Post& post, const Neighbour& from, const Frame& frame) {
  switch (from.kind) {
    case Neighbour::Kind::child:
      return check_from_child(post, from.node, frame);
    case Neighbour::Kind::parent:
      return check_from_parent(post, frame);
    case Neighbour::Kind::daemon:
      return check_from_daemon(frame);
    case Neighbour::Kind::shepherd:
      break;
  }
  return check_from_shepherd(post, from.job, frame);
}

Result<void> check_word(const Message& message, const Frame& frame, const StarterOf& starter_of) {
  const Rule& rule = rule_of(message);
  if (auto enveloped = check_envelope(rule, frame); !enveloped) return enveloped;
  const NodeId speaker = frame.speaker;
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
