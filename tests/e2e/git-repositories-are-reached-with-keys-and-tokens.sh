#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH"

# h0 has the repository, and lets alice in with a key that ssh does not find by itself.
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
ssh-keygen -q -t ed25519 -N '' -f key
testbed exec h0 --user alice bash -c "cd && echo '$(<key.pub)' >.ssh/authorized_keys &&
  git init -q -b main work && cd work && echo from-h0 >file && git add file &&
  GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b git commit -qm one"
URL=ssh://alice@h0/~alice/work

expect_status 1 on_hosts --git-url "$URL" -- true
expect_text "skyrun: error: git clone $URL: " "$STDERR"
expect_text 'Permission denied' "$STDERR"
run='cat file; git remote get-url origin'
for key in "GIT_SSH_KEY_PATH=$SCRATCH/key" "GIT_SSH_KEY=$(<key)"; do
  expect_status 0 env "$key" skyrun --hostfile "$HOSTFILE" --num-nodes 2 --git-url "$URL" -- "$run"
  expect_equal "$(lines_of 0)" $'from-h0\n'"$URL" 'rank 0'
  expect_equal "$(lines_of 1)" $'from-h0\n'"$URL" 'rank 1'
  on_each 'rm -rf sky_workdir'
done

# Over http the token is in git's environment only: in no argument of a process, and in no file.
git init -q -b main served
echo from-http >served/file
git -C served add file
git -C served commit -qm one
exec 3< <(exec "$CHECKOUT/tests/e2e/support/git_server.py" "$SCRATCH" s3cr3t-t0k3n)
server=$!
read -r port <&3
HTTP=http://127.0.0.1:$port/served/.git
expect_status 1 on_hosts --git-url "$HTTP" -- true
expect_text "skyrun: error: git clone $HTTP: fatal: could not read Username" "$STDERR"
export GIT_TRACE=$SCRATCH/trace
for how in token url; do
  case $how in
    token) expect_status 0 env GIT_TOKEN=s3cr3t-t0k3n skyrun --hostfile "$HOSTFILE" --num-nodes 2 --git-url "$HTTP" -- "$run" ;;
    url) expect_status 0 skyrun --hostfile "$HOSTFILE" --num-nodes 2 \
      --git-url "${HTTP/127/x-access-token:s3cr3t-t0k3n@127}" -- "$run" ;;
  esac
  expect_equal "$(lines_of 1)" $'from-http\n'"$HTTP" 'rank 1'
  expect_text git-remote-http "$GIT_TRACE"
  expect_no_text s3cr3t-t0k3n "$GIT_TRACE"
  cat "$STDOUT" "$STDERR" >>shown
  expect_equal "$(grep -rl s3cr3t-t0k3n ~ || true)" '' 'files here with the token'
  expect_equal "$(on_each 'grep -rl s3cr3t-t0k3n ~ || true')" '' 'files there with the token'
  on_each 'rm -rf sky_workdir'
done
expect_no_text s3cr3t-t0k3n shown

# A server that sends git on to another does not get it the token.
exec 4< <(exec "$CHECKOUT/tests/e2e/support/git_server.py" "$SCRATCH" s3cr3t-t0k3n "http://127.0.0.1:$port")
redirecting=$!
read -r other <&4
for url in "http://127.0.0.1:$other/served/.git" "HTTP://x-access-token:s3cr3t-t0k3n@127.0.0.1:$other/served/.git"; do
  : >"$GIT_TRACE"
  expect_status 1 env GIT_TOKEN=s3cr3t-t0k3n skyrun --hostfile "$HOSTFILE" --git-url "$url" -- true
  expect_text "skyrun: error: git clone http://127.0.0.1:$other/served/.git: " "$STDERR"
  expect_text 'could not read Username' "$STDERR"
  expect_no_text s3cr3t-t0k3n <(cat "$STDERR" "$GIT_TRACE")
done
kill "$server" "$redirecting"
