// SPDX-License-Identifier: Apache-2.0
#include "core/binding.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/fd.h"
#include "core/subprocess.h"
#include "topology/cpu_set.h"

namespace skyrun {
namespace {

CpuSet own_cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  EXPECT_EQ(::sched_getaffinity(0, sizeof set, &set), 0);
  CpuSet cpus;
  for (uint32_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &set)) cpus.add(cpu);
  }
  return cpus;
}

struct Outcome {
  std::string cpus;
  std::vector<std::string> notices;
};

/// What a program that is bound so says of itself.
Outcome run_bound(const CpuSet& cpus, std::optional<uint32_t> numa) {
  Outcome outcome;
  auto pipe = make_pipe();
  Command command{.argv = {"sed", "-n", "s/^Cpus_allowed_list:\\t//p", "/proc/self/status"},
                  .stdout_fd = pipe->second.get(),
                  .cpus = to_mask(cpus.list()),
                  .numa = numa};
  command.on_notice = [&outcome](const std::string& notice) { outcome.notices.push_back(notice); };
  const auto pid = spawn(command);
  EXPECT_TRUE(pid);
  pipe->second.reset();
  char byte = 0;
  while (::read(pipe->first.get(), &byte, 1) == 1) {
    if (byte != '\n') outcome.cpus += byte;
  }
  EXPECT_EQ(::waitpid(*pid, nullptr, 0), *pid);
  return outcome;
}

TEST(BindingTest, ProgramRunsOnTheCpusThatItWasGiven) {
  for (const uint32_t cpu : own_cpus().list()) {
    const auto outcome = run_bound(CpuSet::range(cpu, cpu), std::nullopt);
    EXPECT_EQ(outcome.cpus, CpuSet::range(cpu, cpu).text());
    EXPECT_TRUE(outcome.notices.empty());
  }
}

TEST(BindingTest, CpusThatAreNotThereAreToldAndTheProgramRuns) {
  const CpuSet own = own_cpus();
  const auto none = run_bound(CpuSet::range(9000, 9001), std::nullopt);
  EXPECT_EQ(none.cpus, own.text());
  EXPECT_EQ(none.notices, std::vector<std::string>{"not bound to its CPUs: Invalid argument"});

  const auto some = run_bound(own | CpuSet::range(9000, 9000), std::nullopt);
  EXPECT_EQ(some.cpus, own.text());
  EXPECT_EQ(some.notices, std::vector<std::string>{
                              "bound to some of its CPUs only: others are not allowed here"});
}

TEST(BindingTest, NumaNodeThatIsNotThereIsToldAndTheProgramRuns) {
  const CpuSet own = own_cpus();
  const auto outcome = run_bound(own, 60);
  EXPECT_EQ(outcome.cpus, own.text());
  for (const auto& notice : outcome.notices) {
    EXPECT_EQ(notice.rfind("memory is not near its CPUs: ", 0), 0U) << notice;
  }
}

}  // namespace
}  // namespace skyrun
