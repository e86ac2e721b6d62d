#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
tasks=$CHECKOUT/tests/data/tasks

# test_multi_hostname
expect_status 0 on_hosts "$tasks/examples_multi_hostname.yaml"
expect_equal "$(grep -c 'My hostname: h[01]$' "$STDOUT")" 2 'lines with a host name'

# test_multi_node_failure
expect_status 100 on_hosts "$tasks/tests_test_yamls_failed_worker_setup.yaml"
expect_text 'FAILED_SETUP' "$STDOUT"
expect_text 'setup failed. Failed workers: (pid=' "$STDOUT"
expect_text 'See error logs above for more details.' "$STDOUT"
expect_no_text 'Should not get here' "$STDOUT"
expect_status 100 on_hosts "$tasks/tests_test_yamls_failed_worker_run.yaml"
expect_line '✗ Job finished (status: FAILED).' "$STDOUT"
expect_equal "$(grep -c 'My hostname:' "$STDOUT")" 2 'lines with a host name, though rank 1 has none'

# test_env_check: what setup adds to ~/.bashrc, run sees.
expect_status 0 on_hosts "$tasks/examples_env_check.yaml"
expect_equal "$(grep -c 'TEST_VAR is set to test$' "$STDOUT")" 2 'ranks that saw what setup did'
expect_status 0 on_hosts "$tasks/tests_test_yamls_test_only_setup.yaml"
expect_line '(setup pid=N) hello world' <(without_pids)

# test_minimal: without conda its second command fails, and the last one counts.
expect_status 0 on_hosts "$tasks/tests_test_yamls_minimal.yaml"
expect_line '(min, pid=N) task run finish' <(without_pids)

# test_cli_logs_streaming_progress_bar
expect_status 0 on_hosts "$tasks/tests_test_yamls_cr_progress_bar.yaml"
for frame in 0 1 2 3 4; do expect_text "progress-frame-$frame" "$STDOUT"; done
expect_text 'PROGRESS_BAR_DONE' "$STDOUT"

# test_skyignore: what its verification looks for, and what it must not find.
mkdir -p "$SCRATCH/files/tests/test_yamls" && cd "$SCRATCH/files"
mkdir -p workdir/{keep_dir,exclude_dir,nested/keep_subdir,nested/exclude_subdir}
touch workdir/{script.py,data.txt,exclude.py,temp.log,keep_dir/keep.txt,exclude_dir/notes.md} \
  workdir/nested/{keep_subdir/test.py,exclude_subdir/test.sh}
printf '%s\n' exclude.py '*.log' exclude_dir 'nested/exclude_subdir' >workdir/.skyignore
cat >tests/test_yamls/test_skyignore_verification.py <<'PYTHON'
import pathlib, sys

root = pathlib.Path(sys.argv[1])
kept = ["script.py", "data.txt", "keep_dir/keep.txt", "nested/keep_subdir/test.py"]
left = ["exclude.py", "temp.log", "exclude_dir/notes.md", "nested/exclude_subdir/test.sh"]
wrong = [name for name in kept if not (root / name).exists()] + [name for name in left if (root / name).exists()]
sys.exit(f"wrong: {wrong}" if wrong else 0)
PYTHON
# The hosts' root directory is not writable, and a host need not have a "python".
sed 's|/script.py|~/script.py|g; s|python ~|python3 ~|' "$tasks/tests_test_yamls_test_skyignore.yaml" >skyignore.yaml
expect_status 0 on_hosts --workdir workdir skyignore.yaml

# A pipeline, in its order. (The waiting is cut short.)
sed -E 's/sleep 20/:/' "$tasks/examples_spot_pipeline_multi_jobs.yaml" >pipeline.yaml
expect_status 0 on_hosts --skip-resource-check pipeline.yaml
expect_equal "$(grep -c 'train ends$' "$STDOUT")" 3 'ends of training, of three ranks'
expect_equal "$(grep -oE '(train|eval) ends$' "$STDOUT" | uniq -c | tr -s ' \n' ' ')" ' 3 train ends 2 eval ends ' 'the order'
assert_nothing_left
