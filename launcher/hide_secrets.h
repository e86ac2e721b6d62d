// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace skyrun {

/// Overwrites what is secret in our own arguments, so that the process list shows asterisks: the
/// values of --secret, and what logs in in the address of --git-url. What is behind "--" is the
/// job's command and stays. To be called as soon as they are read.
void hide_secrets(int argc, char** argv);

}  // namespace skyrun
