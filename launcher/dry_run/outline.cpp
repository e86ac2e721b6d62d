// SPDX-License-Identifier: Apache-2.0
#include "launcher/dry_run/outline.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.h"
#include "launcher/dry_run/json.h"
#include "launcher/task/secret.h"

namespace skyrun {
namespace {

constexpr size_t kFilesShown = 20;

std::string text_of(const Value& dict, const char* field) {
  const Value* value = dict.find(field);
  if (value == nullptr || value->is_null()) return "";
  return printable(value->text);
}

/// One line of a task's outline: what it is about, in a column of its own, and what it says.
class Outline {
 public:
  void line(std::string_view about, std::string_view text) {
    out_ += fmt::format("  {:<11} {}\n", about, text);
  }
  void head(std::string_view text) { out_.append(text).append("\n"); }

  /// The lines of a script below their name.
  void script(std::string_view about, const std::string& text) {
    if (text.empty()) return;
    std::string_view rest(text);
    if (rest.back() == '\n') rest.remove_suffix(1);
    for (const auto each : split(rest, '\n')) {
      line(about, "| " + printable(each));
      about = "";
    }
  }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

std::string node_text(const Value& node) {
  std::string text = text_of(node, "host");
  if (const auto user = text_of(node, "user"); !user.empty()) text.insert(0, user + "@");
  if (const auto port = text_of(node, "port"); !port.empty()) text += " port " + port;
  if (const auto key = text_of(node, "identity_file"); !key.empty()) text += " key " + key;
  if (const auto home = text_of(node, "home"); !home.empty()) return text + " in " + home;
  return node.find("local")->truth ? text + " (this machine)" : text;
}

void add_nodes(Outline& out, const Value& task) {
  for (const Value& node : task.find("nodes")->items)
    out.line(fmt::format("node {}", text_of(node, "rank")), node_text(node));
}

void add_variables(Outline& out, const Value& task) {
  const Value& envs = *task.find("envs");
  for (size_t i = 0; i < envs.items.size(); ++i) {
    out.line(i == 0 ? "envs" : "",
             fmt::format("{}={}", envs.keys[i].text, printable(envs.items[i].text)));
  }
  const Value& secrets = *task.find("secrets");
  for (size_t i = 0; i < secrets.items.size(); ++i) {
    out.line(i == 0 ? "secrets" : "",
             fmt::format("{}={}", secrets.items[i].text, Secret::kRedacted));
  }
}

/// `show` gives the line of one item; of many items only the first are shown.
template <class Show>
void add_some(Outline& out, const char* about, const Value& list, Show show) {
  const size_t count = std::min(list.items.size(), kFilesShown);
  for (size_t i = 0; i < count; ++i) out.line(i == 0 ? about : "", show(list.items[i]));
  if (list.items.size() > count)
    out.line("", fmt::format("and {} more", list.items.size() - count));
}

void add_files(Outline& out, const Value& task) {
  const Value& workdir = *task.find("workdir");
  if (workdir.is_dict()) {
    const auto ref = text_of(workdir, "ref");
    out.line("workdir",
             fmt::format("git {}{}", text_of(workdir, "url"), ref.empty() ? "" : " at " + ref));
  }
  const Value& files = *task.find("files");
  add_some(out, "sent", *files.find("sent"), [](const Value& file) {
    return fmt::format("{} -> {} ({} bytes)", text_of(file, "source"), text_of(file, "destination"),
                       text_of(file, "bytes"));
  });
  add_some(out, "not sent", *files.find("dropped"), [](const Value& file) {
    return fmt::format("{} ({})", text_of(file, "source"), text_of(file, "rule"));
  });
}

void add_task(Outline& out, const Value& task) {
  const std::string name = text_of(task, "name");
  const std::string nodes = text_of(task, "num_nodes");
  out.head(fmt::format("Task {} on {} node{}", name.empty() ? "without a name" : name, nodes,
                       nodes == "1" ? "" : "s"));
  const Value& resources = *task.find("resources");
  if (!resources.items.empty()) out.line("resources", to_json_line(resources));
  add_nodes(out, task);
  add_variables(out, task);
  add_files(out, task);
  std::vector<std::string> stages;
  for (const Value& stage : task.find("stages")->items) stages.push_back(stage.text);
  out.line("stages", join(stages, ", "));
  for (const char* script : {"setup", "run"}) {
    const Value& text = *task.find(script);
    const bool runs = std::find(stages.begin(), stages.end(), script) != stages.end();
    if (runs) out.script(script, text.text);
  }
}

}  // namespace

std::string outline(const Value& document) {
  Outline out;
  const Value& tasks = *document.find("tasks");
  if (tasks.items.size() > 1) {
    const bool parallel = text_of(document, "execution") == "parallel";
    out.head(fmt::format("{} {} of {} tasks", parallel ? "Job group" : "Pipeline",
                         text_of(document, "name"), tasks.items.size()));
  }
  for (const Value& task : tasks.items) add_task(out, task);
  out.head("Dryrun finished.");
  return out.take();
}

}  // namespace skyrun
