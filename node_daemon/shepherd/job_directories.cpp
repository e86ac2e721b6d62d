// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/job_directories.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/directory.h"

namespace skyrun {

std::string node_name(NodeId node) {
  return node == kHead ? "head" : fmt::format("worker{}", node.value);
}

Result<JobDirectories> JobDirectories::create(const JobSpec& job, NodeId node,
                                              const std::string& home) {
  JobDirectories dirs;
  dirs.node_ = node;
  dirs.single_node_ = job.num_nodes == 1;
  dirs.run_ = fmt::format("{}/.skyrun/run/{}-{}", home, job.task_id, node.value);
  dirs.logs_ = fmt::format("{}/sky_logs/{}/tasks", home, job.log_name);
  for (const auto& [path, mode] :
       {std::pair(home + "/.skyrun", 0700U), std::pair(dirs.run_, 0700U),
        std::pair(dirs.logs_, 0777U), std::pair(home + "/sky_workdir", 0777U)}) {
    auto made = make_directories(path, mode);
    if (!made) return tl::unexpected(std::move(made.error()));
  }
  point_link(logs_link(job, home), job.log_name);
  return dirs;
}

Result<std::string> JobDirectories::write_script(Stage stage, const std::string& text) const {
  std::string path = fmt::format("{}/{}.sh", run_, to_text(stage));
  auto written = write_private_file(path, text);
  if (!written) return tl::unexpected(std::move(written.error()));
  return path;
}

Result<std::string> JobDirectories::write_hosts(const std::string& lines) const {
  std::string path = run_ + "/hosts";
  auto written = write_private_file(path, read_file("/etc/hosts").value_or("") + "\n" + lines);
  if (!written) return tl::unexpected(std::move(written.error()));
  ::chmod(path.c_str(), 0644);  // as /etc/hosts; the directory keeps others out
  return path;
}

Result<Fd> JobDirectories::open_log(Stage stage) const {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_APPEND;
  if (stage == Stage::setup) {
    auto own = open_file(logs_ + "/setup.log", kFlags | O_EXCL, 0666);
    if (own) return own;
    return open_file(fmt::format("{}/setup-{}.log", logs_, node_name(node_)), kFlags, 0666);
  }
  if (single_node_) return open_file(logs_ + "/run.log", kFlags, 0666);
  return open_file(fmt::format("{}/{}-{}.log", logs_, node_.value, node_name(node_)), kFlags, 0666);
}

void JobDirectories::remove_run_directory() const {
  remove_tree(run_);
}

}  // namespace skyrun
