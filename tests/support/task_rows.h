// SPDX-License-Identifier: Apache-2.0
//
// Rows of a table of tasks, as tests/data/task/*.txt hold them:
//
//     === what is promised
//     envs: {X: 1e-6}
//     @ .env
//     Y=2
//     $ --env-file .env --num-nodes 2
//     ==> envs.X = "1e-6"
//     ==> num_nodes = 2
//
// A title; the task's text; files that lie beside it (`@`); the command line (`$`); and what comes
// of it (`==>`): `PATH = JSON`, `no PATH`, `notice: TEXT`, `error: TEXT`, or `ok`. `% bytes` in the
// text's place of a first line makes every <hh> of it a byte. `% paths` looks at the disk too.
// Lines that begin with "# " between rows are comments.
#pragma once

#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/text.h"
#include "launcher/task/overrides.h"

namespace skyrun {

struct TaskRow {
  std::string where;  ///< FILE:LINE
  std::string title;
  std::string text;
  std::map<std::string, std::string> files;
  std::vector<std::string> arguments;
  std::vector<std::string> expected;
  bool bytes = false;
  bool paths = false;
};

/// Words between blanks, quotes of a shell kept together.
inline std::vector<std::string> shell_words(std::string_view line) {
  std::vector<std::string> out;
  std::string word;
  bool some = false;
  char quote = '\0';
  for (char c : line) {
    if (quote != '\0' ? c == quote : c == '\'' || c == '"') {
      quote = quote == '\0' ? c : '\0';
      some = true;
    } else if (c == ' ' && quote == '\0') {
      if (some) out.push_back(std::exchange(word, ""));
      some = false;
    } else {
      word += c;
      some = true;
    }
  }
  if (some) out.push_back(word);
  return out;
}

/// <hh> as the byte, everywhere in a text.
inline std::string with_bytes(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    bool is_byte = text[i] == '<' && i + 3 < text.size() && text[i + 3] == '>';
    if (is_byte) out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
    if (is_byte) i += 3;
    if (!is_byte) out += text[i];
  }
  return out;
}

class TaskRows {
 public:
  static std::vector<TaskRow> read(const std::string& path) {
    TaskRows reader;
    std::ifstream file(path);
    const std::string name = path.substr(path.rfind('/') + 1);
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
      reader.take(line, name + ":" + std::to_string(number));
    }
    for (TaskRow& row : reader.rows_) {
      if (row.bytes) row.text = with_bytes(row.text);
    }
    return std::move(reader.rows_);
  }

 private:
  static bool begins(const std::string& line, std::string_view mark) {
    return line.rfind(mark, 0) == 0;
  }

  void take(const std::string& line, const std::string& where) {
    if (begins(line, "=== ")) {
      rows_.push_back({.where = where, .title = line.substr(4)});
      body_ = &rows_.back().text;
      return;
    }
    if (rows_.empty()) return;
    TaskRow& row = rows_.back();
    if (begins(line, "@ ")) {
      body_ = &row.files[line.substr(2)];
    } else if (begins(line, "$ ")) {
      for (std::string& word : shell_words(line.substr(2))) row.arguments.push_back(word);
    } else if (begins(line, "==> ")) {
      row.expected.push_back(line.substr(4));
      body_ = nullptr;
    } else if (line == "% bytes") {
      row.bytes = true;
    } else if (line == "% paths") {
      row.paths = true;
    } else if (body_ != nullptr) {
      *body_ += line + "\n";
    }
  }

  std::vector<TaskRow> rows_;
  std::string* body_ = nullptr;
};

/// The overrides that the words of a command line say, spelled as skyrun's options.
inline Overrides overrides_of(const std::vector<std::string>& words) {
  Overrides out;
  const std::map<std::string, std::optional<std::string>*> single = {
      {"--name", &out.name},         {"--workdir", &out.workdir},
      {"--git-url", &out.git_url},   {"--git-ref", &out.git_ref},
      {"--infra", &out.infra},       {"--gpus", &out.gpus},
      {"--cpus", &out.cpus},         {"--memory", &out.memory},
      {"--env-file", &out.env_file}, {"--secret-file", &out.secret_file}};
  const std::map<std::string, std::vector<std::string>*> repeated = {
      {"--env", &out.envs}, {"--secret", &out.secrets}, {"--config", &out.config}};
  for (size_t i = 0; i + 1 < words.size(); i += 2) {
    const std::string& value = words[i + 1];
    if (words[i] == "--num-nodes") out.num_nodes = to_number<int>(value);
    if (auto found = single.find(words[i]); found != single.end()) *found->second = value;
    if (auto found = repeated.find(words[i]); found != repeated.end()) {
      found->second->push_back(value);
    }
  }
  return out;
}

}  // namespace skyrun
