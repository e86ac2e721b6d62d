// SPDX-License-Identifier: Apache-2.0
//
// The rule of every kind of message: what it is of, for whom its frame is, in which lane it goes,
// who reads it and who may say it. A kind without a rule does not compile, and what a reader is
// given to visit (DaemonWord and the like) is made of the rules, so that a reader that forgets one
// of its kinds does not compile either.
//
// A new kind: its struct (cluster.h, job.h, observer.h), its place in Message (message.h), its rule
// here, its pair in wire_*.cpp, and its bounds in wire_fields.cpp.
#pragma once

#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "protocol/frame.h"
#include "protocol/message.h"

namespace skyrun {

/// What a kind is of: its frames have no job, or they have one.
enum class Noun { cluster, job };

/// Those who read messages. The head reads as the keeper of its cluster and as that of a job; the
/// client, as an observer, hears too what the head says to all nodes: it passes it to those that it
/// started itself.
enum WhoReads : unsigned {
  daemon_reads = 1,
  shepherd_reads = 2,
  cluster_reads = 4,
  job_reads = 8,
  observer_reads = 16
};

/// Those who say things; a message's node is the one that it is about.
enum WhoSays : unsigned { client_says = 1, head_says = 2, itself_says = 4, its_starter_says = 8 };

struct Rule {
  const char* name;
  Noun of;
  To to;
  Lane lane;
  unsigned readers;
  unsigned voices;
};

constexpr Rule of_cluster(const char* name, To to, unsigned readers, unsigned voices) {
  return {name, Noun::cluster, to, Lane::control, readers, voices};
}

constexpr Rule of_job(const char* name, To to, unsigned readers, unsigned voices,
                      Lane lane = Lane::control) {
  return {name, Noun::job, to, lane, readers, voices};
}

template <class Kind>
inline constexpr Rule kRule = Kind::it_has_no_rule_in_rules_h;

// clang-format off
// Of the cluster.
template <> inline constexpr Rule kRule<Bootstrap> = of_cluster("Bootstrap", To::peer, daemon_reads, client_says);
template <> inline constexpr Rule kRule<Enlist> = of_cluster("Enlist", To::peer, shepherd_reads, client_says);
template <> inline constexpr Rule kRule<Hello> = of_cluster("Hello", To::head, cluster_reads, itself_says);
template <> inline constexpr Rule kRule<StartFailed> = of_cluster("StartFailed", To::head, cluster_reads, its_starter_says);
template <> inline constexpr Rule kRule<NodeLost> = of_cluster("NodeLost", To::head, cluster_reads, itself_says | its_starter_says | head_says | client_says);
template <> inline constexpr Rule kRule<Adopt> = of_cluster("Adopt", To::observers, observer_reads, head_says);
template <> inline constexpr Rule kRule<Convene> = of_cluster("Convene", To::nodes, daemon_reads | observer_reads, head_says);
template <> inline constexpr Rule kRule<GoHome> = of_cluster("GoHome", To::nodes, daemon_reads, client_says | head_says);
template <> inline constexpr Rule kRule<Submit> = of_cluster("Submit", To::head, cluster_reads, client_says);

// Of a job. Files come in order: all that is of them goes in their lane.
template <> inline constexpr Rule kRule<Introduce> = of_job("Introduce", To::head, job_reads, client_says);
template <> inline constexpr Rule kRule<Cancel> = of_job("Cancel", To::head, job_reads, client_says);
template <> inline constexpr Rule kRule<SignalRanks> = of_job("SignalRanks", To::nodes, shepherd_reads, client_says);
template <> inline constexpr Rule kRule<SyncBegin> = of_job("SyncBegin", To::nodes, shepherd_reads, client_says, Lane::bulk);
template <> inline constexpr Rule kRule<SyncBlock> = of_job("SyncBlock", To::nodes, shepherd_reads, client_says, Lane::bulk);
template <> inline constexpr Rule kRule<SyncSent> = of_job("SyncSent", To::head, job_reads, client_says);
template <> inline constexpr Rule kRule<Prepare> = of_job("Prepare", To::nodes, shepherd_reads | observer_reads, head_says);
template <> inline constexpr Rule kRule<StartStage> = of_job("StartStage", To::nodes, shepherd_reads | observer_reads, head_says);
template <> inline constexpr Rule kRule<StopRanks> = of_job("StopRanks", To::nodes, shepherd_reads | observer_reads, head_says);
template <> inline constexpr Rule kRule<JobOver> = of_job("JobOver", To::nodes, shepherd_reads | observer_reads, head_says);
template <> inline constexpr Rule kRule<Prepared> = of_job("Prepared", To::head, job_reads, itself_says);
template <> inline constexpr Rule kRule<StageEnded> = of_job("StageEnded", To::head, job_reads, itself_says);
template <> inline constexpr Rule kRule<SyncTaken> = of_job("SyncTaken", To::head, job_reads, itself_says);
template <> inline constexpr Rule kRule<NodeQuiet> = of_job("NodeQuiet", To::head, job_reads, itself_says);
template <> inline constexpr Rule kRule<ShepherdLost> = of_job("ShepherdLost", To::head, job_reads, itself_says);

// Of a job, for who watches it.
template <> inline constexpr Rule kRule<Placed> = of_job("Placed", To::observers, observer_reads, head_says);
template <> inline constexpr Rule kRule<Progress> = of_job("Progress", To::observers, observer_reads, head_says);
template <> inline constexpr Rule kRule<Output> = of_job("Output", To::observers, observer_reads, itself_says, Lane::streams);
template <> inline constexpr Rule kRule<OutputEnd> = of_job("OutputEnd", To::observers, observer_reads, itself_says | its_starter_says | head_says, Lane::streams);
template <> inline constexpr Rule kRule<Notice> = of_job("Notice", To::observers, observer_reads, itself_says | head_says);
template <> inline constexpr Rule kRule<JobEnded> = of_job("JobEnded", To::observers, observer_reads, head_says);
// clang-format on

inline const Rule& rule_of(const Message& message) {
  return std::visit([]<class Kind>(const Kind&) -> const Rule& { return kRule<Kind>; }, message);
}

namespace rules {

template <WhoReads reader, class... Kinds>
auto read_by(const std::variant<Kinds...>&)
    -> decltype(std::tuple_cat(std::conditional_t<(kRule<Kinds>.readers & reader) != 0,
                                                  std::tuple<Kinds>, std::tuple<>>()...));

template <class Tuple>
struct VariantOf;
template <class... Kinds>
struct VariantOf<std::tuple<Kinds...>> {
  using Type = std::variant<Kinds...>;
};

template <class Kind, class Words>
struct IsOneOf;
template <class Kind, class... Kinds>
struct IsOneOf<Kind, std::variant<Kinds...>> : std::disjunction<std::is_same<Kind, Kinds>...> {};

}  // namespace rules

/// The kinds that a reader reads.
template <WhoReads reader>
using Words =
    typename rules::VariantOf<decltype(rules::read_by<reader>(std::declval<Message>()))>::Type;

using DaemonWord = Words<daemon_reads>;
using ShepherdWord = Words<shepherd_reads>;
using ClusterWord = Words<cluster_reads>;
using JobWord = Words<job_reads>;
using ObserverWord = Words<observer_reads>;

/// The message as a word of that reader's; nothing when it is for another.
template <class Word>
std::optional<Word> narrow(Message message) {
  return std::visit(
      []<class Kind>(Kind& kind) -> std::optional<Word> {
        if constexpr (rules::IsOneOf<Kind, Word>::value) return Word(std::move(kind));
        return std::nullopt;
      },
      message);
}

}  // namespace skyrun
