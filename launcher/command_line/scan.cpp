// SPDX-License-Identifier: Apache-2.0
#include "launcher/command_line/scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/nearest.h"
#include "core/text.h"
#include "launcher/command_line/option_table.h"
#include "launcher/command_line/other_launchers.h"

namespace skyrun {
namespace {

constexpr std::string_view kMark = "--";

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// Whether a word stands for one of our options, with its value or without.
bool is_option(std::string_view word) {
  const auto name = word.substr(0, word.find('='));
  if (name.substr(0, 2) == kMark) return find_option(name) != nullptr;
  return name.size() == 2 && name[0] == '-' && find_option(name[1]) != nullptr;
}

std::string unknown(std::string_view name) {
  if (const auto advice = advice_for_option(name)) return fmt::format("{}: {}", name, *advice);
  std::vector<std::string> names;
  for (const Option& option : option_table()) names.emplace_back(option.name);
  const std::string_view bare = name.substr(std::min(name.find_first_not_of('-'), name.size()));
  const std::string nearest = did_you_mean("--" + std::string(bare), names);
  return fmt::format("{}: no such option{}", name,
                     nearest.empty() ? " (see skyrun --help)" : nearest);
}

/// What means something to bash as a word of its own, and nothing as an argument of a program.
bool is_for_bash(std::string_view word) {
  constexpr std::string_view kOperators[] = {"&&", "||", "|", ";", "&", ">", ">>", "<", "2>&1"};
  if (std::find(std::begin(kOperators), std::end(kOperators), word) != std::end(kOperators))
    return true;
  if (word.substr(0, 1) != "$") return false;
  const auto name = word.substr(1, 1) == "{" && word.back() == '}' ? word.substr(2, word.size() - 3)
                                                                   : word.substr(1);
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
         std::all_of(name.begin(), name.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

class Scanner {
 public:
  Scanner(const std::vector<std::string>& arguments, const WordLook& look)
      : arguments_(arguments), look_(look) {}

  Result<Scan> scan() {
    while (at_ < arguments_.size()) {
      if (auto good = take(arguments_[at_++]); !good) return tl::unexpected(good.error());
    }
    if (auto good = check_ranks(); !good) return tl::unexpected(good.error());
    return std::move(out_);
  }

 private:
  Result<void> take(const std::string& word) {
    if (word == kMark) return take_behind_mark();
    if (word.size() < 2 || word[0] != '-') return take_word(word);
    if (word[1] == '-') return take_long(word);
    return take_letters(word);
  }

  // Options.

  Result<void> take_long(const std::string& word) {
    const size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    if (counts_ranks(name) != RankCount::none) return take_ranks(name, rest_of(word, equals));
    const Option* option = find_option(std::string_view(name));
    if (option == nullptr) return failure(unknown(name));
    if (equals == std::string::npos) return give(*option, name);
    if (!option->takes_value()) return failure(name + ": takes no value");
    return take_value(*option, name, word.substr(equals + 1));
  }

  /// "-n", "-nNAME", "-yd"; and what others write with one dash and several letters.
  Result<void> take_letters(const std::string& word) {
    const size_t digits = std::min(word.find_first_of("=0123456789"), word.size());
    const std::string name = word.substr(0, digits);
    const std::string value = rest_of(word, digits);
    if (counts_ranks(name) != RankCount::none && is_ranks(name, value))
      return take_ranks(name, value);
    if (advice_for_option(name)) return failure(unknown(name));
    if (word.size() > 2 && find_option("-" + name) != nullptr)
      return failure(fmt::format("{}: did you mean -{}?", name, name));
    for (size_t i = 1; i < word.size(); ++i) {
      const Option* option = find_option(word[i]);
      const std::string letter = std::string("-") + word[i];
      if (option == nullptr) return failure(unknown(i == 1 ? name : letter));
      const bool is_last = i + 1 == word.size();
      if (is_last) return give(*option, letter);
      if (option->takes_value())
        return take_value(*option, letter, word.substr(i + (word[i + 1] == '=' ? 2 : 1)));
      out_.options.push_back({option, ""});
    }
    return {};
  }

  Result<void> give(const Option& option, const std::string& written) {
    if (!option.takes_value()) {
      out_.options.push_back({&option, ""});
      return {};
    }
    const bool missing =
        at_ == arguments_.size() || arguments_[at_] == kMark || is_option(arguments_[at_]);
    if (missing) return failure(fmt::format("{}: needs a value: {}", written, option.value));
    return take_value(option, written, arguments_[at_++]);
  }

  Result<void> take_value(const Option& option, const std::string& written, std::string value) {
    if (trim(value).empty())
      return failure(fmt::format("{}: its value is empty: {}", written, option.value));
    if (given(option.name) != nullptr && !option.repeats && !option.is_hidden())
      return failure(fmt::format("{}: given twice", written));
    out_.options.push_back({&option, std::move(value)});
    return {};
  }

  /// What stands in the same word behind a name.
  static std::string rest_of(const std::string& word, size_t end) {
    if (end >= word.size()) return "";
    return word.substr(word[end] == '=' ? end + 1 : end);
  }

  /// -n and -c are options of ours too, for words.
  bool is_ranks(const std::string& name, const std::string& value) const {
    if (name != "-n" && name != "-c") return true;
    return is_number(value.empty() && at_ < arguments_.size() ? arguments_[at_] : value);
  }

  Result<void> take_ranks(const std::string& name, std::string value) {
    if (value.empty() && at_ < arguments_.size()) value = arguments_[at_++];
    if (counts_ranks(name) == RankCount::of_node)
      return failure(fmt::format("{0} {1}: here it is -n N --map-by ppr:{1}:node", name, value));
    ranks_ = name + ' ' + value;
    return take_value(*find_option("--ranks"), name, std::move(value));
  }

  Result<void> check_ranks() const {
    const auto* number = given("--ranks");
    if (number != nullptr && out_.entrypoint.kind == Entrypoint::Kind::file)
      return failure(fmt::format(
          "{}: a task has one rank on each node: --num-nodes {}; for a name --name {}",
          ranks_.empty() ? "--ranks " + number->value : ranks_, number->value, number->value));
    if (number == nullptr && given("--wdir") != nullptr)
      return failure(
          "--wdir: where ranks of a program start: -n N; a task starts in ~/sky_workdir");
    return {};
  }

  const Scan::Given* given(std::string_view name) const {
    const auto is_it = [name](const Scan::Given& each) { return each.option->name == name; };
    const auto found = std::find_if(out_.options.begin(), out_.options.end(), is_it);
    return found != out_.options.end() ? &*found : nullptr;
  }

  // Words.

  Result<void> take_word(const std::string& word) {
    if (out_.entrypoint.kind != Entrypoint::Kind::none) return refuse_second(word);
    if (auto good = refuse_verbs(word); !good) return good;
    switch (look_.kind(word)) {
      case WordKind::directory:
        return failure(
            fmt::format("{} is a directory: name a task file in it; a program of that "
                        "name goes after --",
                        word));
      case WordKind::task_file:
        out_.entrypoint = {Entrypoint::Kind::file, word, {}};
        return {};
      case WordKind::bash_command:
        out_.entrypoint = {Entrypoint::Kind::command, word, {}};
        return {};
      case WordKind::program:
        break;
    }
    return take_program(word);
  }

  Result<void> take_program(const std::string& word) {
    const std::string likely = at_ == arguments_.size() ? look_.likely(word) : "";
    if (!likely.empty())
      return failure(
          fmt::format("{}: did you mean {}? a program of that name goes after --", word, likely));
    const auto first = arguments_.begin() + static_cast<long>(at_ - 1);
    for (auto each = first + 1; each != arguments_.end(); ++each) {
      if (*each == kMark || each->size() < 3 || !is_option(*each)) continue;
      out_.notices.push_back(
          fmt::format("{} goes to {}: options of skyrun stand before the program", *each, word));
      break;
    }
    keep({first, arguments_.end()});
    at_ = arguments_.size();
    return {};
  }

  Result<void> take_behind_mark() {
    const std::vector<std::string> words(arguments_.begin() + static_cast<long>(at_),
                                         arguments_.end());
    at_ = arguments_.size();
    if (words.empty()) return {};
    if (out_.entrypoint.kind != Entrypoint::Kind::none) return refuse_second(words[0]);
    const WordKind kind = look_.kind(words[0]);
    const bool is_task = kind == WordKind::task_file;
    if (is_task && words.size() > 1) {
      out_.entrypoint = {Entrypoint::Kind::file, words[0], {}};
      return refuse_second(words[1]);
    }
    if (words.size() > 1) {
      keep(words);
    } else {
      out_.entrypoint = {
          is_task ? Entrypoint::Kind::file : Entrypoint::Kind::command, words[0], {}};
      if (kind == WordKind::program) out_.entrypoint.words = words;
    }
    return {};
  }

  void keep(const std::vector<std::string>& words) {
    const auto found = std::find_if(words.begin() + 1, words.end(), is_for_bash);
    if (found != words.end())
      out_.notices.push_back(fmt::format(
          "{} is kept as it is; for bash to read it, give the command as one word", *found));
    out_.entrypoint = {Entrypoint::Kind::command, command_text(words), words};
  }

  Result<void> refuse_second(const std::string& word) const {
    const std::string& first = out_.entrypoint.text;
    if (out_.entrypoint.kind == Entrypoint::Kind::command)
      return failure(
          fmt::format("{} after the command '{}': a command with arguments goes after "
                      "--, or is one word",
                      shell_quote(word), first));
    if (look_.kind(word) == WordKind::task_file)
      return failure(
          fmt::format("{} after {}: one task file at a time; several tasks stand in one "
                      "file",
                      word, first));
    return failure(
        fmt::format("{} after {}: a task file takes no arguments; --env K=V gives it "
                    "values",
                    shell_quote(word), first));
  }

  static Result<void> refuse_verbs(const std::string& word) {
    for (const Verb& verb : verb_table()) {
      if (word == verb.name)
        return failure(
            fmt::format("{} stands first: skyrun {} ...; a program of that name goes "
                        "after --",
                        word, word));
    }
    const auto advice = advice_for_verb(word);
    if (!advice) return {};
    return failure(fmt::format("{}: no command of skyrun: {}; a program of that name goes after --",
                               word, *advice));
  }

  const std::vector<std::string>& arguments_;
  const WordLook& look_;
  size_t at_ = 0;      // the next one
  std::string ranks_;  // their number as it was written, "-np 4"
  Scan out_;
};

}  // namespace

Result<Scan> scan_command_line(const std::vector<std::string>& arguments, const WordLook& look) {
  return Scanner(arguments, look).scan();
}

}  // namespace skyrun
