// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "bringup/ssh_config.h"
#include "core/fd.h"
#include "core/subprocess.h"
#include "launcher/nodes/ssh_hosts.h"

namespace skyrun {
namespace {

constexpr size_t kAtOnce = 16;

struct Asked {
  pid_t pid = 0;  // 0: it could not be started
  Fd answer;
};

std::vector<std::string> words_for(const std::vector<std::string>& agent,
                                   const SshQuestion& question) {
  std::vector<std::string> words = agent;
  if (!question.with_files) words = {agent[0], "-F", "none"};
  words.emplace_back("-G");
  const Host& host = *question.host;
  if (!host.user.empty()) words.insert(words.end(), {"-l", host.user});
  if (host.port != 0) words.insert(words.end(), {"-p", std::to_string(host.port)});
  words.insert(words.end(), {"--", host.name});
  return words;
}

Asked ask(const std::vector<std::string>& words, int null) {
  Asked asked;
  auto answer = make_pipe();
  if (!answer) return asked;
  const auto pid = spawn({.argv = words, .stdout_fd = answer->second.get(), .stderr_fd = null});
  if (!pid) return asked;
  asked.pid = *pid;
  asked.answer = std::move(answer->first);
  return asked;
}

std::string read_answer(Asked& asked) {
  std::string text;
  std::array<char, 8192> block{};
  while (asked.answer) {
    const ssize_t size = ::read(asked.answer.get(), block.data(), block.size());
    if (size > 0) text.append(block.data(), static_cast<size_t>(size));
    if (size == 0 || (size < 0 && errno != EINTR)) asked.answer.reset();
  }
  int status = -1;
  while (asked.pid != 0 && ::waitpid(asked.pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status == 0 ? text : "";
}

}  // namespace

/// What one prints fits into its pipe, so that many run while we read the first.
std::vector<std::string> ask_ssh(const std::vector<std::string>& agent,
                                 const std::vector<SshQuestion>& questions) {
  auto null = open_file("/dev/null", O_RDWR);
  std::vector<std::string> answers;
  for (size_t begin = 0; begin < questions.size(); begin += kAtOnce) {
    std::vector<Asked> asked;
    for (size_t i = begin; i < std::min(begin + kAtOnce, questions.size()); ++i)
      asked.push_back(ask(words_for(agent, questions[i]), null ? null->get() : -1));
    for (auto& each : asked) answers.push_back(read_answer(each));
  }
  return answers;
}

}  // namespace skyrun
