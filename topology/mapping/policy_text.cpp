// SPDX-License-Identifier: Apache-2.0
#include "topology/mapping/policy_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include "core/nearest.h"
#include "core/text.h"

namespace skyrun {
namespace {

template <class Value>
struct Word {
  std::string_view text;
  Value value;
};

constexpr std::array<std::string_view, kLevels> kLevelNames = {
    "package", "numa", "l3cache", "l2cache", "l1cache", "core", "hwthread"};

constexpr Word<Level> kLevelWords[] = {{"package", Level::package}, {"socket", Level::package},
                                       {"numa", Level::numa},       {"l3cache", Level::l3cache},
                                       {"l2cache", Level::l2cache}, {"l1cache", Level::l1cache},
                                       {"core", Level::core},       {"hwthread", Level::hwthread}};

constexpr Word<MapBy> kMapWords[] = {
    {"slot", MapBy::slot},         {"node", MapBy::node},       {"package", MapBy::object},
    {"socket", MapBy::object},     {"numa", MapBy::object},     {"l1cache", MapBy::object},
    {"l2cache", MapBy::object},    {"l3cache", MapBy::object},  {"core", MapBy::object},
    {"hwthread", MapBy::object},   {"ppr", MapBy::ppr},         {"seq", MapBy::seq},
    {"rankfile", MapBy::rankfile}, {"pe-list", MapBy::pe_list}, {"strict", MapBy::strict},
    {"fill", MapBy::fill}};

enum class MapQualifier { pe, span, over, no_over, no_local, threads, cores, file, ordered };
constexpr Word<MapQualifier> kMapQualifiers[] = {{"pe", MapQualifier::pe},
                                                 {"span", MapQualifier::span},
                                                 {"oversubscribe", MapQualifier::over},
                                                 {"nooversubscribe", MapQualifier::no_over},
                                                 {"nolocal", MapQualifier::no_local},
                                                 {"hwtcpus", MapQualifier::threads},
                                                 {"corecpus", MapQualifier::cores},
                                                 {"file", MapQualifier::file},
                                                 {"ordered", MapQualifier::ordered}};

constexpr Word<RankBy> kRankWords[] = {
    {"slot", RankBy::slot}, {"node", RankBy::node}, {"fill", RankBy::fill}, {"span", RankBy::span}};

enum class BindQualifier { overload, no_overload, if_supported, limit, report };
constexpr Word<BindQualifier> kBindQualifiers[] = {{"overload-allowed", BindQualifier::overload},
                                                   {"no-overload", BindQualifier::no_overload},
                                                   {"if-supported", BindQualifier::if_supported},
                                                   {"limit", BindQualifier::limit},
                                                   {"report", BindQualifier::report}};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& each : result)
    each = static_cast<char>(std::tolower(static_cast<unsigned char>(each)));
  return result;
}

template <class Value>
std::string names(std::span<const Word<Value>> words) {
  std::vector<std::string> texts;
  for (const auto& word : words) texts.emplace_back(word.text);
  return join(texts, ", ");
}

/// The word that `text` is, or is the beginning of.
template <class Value>
Result<Word<Value>> find_word(std::string_view text, std::span<const Word<Value>> words) {
  const std::string wanted = lower(text);
  std::vector<Word<Value>> found;
  for (const auto& word : words) {
    if (word.text == wanted) return word;
    if (!wanted.empty() && word.text.starts_with(wanted)) found.push_back(word);
  }
  if (found.size() == 1) return found.front();
  const auto problem = found.empty() ? "is none of" : "may be each of";
  std::vector<std::string> known;
  for (const auto& word : words) known.emplace_back(word.text);
  return failure(fmt::format("'{}' {} {}{}", text, problem,
                             names(std::span<const Word<Value>>(found.empty() ? words : found)),
                             found.empty() ? did_you_mean(wanted, known) : ""));
}

struct Pair {
  std::string_view name, value;
  bool has_value = false;
};

Pair split_pair(std::string_view text) {
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos) return {text, {}, false};
  return {text.substr(0, equals), text.substr(equals + 1), true};
}

Result<uint32_t> count_of(std::string_view what, std::string_view text) {
  const auto number = to_number<uint32_t>(text);
  if (!number || *number == 0) {
    return failure(fmt::format("{} needs a number from 1, not '{}'", what, text));
  }
  return *number;
}

Result<void> set_count(std::string_view name, std::string_view text,
                       std::optional<uint32_t>& into) {
  auto number = count_of(name, text);
  if (!number) return tl::unexpected(std::move(number.error()));
  into = *number;
  return {};
}

Result<void> set_file(std::string_view text, Mapping& mapping) {
  if (text.empty()) return failure("FILE needs a path");
  mapping.file = text;
  return {};
}

Result<void> set_map_qualifier(std::string_view text, Mapping& mapping) {
  const Pair pair = split_pair(text);
  const auto word = find_word<MapQualifier>(pair.name, kMapQualifiers);
  if (!word) return tl::unexpected(word.error());
  const bool takes = word->value == MapQualifier::pe || word->value == MapQualifier::file;
  if (pair.has_value && !takes) return failure(fmt::format("'{}' takes no value", pair.name));
  switch (word->value) {
    case MapQualifier::pe:
      return set_count("PE", pair.value, mapping.pe);
    case MapQualifier::file:
      return set_file(pair.value, mapping);
    case MapQualifier::span:
      mapping.span = true;
      break;
    case MapQualifier::no_local:
      mapping.no_local = true;
      break;
    case MapQualifier::ordered:
      mapping.ordered = true;
      break;
    case MapQualifier::over:
    case MapQualifier::no_over: {
      const bool over = word->value == MapQualifier::over;
      if (mapping.oversubscribe.value_or(over) != over) {
        return failure("OVERSUBSCRIBE and NOOVERSUBSCRIBE exclude each other");
      }
      mapping.oversubscribe = over;
      break;
    }
    case MapQualifier::threads:
    case MapQualifier::cores: {
      const bool threads = word->value == MapQualifier::threads;
      if (mapping.hwthreads.value_or(threads) != threads) {
        return failure("HWTCPUS and CORECPUS exclude each other");
      }
      mapping.hwthreads = threads;
      break;
    }
  }
  return {};
}

/// What follows "ppr:": two parts, N and an object.
Result<void> set_ppr(std::string_view count, std::string_view object, Mapping& mapping) {
  const auto number = count_of("ppr", count);
  if (!number) return tl::unexpected(number.error());
  mapping.per_object = *number;
  if (lower(object) == "n") return failure("'n' may be each of node, numa");
  mapping.whole_node = !object.empty() && std::string_view("node").starts_with(lower(object));
  if (mapping.whole_node) return {};
  const auto level = find_word<Level>(object, kLevelWords);
  if (!level) return tl::unexpected(level.error());
  mapping.level = level->value;
  return {};
}

Result<void> set_pe_list(std::string_view text, Mapping& mapping) {
  const auto cpus = CpuSet::parse(text);
  if (!cpus) return tl::unexpected(cpus.error());
  if (cpus->empty()) return failure("pe-list needs CPUs: pe-list=0,2,4");
  if (text.find('-') != std::string_view::npos) {
    mapping.cpus = cpus->list();
    return {};
  }
  for (const auto each : split(text, ',')) mapping.cpus.push_back(*to_number<uint32_t>(each));
  return {};
}

/// The first word and what belongs to it; how many of the parts that was.
Result<size_t> set_map_word(const std::vector<std::string_view>& parts, Mapping& mapping) {
  const Pair pair = split_pair(parts[0]);
  const auto word = find_word<MapBy>(pair.name, kMapWords);
  if (!word) return tl::unexpected(word.error());
  mapping.by = word->value;
  if (pair.has_value && mapping.by != MapBy::pe_list) {
    return failure(fmt::format("'{}' takes no value", pair.name));
  }
  Result<void> done;
  if (mapping.by == MapBy::object) mapping.level = find_word<Level>(word->text, kLevelWords)->value;
  if (mapping.by == MapBy::pe_list) done = set_pe_list(pair.value, mapping);
  if (mapping.by == MapBy::ppr) {
    if (parts.size() < 3) return failure("ppr needs a number and an object: ppr:2:package");
    done = set_ppr(parts[1], parts[2], mapping);
  }
  if (!done) return tl::unexpected(std::move(done.error()));
  return mapping.by == MapBy::ppr ? 3 : 1;
}

/// What does not go together.
Result<void> check(const Mapping& mapping) {
  const auto by = mapping.by;
  const bool file = by == MapBy::seq || by == MapBy::rankfile;
  if (mapping.span && by && by != MapBy::object) return failure("SPAN needs an object to map by");
  if (mapping.ordered && by != MapBy::pe_list) return failure("ORDERED goes with pe-list only");
  if (!mapping.file.empty() && !file) return failure("FILE goes with seq and rankfile only");
  const bool own_cpus =
      by == MapBy::rankfile || by == MapBy::pe_list || by == MapBy::strict || by == MapBy::fill;
  if (mapping.pe && own_cpus)
    return failure("PE does not go with it: it says which CPUs a rank has");
  return {};
}

Result<Mapping> read_map_by(std::string_view text) {
  Mapping mapping;
  const auto parts = split(text, ':');
  size_t next = 1;
  if (!parts[0].empty() || parts.size() == 1) {
    const auto used = set_map_word(parts, mapping);
    if (!used) return tl::unexpected(used.error());
    next = *used;
  }
  for (; next < parts.size(); ++next) {
    if (auto done = set_map_qualifier(parts[next], mapping); !done) {
      return tl::unexpected(std::move(done.error()));
    }
  }
  if (auto good = check(mapping); !good) return tl::unexpected(std::move(good.error()));
  return mapping;
}

Result<void> set_bind_qualifier(std::string_view text, Binding& binding) {
  const Pair pair = split_pair(text);
  const auto word = find_word<BindQualifier>(pair.name, kBindQualifiers);
  if (!word) return tl::unexpected(word.error());
  switch (word->value) {
    case BindQualifier::overload:
      binding.overload = true;
      break;
    case BindQualifier::no_overload:
      binding.overload = false;
      break;
    case BindQualifier::if_supported:
      binding.if_supported = true;
      break;
    case BindQualifier::report:
      binding.report = true;
      break;
    case BindQualifier::limit:
      return set_count("LIMIT", pair.value, binding.limit);
  }
  return {};
}

Result<Binding> read_bind_to(std::string_view text) {
  Binding binding;
  const auto parts = split(text, ':');
  const auto word = lower(parts[0]);
  if (word == "n") return failure("'n' may be each of none, numa");
  const bool none = word.size() > 1 && std::string_view("none").starts_with(word);
  if (!none) {
    const auto level = find_word<Level>(parts[0], kLevelWords);
    if (!level) return failure(level.error().text() + ", none");
    binding.to = level->value;
  }
  for (size_t i = 1; i < parts.size(); ++i) {
    if (auto done = set_bind_qualifier(parts[i], binding); !done) {
      return tl::unexpected(std::move(done.error()));
    }
  }
  return binding;
}

template <class Value>
Result<Value> named(Result<Value> result, std::string_view option, std::string_view text) {
  if (result) return result;
  return tl::unexpected(std::move(result.error()).within(fmt::format("{} {}", option, text)));
}

}  // namespace

Result<Mapping> parse_map_by(std::string_view text, std::string_view option) {
  return named(read_map_by(text), option, text);
}

Result<RankBy> parse_rank_by(std::string_view text) {
  const auto word = find_word<RankBy>(text, kRankWords);
  if (word) return word->value;
  return named(Result<RankBy>(tl::unexpected(word.error())), "--rank-by", text);
}

Result<Binding> parse_bind_to(std::string_view text) {
  return named(read_bind_to(text), "--bind-to", text);
}

std::string_view level_name(Level level) {
  return kLevelNames[static_cast<size_t>(level)];
}

std::string map_text(const Mapping& mapping) {
  std::string text;
  if (mapping.by == MapBy::object) {
    text = level_name(mapping.level);
  } else if (mapping.by == MapBy::ppr) {
    const auto object = mapping.whole_node ? "node" : level_name(mapping.level);
    text = fmt::format("ppr:{}:{}", mapping.per_object, object);
  } else if (mapping.by == MapBy::pe_list) {
    text = fmt::format("pe-list={}", fmt::join(mapping.cpus, ","));
  } else if (mapping.by) {
    const auto word = std::ranges::find(kMapWords, *mapping.by, &Word<MapBy>::value);
    text = word->text;
  }
  if (mapping.pe) text += fmt::format(":PE={}", *mapping.pe);
  if (mapping.span) text += ":SPAN";
  if (mapping.ordered) text += ":ORDERED";
  if (mapping.no_local) text += ":NOLOCAL";
  if (mapping.oversubscribe) text += *mapping.oversubscribe ? ":OVERSUBSCRIBE" : ":NOOVERSUBSCRIBE";
  if (mapping.hwthreads) text += *mapping.hwthreads ? ":HWTCPUS" : ":CORECPUS";
  if (!mapping.file.empty()) text += ":FILE=" + mapping.file;
  return text;
}

std::string_view rank_text(RankBy rank) {
  return kRankWords[static_cast<size_t>(rank)].text;
}

std::string bind_text(const Binding& binding) {
  std::string text(binding.to ? level_name(*binding.to) : "none");
  if (binding.overload) text += ":overload-allowed";
  if (binding.if_supported) text += ":if-supported";
  if (binding.limit) text += fmt::format(":limit={}", *binding.limit);
  return text;
}

}  // namespace skyrun
