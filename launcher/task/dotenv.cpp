// SPDX-License-Identifier: Apache-2.0
//
// Follows dotenv/parser.py and dotenv/variables.py of python-dotenv 1.2 statement by statement; a
// statement that cannot be read ends its line and the next line starts afresh.
#include "launcher/task/dotenv.h"

#include <algorithm>
#include <unordered_map>

#include "launcher/task/words.h"

namespace skyrun {
namespace {

using Lookup = std::function<std::optional<std::string>(const std::string&)>;

constexpr std::string_view kBlank = " \t\v\f";
constexpr std::string_view kSpace = " \t\v\f\r\n";

struct Statement {
  std::optional<std::string> key;
  std::optional<std::string> value;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ == text_.size(); }
  void skip_space() { skip(kSpace); }
  size_t position() const { return at_; }

  /// One statement; nothing when its line does not read as one, and the line is then skipped.
  std::optional<Statement> statement() {
    auto read = try_statement();
    if (!read) skip_line();
    return read;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip(std::string_view chars) {
    at_ = std::min(text_.find_first_not_of(chars, at_), text_.size());
  }

  void skip_export() {
    constexpr std::string_view kExport = "export";
    if (text_.substr(at_, kExport.size()) != kExport) return;
    size_t after = at_ + kExport.size();
    if (after >= text_.size() || kBlank.find(text_[after]) == std::string_view::npos) return;
    at_ = after;
    skip(kBlank);
  }

  std::optional<Statement> try_statement() {
    Statement out;
    skip_export();
    if (peek() != '#') {
      out.key = key();
      if (!out.key) return std::nullopt;
    }
    skip(kBlank);
    if (peek() == '=') {
      ++at_;
      skip(kBlank);
      if (!value(out)) return std::nullopt;
    }
    if (!end_of_line()) return std::nullopt;
    return out;
  }

  std::optional<std::string> key() {
    if (peek() == '\'') return quoted('\'');
    size_t end = std::min(text_.find_first_of(" \t\v\f\r\n=#", at_), text_.size());
    if (end == at_) return std::nullopt;
    std::string out(text_.substr(at_, end - at_));
    at_ = end;
    return out;
  }

  /// The text between quotes, a backslash before the quote keeping it inside; escapes still in it.
  std::optional<std::string> quoted(char quote) {
    size_t begin = at_ + 1;
    for (size_t i = begin; i < text_.size(); ++i) {
      if (text_[i] == '\\' && i + 1 < text_.size() && text_[i + 1] == quote) {
        ++i;
      } else if (text_[i] == quote) {
        at_ = i + 1;
        return std::string(text_.substr(begin, i - begin));
      }
    }
    return std::nullopt;
  }

  bool value(Statement& out) {
    char quote = peek();
    if (quote == '\'' || quote == '"') {
      auto raw = quoted(quote);
      if (raw) out.value = unescaped(*raw, quote);
      return raw.has_value();
    }
    size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
    out.value = without_comment(text_.substr(at_, end - at_));
    at_ = end;
    return true;
  }

  static std::string without_comment(std::string_view line) {
    for (size_t i = 1; i < line.size(); ++i) {
      if (line[i] != '#' || kSpace.find(line[i - 1]) == std::string_view::npos) continue;
      line = line.substr(0, i);
      break;
    }
    size_t last = line.find_last_not_of(kSpace);
    return std::string(line.substr(0, last == std::string_view::npos ? 0 : last + 1));
  }

  static std::string unescaped(std::string_view raw, char quote) {
    constexpr std::string_view kLetters = "abfnrtv";
    constexpr std::string_view kControls = "\a\b\f\n\r\t\v";
    std::string out;
    for (size_t i = 0; i < raw.size(); ++i) {
      char next = raw[i] == '\\' && i + 1 < raw.size() ? raw[i + 1] : '\0';
      size_t letter = quote == '"' && next != '\0' ? kLetters.find(next) : std::string_view::npos;
      if (letter != std::string_view::npos) {
        out += kControls[letter];
        ++i;
      } else if (next == '\\' || next == '\'' || (next == '"' && quote == '"')) {
        out += next;
        ++i;
      } else {
        out += raw[i];
      }
    }
    return out;
  }

  bool end_of_line() {
    skip(kBlank);
    if (peek() == '#') at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
    skip(kBlank);
    if (at_end()) return true;
    if (peek() != '\r' && peek() != '\n') return false;
    at_ += peek() == '\r' && text_.substr(at_, 2) == "\r\n" ? 2 : 1;
    return true;
  }

  void skip_line() {
    at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
    if (!at_end()) ++at_;
  }

  std::string_view text_;
  size_t at_ = 0;
};

/// The file so far, found by name.
class Values {
 public:
  explicit Values(Dotenv& dotenv) : list_(dotenv.values) {}

  const std::optional<std::string>* find(const std::string& name) const {
    const auto known = places_.find(name);
    return known == places_.end() ? nullptr : &list_[known->second].second;
  }

  void put(std::string name, std::optional<std::string> value) {
    const auto [known, is_new] = places_.emplace(name, list_.size());
    if (is_new) {
      list_.emplace_back(std::move(name), std::move(value));
    } else {
      list_[known->second].second = std::move(value);
    }
  }

 private:
  decltype(Dotenv::values)& list_;
  std::unordered_map<std::string, size_t> places_;
};

std::string look_up(const std::string& name, const std::optional<std::string>& otherwise,
                    const Values& so_far, const Lookup& env) {
  if (const auto* known = so_far.find(name)) return known->value_or("");
  auto local = env ? env(name) : std::nullopt;
  return local ? *local : otherwise.value_or("");
}

/// A value that is long as it is written is bounded by what a program can be started with.
size_t most_of(std::string_view written) {
  return std::max(kMostOfValue, written.size());
}

/// `${NAME}` and `${NAME:-default}` filled in; goes on no further than it takes to be too long.
std::string interpolated(std::string_view text, const Values& so_far, const Lookup& env) {
  std::string out;
  for (size_t at = 0; at < text.size() && out.size() <= most_of(text);) {
    size_t begin = text.find("${", at);
    size_t close = begin == std::string_view::npos ? begin : text.find('}', begin);
    if (close == std::string_view::npos) return out + std::string(text.substr(at));
    std::string_view body = text.substr(begin + 2, close - begin - 2);
    size_t colon = body.find(':');
    bool has_default = colon != std::string_view::npos && body.substr(colon, 2) == ":-";
    out += text.substr(at, begin - at);
    if (colon != std::string_view::npos && !has_default) {
      out += "${";  // no reference after all
      at = begin + 2;
      continue;
    }
    std::optional<std::string> otherwise;
    if (has_default) otherwise = std::string(body.substr(colon + 2));
    out += look_up(std::string(body.substr(0, colon)), otherwise, so_far, env);
    at = close + 1;
  }
  return out;
}

}  // namespace

Dotenv parse_dotenv(std::string_view text, const Lookup& env) {
  Dotenv out;
  Values values(out);
  Reader reader(text);
  int line = 1;
  size_t counted = 0;  // bytes whose lines are
  for (reader.skip_space(); !reader.at_end(); reader.skip_space()) {
    const auto fresh = text.substr(counted, reader.position() - counted);
    line += static_cast<int>(std::count(fresh.begin(), fresh.end(), '\n'));
    counted = reader.position();
    auto statement = reader.statement();
    if (!statement) {
      out.bad_lines.push_back(line);
    } else if (statement->key) {
      std::optional<std::string> value;
      if (statement->value) value = interpolated(*statement->value, values, env);
      if (value && value->size() > most_of(*statement->value)) {
        out.too_long = line;
        return out;
      }
      values.put(*statement->key, std::move(value));
    }
  }
  return out;
}

}  // namespace skyrun
