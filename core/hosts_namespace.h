// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace skyrun {

/// Gives a process that is about to be executed a view of its own of /etc/hosts. Made before the
/// fork; enter() only makes system calls.
///
/// It needs a mount namespace: root makes one, everybody else one inside a user namespace in which
/// the account is the same but setuid programs such as sudo have no effect. The text is in a memory
/// file system of that namespace, and gone with it.
class HostsNamespace {
 public:
  /// `text` will stand in for that of /etc/hosts.
  explicit HostsNamespace(std::string text);

  /// In the child. False, with errno, where the system does not allow it.
  bool enter() const;

 private:
  bool become_own_user() const;
  bool show_text() const;

  std::string text_;
  std::string uid_map_, gid_map_;
};

}  // namespace skyrun
