#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH"

# A repository whose commits are told apart by the file "version"; "kept.log" is in it though ignored.
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b GIT_CONFIG_GLOBAL=/dev/null
git init -q --bare -b main repo.git
git init -q -b main work
commit() {
  echo "$1" >work/version
  git -C work add -Af
  git -C work commit -qm "$1"
}
echo '*.log' >work/.gitignore
echo kept >work/kept.log
ln -s version work/link
commit first
FIRST=$(git -C work rev-parse HEAD)
commit second
git -C work tag v2
git -C work checkout -q -b feature/x
commit third
git -C work checkout -q main
commit fourth
git -C work push -q --mirror ../repo.git

# has VERSION COMMITS [ARGUMENT...]: every node has that version, with so much history, and is told no more.
has() {
  local version=$1 commits=$2
  shift 2
  expect_status 0 skyrun --local 2 "$@" -- 'cat version link kept.log; git rev-list --count HEAD; git status --porcelain; git remote get-url origin'
  local wanted=$version$'\n'$version$'\nkept\n'$commits$'\n'$SCRATCH/repo.git
  expect_equal "$(lines_of 0)" "$wanted" 'rank 0'
  expect_equal "$(lines_of 1)" "$wanted" 'rank 1'
  expect_equal "$(<"$STDERR")" "skyrun: notice: fetching $SCRATCH/repo.git" 'standard error'
  expect_equal "$(ls ~/.skyrun/run 2>/dev/null)" '' 'what is left of it'
  rm -rf ~/.skyrun/local/node*/sky_workdir
}
has fourth 1 --git-url "$SCRATCH/repo.git"
has second 1 --git-url "$SCRATCH/repo.git" --git-ref v2
has third 1 --git-url "$SCRATCH/repo.git" --git-ref feature/x
has first 1 --git-url "$SCRATCH/repo.git" --git-ref "$FIRST"
has first 1 --git-url "$SCRATCH/repo.git" --git-ref "${FIRST:0:10}"

# In a task, with the command line over it; a hook's environment does not lead git astray.
write_task <<TASK
workdir: {url: $SCRATCH/repo.git, ref: v2}
run: unset GIT_DIR; cat version; git rev-parse --is-shallow-repository
TASK
GIT_DIR=$SCRATCH/nowhere expect_status 0 skyrun --local 1 "$TASK"
expect_line '(task, pid=N) second' <(without_pids)
expect_line '(task, pid=N) true' <(without_pids)
rm -rf ~/.skyrun/local/node*/sky_workdir
expect_status 0 skyrun --local 1 --git-ref "$FIRST" "$TASK"
expect_line '(task, pid=N) first' <(without_pids)
expect_line '(task, pid=N) false' <(without_pids)
expect_status 0 skyrun --local 1 --workdir work "$TASK"
expect_line '(task, pid=N) fourth' <(without_pids)

# refused TEXT ARGUMENT...: with the code of $WRONG.
refused() {
  local text=$1
  shift
  expect_status "$WRONG" skyrun --local 1 "$@"
  expect_text "skyrun: error: $text" "$STDERR"
  expect_equal "$(<"$STDOUT")" '' 'standard output'
  expect_equal "$(ls ~/.skyrun/run 2>/dev/null)" '' 'what is left of it'
}
WRONG=2 refused 'Cannot specify both --git-url and --workdir' --git-url repo.git --workdir work -- true
WRONG=1
refused "git: $SCRATCH/repo.git has no branch, tag or commit 'v3'" --git-ref v3 "$TASK"
refused "git checkout $SCRATCH/repo.git: fatal: " --git-ref 0123456789012345678901234567890123456789 "$TASK"
refused "git clone $SCRATCH/none.git: fatal: repository '$SCRATCH/none.git' does not exist" --git-url "$SCRATCH/none.git" -- true

# gone PID: it runs no more, though nobody may have collected it.
gone() {
  ! grep -qs '^State:[[:space:]]*[^Z]' "/proc/$1/status"
}

# Who stops it while it fetches finds nothing of it afterwards.
for signal in INT TERM; do
  rm -f asked
  GIT_SSH_COMMAND="touch $SCRATCH/asked; exec sleep 1000;" in_background \
    skyrun --git-url ssh://nowhere/repo -- true >"$STDOUT" 2>"$STDERR"
  client=$!
  eventually 20 test -e asked
  asker=$(pgrep -s "$(pgrep -P "$client")" -x sleep)
  kill "-$signal" "$client"
  STATUS=0
  wait "$client" || STATUS=$?
  expect_text 'skyrun: error: git clone ssh://nowhere/repo: ' "$STDERR"
  expect_equal "$(ls ~/.skyrun/run)" '' 'what is left of it'
  eventually 5 gone "$asker" || fail "its ssh is left: $asker"
done
