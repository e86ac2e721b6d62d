// SPDX-License-Identifier: Apache-2.0
#include "launcher/git/git_checkout.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <utility>
#include <vector>

#include "core/directory.h"
#include "core/run_program.h"
#include "core/text.h"
#include "launcher/git/git_environment.h"
#include "launcher/presentable.h"

namespace skyrun {
namespace {

/// What looks like a port is the half of a password, where a "/" in it ended the authority.
bool has_bad_port(const std::string& origin) {
  const size_t colon = origin.find_last_of(":]");
  if (colon == std::string::npos || origin[colon] == ']' || origin.compare(colon, 3, "://") == 0)
    return false;
  return origin.find_first_not_of("0123456789", colon + 1) != std::string::npos;
}

enum class RefKind { by_default, name, commit };

class Git {
 public:
  Git(GitUrl url, GitEnvironment environment)
      : url_(std::move(url)), environment_(std::move(environment)) {}

  /// What it prints.
  Result<std::string> run(std::vector<std::string> arguments) const {
    const std::string verb = arguments[0] == "-C" ? arguments[2] : arguments[0];
    arguments.insert(arguments.begin(), "git");
    // Its own session: neither it nor its ssh asks at the terminal, and both end together.
    auto end = run_program({.argv = std::move(arguments),
                            .environment = environment_.variables(),
                            .new_session = true,
                            .death_signal = SIGTERM});
    if (!end) return tl::unexpected(std::move(end.error()));
    if (end->status.ok()) return std::move(end->out);
    return failure(fmt::format("git {} {}: {}", verb, url_.clean, words(*end)));
  }

  /// Names are looked up there, since a branch may look like a commit.
  Result<RefKind> kind_of(const std::optional<std::string>& ref) const {
    if (!ref) return RefKind::by_default;
    auto found = run({"ls-remote", "--", url_.clean, "refs/heads/" + *ref, "refs/tags/" + *ref});
    if (!found) return tl::unexpected(std::move(found.error()));
    if (!trim(*found).empty()) return RefKind::name;
    const bool is_hash = ref->size() >= 4 && ref->size() <= 64 &&
                         ref->find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    if (is_hash) return RefKind::commit;
    return failure(
        fmt::format("git: {} has no branch, tag or commit '{}'", url_.clean, printable(*ref)));
  }

  Result<void> clone(const std::optional<std::string>& ref, RefKind kind,
                     const std::string& directory) const {
    // --no-local: a path is cloned like any other address, not by linking its files.
    std::vector<std::string> arguments{"clone", "--quiet", "--no-local", "--origin=origin"};
    if (kind == RefKind::commit) {
      arguments.emplace_back("--no-checkout");
    } else {
      arguments.emplace_back("--depth=1");
      if (ref) arguments.push_back("--branch=" + *ref);
    }
    arguments.insert(arguments.end(), {"--", url_.clean, directory});
    auto done = run(std::move(arguments));
    if (done && kind == RefKind::commit)
      done = run({"-C", directory, "checkout", "--quiet", "--detach", *ref});
    if (!done) return tl::unexpected(std::move(done.error()));
    return {};
  }

 private:
  static std::string words(const ProgramEnd& end) {
    std::vector<std::string> lines;
    for (const auto line : split(end.err, '\n')) {
      if (!trim(line).empty()) lines.push_back(presentable(trim(line)));
    }
    return lines.empty() ? to_text(end.status) : join(lines, "; ");
  }

  GitUrl url_;
  GitEnvironment environment_;
};

}  // namespace

Result<std::unique_ptr<GitCheckout>> GitCheckout::make(const GitSource& source,
                                                       const std::string& scratch_root) {
  auto url = split_git_url(expand_home(source.url, home_directory()));
  if (has_bad_port(url.origin))
    return failure(
        "git: the address has no valid port; '/', '?' and '#' in a password are written "
        "%2F, %3F and %23");
  auto environment = GitEnvironment::make(url, own_environment());
  if (!environment) return tl::unexpected(std::move(environment.error()));
  const Git git(std::move(url), std::move(*environment));
  auto kind = git.kind_of(source.ref);
  if (!kind) return tl::unexpected(std::move(kind.error()));
  auto scratch = ScratchDirectory::make(scratch_root, "git");
  if (!scratch) return tl::unexpected(std::move(scratch.error()));
  std::unique_ptr<GitCheckout> checkout(new GitCheckout(std::move(*scratch)));
  if (auto done = git.clone(source.ref, *kind, checkout->path()); !done)
    return tl::unexpected(std::move(done.error()));
  return checkout;
}

}  // namespace skyrun
