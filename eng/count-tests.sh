# Sourced by ./test.
# shellcheck shell=bash

# count_tests FOLDER: passed, failed and skipped tests of all result files in a folder. Each project leaves one, with a line
# like <Counters total="9" executed="8" passed="8" failed="0" error="0" timeout="0" aborted="0" .../>.
count_tests() {
  find "$1" -name '*.trx' -exec cat {} + | awk '
    function count(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
    /<Counters / {
      passed += count("passed")
      failed += count("failed") + count("error") + count("timeout") + count("aborted")
      skipped += count("total") - count("executed")
    }
    END { print passed + 0, failed + 0, skipped + 0 }'
}
