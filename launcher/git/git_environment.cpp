// SPDX-License-Identifier: Apache-2.0
#include "launcher/git/git_environment.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "core/text.h"

namespace skyrun {
namespace {

/// Of whoever started us from inside another repository, such as a hook.
constexpr std::string_view kOfAnotherRepository[] = {
    "GIT_DIR=",    "GIT_WORK_TREE=",  "GIT_INDEX_FILE=", "GIT_OBJECT_DIRECTORY=", "GIT_NAMESPACE=",
    "GIT_PREFIX=", "GIT_COMMON_DIR=", "GIT_SSH_KEY=",    "GIT_TERMINAL_PROMPT="};

/// gitcredentials(7): a helper that is a shell snippet. Any user name goes with a token.
constexpr const char* kHelper =
    "!f() { test \"$1\" = get && echo \"username=$SKYRUN_GIT_USER\" && "
    "echo \"password=$SKYRUN_GIT_PASSWORD\"; }; f";
constexpr const char* kTokenUser = "x-access-token";

std::string value_of(const std::vector<std::string>& environment, std::string_view name) {
  for (const auto& each : environment) {
    if (each.size() > name.size() && each.compare(0, name.size(), name) == 0 &&
        each[name.size()] == '=')
      return each.substr(name.size() + 1);
  }
  return "";
}

void set(std::vector<std::string>& environment, const std::string& name, const std::string& value) {
  environment.erase(
      std::remove_if(environment.begin(), environment.end(),
                     [&name](const std::string& each) { return each.rfind(name + "=", 0) == 0; }),
      environment.end());
  environment.push_back(name + "=" + value);
}

/// After the person's own GIT_CONFIG_*, as git-config(1) has them.
void add_config(std::vector<std::string>& environment, const std::string& key,
                const std::string& value) {
  const auto count = to_number<uint32_t>(value_of(environment, "GIT_CONFIG_COUNT")).value_or(0);
  set(environment, fmt::format("GIT_CONFIG_KEY_{}", count), key);
  set(environment, fmt::format("GIT_CONFIG_VALUE_{}", count), value);
  set(environment, "GIT_CONFIG_COUNT", std::to_string(count + 1));
}

/// The key as a file that is nowhere but in memory.
Result<Fd> key_in_memory(std::string key) {
  if (key.back() != '\n') key += '\n';  // ssh takes it for damaged otherwise
  Fd file(::memfd_create("git-ssh-key", MFD_CLOEXEC));
  if (!file || ::fchmod(file.get(), S_IRUSR | S_IWUSR) != 0)
    return tl::unexpected(errno_error("GIT_SSH_KEY"));
  if (auto written = write_all(file.get(), key); !written)
    return tl::unexpected(std::move(written.error()));
  return file;
}

std::string ssh_with(const std::string& key) {
  return fmt::format("ssh -i {} -o IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new",
                     shell_quote(key));
}

}  // namespace

Result<GitEnvironment> GitEnvironment::make(const GitUrl& url,
                                            const std::vector<std::string>& environment) {
  GitEnvironment out;
  for (const auto& each : environment) {
    const bool foreign =
        std::any_of(std::begin(kOfAnotherRepository), std::end(kOfAnotherRepository),
                    [&each](std::string_view name) { return each.rfind(name, 0) == 0; });
    if (!foreign) out.variables_.push_back(each);
  }
  auto& variables = out.variables_;
  variables.emplace_back("GIT_TERMINAL_PROMPT=0");
  const std::string token = value_of(environment, "GIT_TOKEN");
  const bool logs_in = !url.user.empty() || !url.password.empty() || !token.empty();
  if (logs_in && !url.origin.empty()) {
    const bool in_url = !url.user.empty() || !url.password.empty();
    set(variables, "SKYRUN_GIT_USER", url.user.empty() ? kTokenUser : url.user);
    set(variables, "SKYRUN_GIT_PASSWORD", in_url ? url.password : token);
    // Only whom the address names, and over nothing weaker, is told: a repository may redirect.
    const std::string helper = "credential." + url.origin + ".helper";
    add_config(variables, helper, "");  // none of the person's own comes first
    add_config(variables, helper, kHelper);
  }
  const std::string key_path = value_of(environment, "GIT_SSH_KEY_PATH");
  const std::string key = value_of(environment, "GIT_SSH_KEY");
  if (!key_path.empty()) {
    set(variables, "GIT_SSH_COMMAND", ssh_with(key_path));
  } else if (!key.empty()) {
    auto file = key_in_memory(key);
    if (!file) return tl::unexpected(std::move(file.error()));
    out.key_ = std::move(*file);
    set(variables, "GIT_SSH_COMMAND",
        ssh_with(fmt::format("/proc/{}/fd/{}", ::getpid(), out.key_.get())));
  }
  return out;
}

std::vector<std::string> own_environment() {
  std::vector<std::string> environment;
  for (char** each = ::environ; *each != nullptr; ++each) environment.emplace_back(*each);
  return environment;
}

}  // namespace skyrun
