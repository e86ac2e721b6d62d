// SPDX-License-Identifier: Apache-2.0
//
// The only user of yaml-cpp. Its parser tells events (scalar, list start, alias, ...), of which a
// Builder makes Values; resolving plain scalars, merge keys, aliases and duplicate keys are done
// here, since yaml-cpp knows none of PyYAML's rules for them. The Builder reports what it refuses
// by throwing Refused out of yaml-cpp's callbacks; it is caught in parse_yaml.
#include "launcher/task/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>

#include "core/number_text.h"
#include "core/utf8.h"
#include "launcher/task/python_text.h"
#include "launcher/task/scalar.h"
#include "launcher/task/yaml_complaint.h"
#include "launcher/task/yaml_source.h"

namespace skyrun {
namespace {

struct Refused {
  Mark mark;
  std::string text;
  bool is_clear = false;  ///< without the line being shown
};

Mark from_yaml(const YAML::Mark& mark) {
  return {.line = mark.line + 1, .column = mark.column + 1};
}

/// One list or dict that is still being read.
struct Open {
  Value value;
  YAML::anchor_t anchor = 0;
  bool is_block = false;                         ///< in lines, not in brackets or braces
  int key_position = -1;                         ///< where in the text the last key began
  std::vector<size_t> merges;                    ///< which entries of a dict are `<<`
  std::unordered_map<std::string, int> written;  ///< line of each key, as it is spelt in the file
};

/// Two keys that are one key to a Python dict have the same text here: 1, 1.0 and true do.
std::string identity(const Value& key) {
  switch (key.kind) {
    case Value::Kind::text:
      return "s" + key.text;
    case Value::Kind::timestamp:
      return "t" + key.text;
    case Value::Kind::null:
      return "n";
    case Value::Kind::boolean:
      return key.truth ? "f1.0" : "f0.0";
    default:
      return "f" + python_float(key.number);
  }
}

/// Keeps the first of equal keys with the last of their values, as building a Python dict does.
void unite_equal_keys(Value& dict) {
  std::unordered_map<std::string, size_t> seen;
  size_t kept = 0;
  for (size_t i = 0; i < dict.keys.size(); ++i) {
    auto [found, is_new] = seen.emplace(identity(dict.keys[i]), kept);
    if (!is_new) {
      dict.items[found->second] = std::move(dict.items[i]);
      continue;
    }
    if (kept != i) {
      dict.keys[kept] = std::move(dict.keys[i]);
      dict.items[kept] = std::move(dict.items[i]);
    }
    ++kept;
  }
  dict.keys.resize(kept);
  dict.items.resize(kept);
}

class Builder : public YAML::EventHandler {
 public:
  Builder(std::string_view text, const YamlLimits& limits) : text_(text), limits_(limits) {}

  Value take_document() { return std::exchange(document_, Value{}); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!is_separated(mark)) {
      throw Refused{from_yaml(mark),
                    "did not find expected '---' between two documents: is a line "
                    "indented less, or more, than those it belongs to?"};
    }
    anchors_.clear();
    document_ = Value{};
    document_.mark = from_yaml(mark);
    is_first_ = false;
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (anchor == 0) check_colon(mark);
    add_scalar(from_yaml(mark), anchor, Value{}, "");
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Mark at = from_yaml(mark);
    auto found = anchors_.find(anchor);
    if (found == anchors_.end()) throw Refused{at, "an alias inside its own anchor"};
    count(found->second.size, at);
    place(Value(found->second.value), found->second.spelt, at);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& told) override {
    Mark at = from_yaml(mark);
    std::string text = restored(told);
    const size_t position = content_of(text_, static_cast<size_t>(std::max(mark.pos, 0)));
    const bool plain = tag == "?" || (tag == "!" && !is_quoted(position));
    if (plain) check_plain(position, told, at);
    merge_next_ = plain && text == "<<";
    if (merge_next_ && !expects_key()) throw Refused{at, "'<<' can only be a key: quote it"};
    if (expects_key()) open_.back().key_position = mark.pos;
    if (merge_next_ || (!plain && tag == "!") || (plain && text == "=" && expects_key())) {
      if (tag == "!") correct_quoted(position, at, text);
      add_scalar(at, anchor, text_value(text), text);
      return;
    }
    auto value = plain ? resolve_scalar(text) : construct_scalar(tag, text);
    if (!value) throw Refused{at, value.error().text()};
    add_scalar(at, anchor, std::move(*value), text);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(Value::Kind::list, from_yaml(mark), tag, anchor, {"?", "!", "tag:yaml.org,2002:seq"});
    open_.back().is_block = style == YAML::EmitterStyle::Block;
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(Value::Kind::dict, from_yaml(mark), tag, anchor, {"?", "!", "tag:yaml.org,2002:map"});
    open_.back().is_block = style == YAML::EmitterStyle::Block;
  }
  void OnMapEnd() override { close(); }

 private:
  struct Anchored {
    Value value;
    std::string spelt;
    size_t size = 1;
  };

  bool expects_key() const {
    return !open_.empty() && open_.back().value.is_dict() &&
           open_.back().value.keys.size() == open_.back().value.items.size();
  }

  char char_at(int position) const {
    auto at = static_cast<size_t>(position);
    return position >= 0 && at < text_.size() ? text_[at] : '\0';
  }

  /// yaml-cpp takes what follows a finished document for the next one; YAML wants "---" before it,
  /// or "..." after the one before.
  bool is_separated(const YAML::Mark& mark) const {
    auto at = static_cast<size_t>(std::max(mark.pos, 0));
    if (is_first_ || at >= text_.size() || text_.substr(at, 3) == "---") return true;
    std::string_view before = text_.substr(0, at);
    return before.rfind("\n...") != std::string_view::npos;
  }

  bool is_quoted(size_t position) const {
    return position < text_.size() &&
           std::string_view("'\"|>").find(text_[position]) != std::string_view::npos;
  }

  bool in_brackets() const { return !open_.empty() && !open_.back().is_block; }

  /// libyaml's rule for words in brackets, which yaml-cpp lacks: `{a:}` is neither a key nor a
  /// word.
  void check_plain(size_t position, const std::string& told, Mark at) const {
    constexpr std::string_view kAfter = ",[]{}?\xff";
    if (!in_brackets() || text_.substr(position, told.size()) != told) return;  // of several lines
    const size_t end = position + told.size();
    const bool at_end = end + 1 < text_.size() && text_[end] == ':' &&
                        kAfter.find(text_[end + 1]) != std::string_view::npos;
    const bool inside = told.find(":\xff") != std::string::npos;
    if (!at_end && !inside && told.substr(0, 1) != ":") return;
    throw Refused{at, "found unexpected ':': write a blank after it, or quote the word"};
  }

  /// Quoted and block scalars where yaml-cpp differs from YAML.
  void correct_quoted(size_t position, Mark at, std::string& text) const {
    if (!is_closed(text_, position)) {
      throw Refused{at, "found unexpected end of file in a quoted text"};
    }
    int line_ends = kept_line_ends(text_, position);
    if (line_ends < 0) return;
    text.erase(text.find_last_not_of('\n') + 1);
    text.append(static_cast<size_t>(line_ends), '\n');
  }

  /// yaml-cpp lets a line of a dict be a key without ":" or a ":" without a key, and tells a null
  /// at the place where the line began.
  void check_colon(const YAML::Mark& mark) const {
    if (open_.empty()) return;
    if (in_brackets()) {
      const bool may_lack = open_.back().value.is_dict() && !expects_key();
      if (may_lack || char_at(mark.pos) != ',') return;
      throw Refused{from_yaml(mark), "did not find expected node content before ','"};
    }
    if (!open_.back().value.is_dict()) return;
    bool missing = expects_key()
                       ? char_at(mark.pos) == ':'
                       : mark.pos == open_.back().key_position && char_at(mark.pos) != '?';
    if (missing && expects_key())
      throw Refused{from_yaml(mark), "did not find expected key before ':'"};
    if (missing) throw Refused{from_yaml(mark), "could not find expected ':' after a key"};
  }

  void count(size_t values, Mark at) {
    values_ += values;
    if (values_ <= limits_.values) return;
    throw Refused{at,
                  fmt::format("more than {} values once aliases are filled in", limits_.values)};
  }

  void add_scalar(Mark at, YAML::anchor_t anchor, Value value, const std::string& spelt) {
    count(1, at);
    value.mark = at;
    if (anchor != 0) anchors_[anchor] = {value, spelt, 1};
    place(std::move(value), spelt, at);
  }

  void open(Value::Kind kind, Mark at, const std::string& tag, YAML::anchor_t anchor,
            std::initializer_list<std::string_view> known_tags) {
    if (std::find(known_tags.begin(), known_tags.end(), tag) == known_tags.end() && !tag.empty()) {
      throw Refused{at, kUnknownTag};
    }
    if (open_.size() >= limits_.depth) {
      throw Refused{at, fmt::format("nested more than {} levels deep", limits_.depth)};
    }
    if (expects_key()) throw Refused{at, "found unhashable key: a list or dict cannot be a key"};
    count(1, at);
    if (anchor != 0) anchors_.erase(anchor);
    Open next;
    next.value.kind = kind;
    next.value.mark = at;
    next.anchor = anchor;
    start_.push_back(values_ - 1);
    open_.push_back(std::move(next));
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    size_t size = values_ - start_.back();
    start_.pop_back();
    if (!done.merges.empty()) merge(done);
    if (done.value.is_dict()) unite_equal_keys(done.value);
    Mark at = done.value.mark;
    if (done.anchor != 0) anchors_[done.anchor] = {done.value, "", size};
    place(std::move(done.value), "", at);
  }

  /// Puts a finished value where the innermost open list or dict wants it.
  void place(Value value, const std::string& spelt, Mark at) {
    bool is_merge = std::exchange(merge_next_, false);
    if (open_.empty()) {
      document_ = std::move(value);
      return;
    }
    Open& parent = open_.back();
    if (!parent.value.is_dict() || !expects_key()) {
      parent.value.items.push_back(std::move(value));
      return;
    }
    if (value.is_list() || value.is_dict()) {
      throw Refused{at, "found unhashable key: a list or dict cannot be a key"};
    }
    check_new_key(parent, spelt, at);
    if (is_merge) parent.merges.push_back(parent.value.keys.size());
    parent.value.keys.push_back(std::move(value));
  }

  static void check_new_key(Open& parent, const std::string& spelt, Mark at) {
    auto [found, is_new] = parent.written.emplace(spelt, at.line);
    if (is_new) return;
    throw Refused{at,
                  fmt::format("Duplicate key {} in YAML at line {} (also defined at line {}). "
                              "Remove one of the entries so the intended value is unambiguous.",
                              python_repr(spelt), at.line, found->second),
                  true};
  }

  /// PyYAML's flatten_mapping: merged entries come first, in the order of the `<<` keys, of a list
  /// the last dict first; the dict's own entries then win by coming later.
  static void merge(Open& dict) {
    Value flat;
    flat.kind = Value::Kind::dict;
    flat.mark = dict.value.mark;
    for (size_t i : dict.merges) merge_from(dict.value.items[i], flat);
    for (size_t i = 0; i < dict.value.keys.size(); ++i) {
      if (std::find(dict.merges.begin(), dict.merges.end(), i) != dict.merges.end()) continue;
      flat.keys.push_back(std::move(dict.value.keys[i]));
      flat.items.push_back(std::move(dict.value.items[i]));
    }
    dict.value = std::move(flat);
  }

  static void merge_from(const Value& source, Value& flat) {
    if (source.is_list()) {
      for (auto item = source.items.rbegin(); item != source.items.rend(); ++item) {
        if (!item->is_dict()) {
          throw Refused{item->mark, "expected a mapping for merging under '<<'"};
        }
        merge_from(*item, flat);
      }
      return;
    }
    if (!source.is_dict()) {
      throw Refused{source.mark, "expected a mapping or list of mappings for merging under '<<'"};
    }
    flat.keys.insert(flat.keys.end(), source.keys.begin(), source.keys.end());
    flat.items.insert(flat.items.end(), source.items.begin(), source.items.end());
  }

  std::string_view text_;
  YamlLimits limits_;
  bool is_first_ = true;
  Value document_;
  std::vector<Open> open_;
  std::vector<size_t> start_;  ///< values_ when each open one began
  std::unordered_map<YAML::anchor_t, Anchored> anchors_;
  size_t values_ = 0;
  bool merge_next_ = false;
};

/// yaml-cpp's words without what the file holds, which may be a secret.
std::string without_values(const std::string& text) {
  constexpr std::string_view kAnchor = "the referenced anchor is not defined";
  return text.substr(0, kAnchor.size()) == kAnchor ? std::string(kAnchor) : text;
}

/// Characters that YAML does not allow anywhere (YAML 1.1, section 5.1).
bool is_forbidden(unsigned char c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    Utf8Char front = front_char(text);
    if (!front.well_formed) return false;
    text.remove_prefix(front.length);
  }
  return true;
}

Result<void> check_text(std::string_view text, const std::string& file, const YamlLimits& limits) {
  if (text.size() > limits.bytes) {
    return failure(fmt::format("{}: {} bytes are more than a task file may have ({})", file,
                               text.size(), limits.bytes));
  }
  if (!is_utf8(text)) {
    return failure(fmt::format("{} is not a valid UTF-8 text file and cannot be parsed as YAML.",
                               python_repr(file)));
  }
  auto bad = std::find_if(text.begin(), text.end(),
                          [](char c) { return is_forbidden(static_cast<unsigned char>(c)); });
  if (bad == text.end()) return {};
  return failure(fmt::format("{}:{}: control characters are not allowed", file,
                             1 + std::count(text.begin(), bad, '\n')));
}

}  // namespace

Result<std::vector<Value>> parse_yaml(std::string_view text, const std::string& file,
                                      const YamlLimits& limits) {
  if (auto good = check_text(text, file, limits); !good) return tl::unexpected(good.error());
  const std::string source = yaml_source(text);
  try {
    std::istringstream stream(source);
    YAML::Parser parser(stream);
    Builder builder(source, limits);
    std::vector<Value> documents;
    while (parser.HandleNextDocument(builder)) documents.push_back(builder.take_document());
    return documents;
  } catch (const Refused& refused) {
    if (refused.is_clear)
      return failure(fmt::format("{}:{}: {}", file, refused.mark.line, refused.text));
    return failure(yaml_complaint(text, file, refused.mark, refused.text));
  } catch (const YAML::Exception& error) {
    return failure(yaml_complaint(text, file, from_yaml(error.mark), without_values(error.msg)));
  }
}

}  // namespace skyrun
