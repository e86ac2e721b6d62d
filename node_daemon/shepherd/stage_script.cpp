// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/stage_script.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <utility>

#include "core/memory_file.h"
#include "core/text.h"

namespace skyrun {
namespace {

/// The limit of file sizes holds in memory too.
Result<void> fill(const Fd& fd, Stage stage, std::string_view text) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && text.size() > limit.rlim_cur)
    return failure(
        fmt::format("the script of {} has {} bytes, and a file may have {}: raise that "
                    "limit there (ulimit -f)",
                    to_text(stage), text.size(), limit.rlim_cur));
  auto written = write_all(fd.get(), text);
  if (written) return {};
  return tl::unexpected(
      std::move(written.error()).within(fmt::format("the script of {}", to_text(stage))));
}

}  // namespace

std::string startup_text(const Variables& exports, const std::string& workdir,
                         const std::string& self) {
  // `set -a` exports conda's functions, so that `conda activate` works in scripts of the user's.
  // Where there is no conda, asking for its base would cost a process and give an empty path.
  std::string text = R"([ ! -e ~/.bashrc ] || source ~/.bashrc
set -a
if type conda > /dev/null 2>&1; then
  . "$(conda info --base 2> /dev/null)/etc/profile.d/conda.sh" > /dev/null 2>&1
elif [ -e /etc/profile.d/conda.sh ]; then
  . /etc/profile.d/conda.sh > /dev/null 2>&1
fi
set +a
export PYTHONUNBUFFERED=1
)";
  text += fmt::format("cd ~/{}\n", shell_quote(workdir));
  for (const auto& [name, value] : exports)
    text += fmt::format("export {}={}\n", name, shell_quote(value));
  // An interactive bash would expand every "!" and write every line to ~/.bash_history.
  text += "set +o history +H\nunset HISTFILE\nHISTSIZE=0\n";
  return text + fmt::format(">| {}\n", self);
}

Result<StageScript> StageScript::write(Stage stage, const Variables& exports,
                                       std::string_view commands, const std::string& workdir,
                                       Reach reach) {
  StageScript script;
  script.reach_ = reach;
  for (auto* file : {&script.startup_, &script.commands_}) {
    auto made = make_memory_file(to_text(stage));
    if (!made) return tl::unexpected(std::move(made.error()));
    *file = std::move(*made);
  }
  auto written =
      fill(script.startup_, stage, startup_text(exports, workdir, script.path_of(script.startup_)));
  if (written) written = fill(script.commands_, stage, commands);
  if (!written) return tl::unexpected(std::move(written.error()));
  return script;
}

std::string StageScript::path_of(const Fd& fd) const {
  return reach_ == Reach::inherited ? path_for_heirs(fd) : path_for_others(fd);
}

std::vector<int> StageScript::inherited() const {
  if (reach_ == Reach::through_us) return {};
  return {startup_.get(), commands_.get()};
}

std::vector<std::string> StageScript::argv() const {
  return {"/bin/bash", "--rcfile", path_of(startup_), "-i", path_of(commands_)};
}

bool StageScript::begun() const {
  struct stat status {};
  return ::fstat(startup_.get(), &status) == 0 && status.st_size == 0;
}

}  // namespace skyrun
