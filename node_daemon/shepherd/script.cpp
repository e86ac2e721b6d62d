// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/script.h"

#include <fmt/format.h>

#include "core/text.h"

namespace skyrun {

std::string stage_script(const Variables& exports, std::string_view commands) {
  // `set -a` exports conda's functions, so that `conda activate` works in scripts of the user's.
  // bash -i would write every line, secrets too, to ~/.bash_history.
  // Where there is no conda, asking for its base would cost a process and give an empty path.
  std::string script = R"(#!/bin/bash
set +o history
[ ! -e ~/.bashrc ] || source ~/.bashrc
set -a
if type conda > /dev/null 2>&1; then
  . "$(conda info --base 2> /dev/null)/etc/profile.d/conda.sh" > /dev/null 2>&1
elif [ -e /etc/profile.d/conda.sh ]; then
  . /etc/profile.d/conda.sh > /dev/null 2>&1
fi
set +a
export PYTHONUNBUFFERED=1
cd ~/sky_workdir
)";
  for (const auto& [name, value] : exports)
    script += fmt::format("export {}={}\n", name, shell_quote(value));
  script += commands;
  if (!commands.empty() && commands.back() != '\n') script += '\n';
  return script;
}

}  // namespace skyrun
