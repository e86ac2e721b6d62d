// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace skyrun {

/// Raises this process's soft limit of open files to the hard one. What it starts gets the old one
/// back (spawn() sees to it): programs that use select(2) rely on a low limit.
void raise_open_files();

/// In a child, before exec: the limit as it was. Only makes a system call.
void restore_open_files();

}  // namespace skyrun
