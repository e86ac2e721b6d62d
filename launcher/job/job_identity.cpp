// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/job_identity.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <ctime>

#include "core/text.h"

namespace skyrun {
namespace {

std::string timestamp(std::chrono::system_clock::time_point now) {
  const auto micros =
      std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count();
  const time_t seconds = micros / 1000000;
  std::tm local{};
  ::localtime_r(&seconds, &local);
  return fmt::format("{:04}-{:02}-{:02}-{:02}-{:02}-{:02}-{:06}", local.tm_year + 1900,
                     local.tm_mon + 1, local.tm_mday, local.tm_hour, local.tm_min, local.tm_sec,
                     micros % 1000000);
}

std::string or_null(const std::string& text) {
  return text.empty() ? "null" : json_quote(text);
}

/// A user name as part of a cluster's: what has a meaning of its own there is left out.
std::string plain(const std::string& user) {
  std::string result;
  for (const char c : user) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) result += c;
  }
  return result.empty() ? "user" : result;
}

}  // namespace

JobIdentity make_identity(uint64_t number, std::chrono::system_clock::time_point now, uint16_t salt,
                          const std::string& user) {
  return {.number = number,
          .time = timestamp(now),
          .cluster = fmt::format("sky-{:04x}-{}", salt, plain(user)),
          .user = user};
}

std::string JobIdentity::task_id() const {
  return fmt::format("sky-{}_{}_{}", time, cluster, number);
}

std::string JobIdentity::managed_task_id(const std::string& job, const std::string& task,
                                         size_t index) const {
  return fmt::format("sky-managed-{}_{}{}{}_{}-{}", time, job, task.empty() ? "" : "_", task,
                     number, index);
}

std::string cluster_info(const std::string& cluster, const std::string& cloud,
                         const std::string& region) {
  return fmt::format(R"({{"cluster_name": {}, "cloud": {}, "region": {}, "zone": null}})",
                     json_quote(cluster), or_null(cloud), or_null(region));
}

std::string account_name() {
  const passwd* account = ::getpwuid(::getuid());
  return account != nullptr ? account->pw_name : std::to_string(::getuid());
}

}  // namespace skyrun
