// SPDX-License-Identifier: Apache-2.0
#include "bringup/start_failure.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

const NodeSpec kNode{.host = "h2", .user = "ann", .port = 2222};
const LaunchOptions kLaunch{.daemon_path = "/bin/skyrund"};

StartFailure of(const std::string& errors, int code = 255, const std::string& noise = "") {
  return diagnose(kNode, kLaunch, {.exit_code = code, .errors = errors, .noise = noise});
}

TEST(StartFailureTest, TheCauseComesBeforeItsEffect) {
  const auto failure =
      of("@ WARNING: UNPROTECTED PRIVATE KEY FILE! @\n"
         "Permissions 0644 for '/k' are too open.\r\nann@h2: Permission denied (publickey).\r\n");
  EXPECT_EQ(failure.reason, StartReason::key_too_open);
  EXPECT_EQ(failure.why, "Permissions 0644 for '/k' are too open.");
  EXPECT_EQ(of("/c: line 3: Bad configuration option: x\r\n/c: terminating, 1 bad "
               "configuration options\r\n")
                .why,
            "/c: line 3: Bad configuration option: x");
}

TEST(StartFailureTest, AChangedKeyIsSaidInOneLineWithWhatRemovesIt) {
  const auto failure =
      of("@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\r\n"
         "The fingerprint for the ED25519 key sent by the remote host is\nSHA256:abc.\r\n"
         "Add correct host key in /h/known_hosts to get rid of this message.\r\n"
         "Offending RSA key in /h/my hosts:7\r\n"
         "Host key for [h2]:2222 has changed and you have requested strict checking.\r\n"
         "Host key verification failed.\r\n");
  EXPECT_EQ(failure.reason, StartReason::host_key_changed);
  EXPECT_EQ(failure.why,
            "its host key has changed: it shows the ED25519 key SHA256:abc, which is not the one "
            "in /h/my hosts:7");
  EXPECT_EQ(failure.advice,
            "if it was set up anew, remove the old key: ssh-keygen -f '/h/my hosts' -R "
            "'[h2]:2222'; if not, somebody may be listening in between");
}

TEST(StartFailureTest, WhatSshSaysHasAReason) {
  const std::vector<std::pair<const char*, StartReason>> known{
      {"Host key verification failed.", StartReason::host_key_unknown},
      {"Received disconnect from 1.2.3.4 port 22:2: Too many authentication failures",
       StartReason::too_many_keys},
      {"Your account has expired; please contact your system administrator.",
       StartReason::account_expired},
      {"Password change required but no TTY available.", StartReason::password_expired},
      {"a@h: Permission denied (publickey).", StartReason::denied},
      {"ssh: Could not resolve hostname h2: Name or service not known", StartReason::unknown_host},
      {"ssh: connect to host h2 port 22: Connection refused", StartReason::connection_refused},
      {"ssh: connect to host h2 port 22: Connection timed out", StartReason::unreachable},
      {"ssh: connect to host h2 port 22: No route to host", StartReason::unreachable},
      {"kex_exchange_identification: Connection closed by remote host", StartReason::turned_away},
      {"what nobody has said yet", StartReason::unknown},
  };
  for (const auto& [words, reason] : known) {
    EXPECT_EQ(of(words).reason, reason) << words;
    EXPECT_EQ(of(words).why, words);
  }
}

TEST(StartFailureTest, WhatTheFarSideSaysIsNotTakenForSshs) {
  EXPECT_EQ(of("skyrund: Connection refused", 1).reason, StartReason::shell_ended);
  EXPECT_EQ(of("", 1, "This account is currently not available.\n").reason,
            StartReason::no_login_shell);
  EXPECT_EQ(of("back at noon\n", 254).reason, StartReason::logins_closed);
  EXPECT_EQ(of("sh: not found", 127).reason, StartReason::no_daemon);
}

TEST(StartFailureTest, AShellThatEndsInItsStartUpFilesIsNamed) {
  EXPECT_EQ(of("oops\n", 3).why,
            "the shell there ended before it started skyrund: see ~/.bashrc; it said: oops");
  const auto failure =
      diagnose(kNode, kLaunch, {.exit_code = 3, .errors = "out of order\n", .shell_reached = true});
  EXPECT_EQ(failure.why, "out of order");
}

TEST(StartFailureTest, WhatMayBeOverInAMomentPasses) {
  EXPECT_TRUE(of("kex_exchange_identification: read: Connection reset by peer").passes);
  EXPECT_TRUE(of("Could not resolve hostname h: Temporary failure in name resolution").passes);
  EXPECT_FALSE(of("a@h: Permission denied (publickey).").passes);
  EXPECT_FALSE(of("Connection reset by peer", 1).passes);
}

TEST(StartFailureTest, WithoutAWordTheCodeIsSaid) {
  EXPECT_EQ(of("").why, "ssh ended with exit code 255 without a word");
}

TEST(StartFailureTest, TheCommandToTryHasWhatWasTried) {
  LaunchOptions launch = kLaunch;
  launch.ssh_options = {"ProxyJump=a b"};
  EXPECT_EQ(command_to_try(kNode, launch), "ssh -o 'ProxyJump=a b' -p 2222 -l ann h2 true");
  EXPECT_EQ(command_to_try({.host = "h2", .local = true}, launch), "");
}

}  // namespace
}  // namespace skyrun
