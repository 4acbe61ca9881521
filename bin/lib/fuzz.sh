# shellcheck shell=bash
# Fuzzing: what bin/test --fuzz does. Sourced, never run, from the folder of the project.

readonly FUZZ_DIRECTORY=target/fuzz
readonly KEPT_INPUTS=src/test/resources/io/github/keycloakpasskey/fuzz
# Jazzer instruments classes through an agent that it loads itself.
readonly FUZZ_JVM=(-Xmx1g -XX:+UseParallelGC -XX:+EnableDynamicAgentLoading -Dslf4j.internal.verbosity=ERROR)

# fuzz SECONDS [TARGET…]: false on a finding.
fuzz() {
  local seconds=${1:-} class_path names targets target
  [[ $seconds =~ ^[1-9][0-9]*$ ]] || fail "--fuzz wants a number of seconds"
  say "Building"
  mvn -q -B -Dstyle.color=never test-compile dependency:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile="$FUZZ_DIRECTORY/classpath" >&2 || fail "the build failed"
  class_path=target/classes:target/test-classes:$(<"$FUZZ_DIRECTORY/classpath")
  names=$(write_seeds "$class_path") || fail "the seeds could not be written"
  mapfile -t targets <<<"$names"
  [[ $# -eq 1 ]] || targets=("${@:2}")
  for target in "${targets[@]}"; do
    [[ $'\n'$names$'\n' == *$'\n'"$target"$'\n'* ]] || fail "no target $target; there are: ${names//$'\n'/, }"
  done
  say "${#targets[@]} targets, $seconds seconds each"
  for target in "${targets[@]}"; do
    fuzz_target "$class_path" "$target" "$seconds"
  done
  fuzz_summary "${targets[@]}"
}

# Prints the names of the targets. Seeds of an earlier build go, what was found on from them stays.
write_seeds() {
  rm -rf "$FUZZ_DIRECTORY"/*/seeds
  java "${FUZZ_JVM[@]}" -cp "$1" io.github.keycloakpasskey.fuzz.Fuzzing "$FUZZ_DIRECTORY"
}

# fuzz_target CLASS_PATH TARGET SECONDS
fuzz_target() {
  local folder=$FUZZ_DIRECTORY/$2 inputs
  rm -rf "$folder/findings" "$folder/log"
  mkdir -p "$folder/corpus" "$folder/findings"
  inputs=("$folder/corpus" "$folder/seeds")
  [[ ! -d $KEPT_INPUTS/$2 ]] || inputs+=("$KEPT_INPUTS/$2")
  say "Fuzzing $2"
  # Findings are counted from their files; an exit code says only that there are some.
  java "${FUZZ_JVM[@]}" -cp "$1" com.code_intelligence.jazzer.Jazzer \
    --target_class=io.github.keycloakpasskey.fuzz.Fuzzing --target_args="$2" \
    --instrumentation_includes='io.github.keycloakpasskey.**:com.webauthn4j.**:com.fasterxml.jackson.dataformat.cbor.**:com.fasterxml.jackson.core.json.**' \
    --instrumentation_excludes='io.github.keycloakpasskey.fuzz.**:io.github.keycloakpasskey.testbed.**' \
    --custom_hook_includes='io.github.keycloakpasskey.**:com.webauthn4j.**' \
    --keep_going=20 --reproducer_path="$folder/findings" \
    -artifact_prefix="$folder/findings/" -max_total_time="$3" -timeout=10 -rss_limit_mb=4096 -max_len=8192 \
    -print_final_stats=1 "${inputs[@]}" >"$folder/log" 2>&1 || true
  # A driver that ended without its statistics has not fuzzed.
  grep -q '^stat::number_of_executed_units' "$folder/log" || findings_of "$2" | grep -q . || {
    tail -n 20 "$folder/log" >&2
    fail "Jazzer did not run; its output is in $folder/log"
  }
}

# The inputs that failed; libFuzzer's own names for them.
findings_of() {
  local file
  for file in "$FUZZ_DIRECTORY/$1/findings"/{crash,timeout,oom,slow-unit}-*; do
    [[ ! -f $file ]] || printf '%s\n' "$file"
  done
}

# statistic TARGET NAME
statistic() {
  local name value result=0
  while read -r name value; do
    [[ $name != "stat::$2:" ]] || result=$value
  done <"$FUZZ_DIRECTORY/$1/log"
  printf '%s' "$result"
}

# False where something was found.
fuzz_summary() {
  local target executions total=0 found all_found=()
  say ""
  printf '%-24s %12s %10s %8s %9s\n' target executions exec/s corpus findings
  for target in "$@"; do
    executions=$(statistic "$target" number_of_executed_units)
    mapfile -t found < <(findings_of "$target")
    printf '%-24s %12d %10d %8d %9d\n' "$target" "$executions" "$(statistic "$target" average_exec_per_sec)" \
      "$(find "$FUZZ_DIRECTORY/$target/corpus" -type f | wc -l)" "${#found[@]}"
    total=$((total + executions))
    all_found+=("${found[@]}")
  done
  printf '%-24s %12d %10s %8s %9d\n' total "$total" '' '' "${#all_found[@]}"
  [[ ${#all_found[@]} -gt 0 ]] || return 0
  say ""
  say "Found, with what was thrown in the log beside it ($FUZZ_DIRECTORY/TARGET/log):"
  printf '  %s\n' "${all_found[@]}"
  say "Mend it, and keep the input under a name that tells what it was, so that every test run replays it:"
  say "  mkdir -p $KEPT_INPUTS/TARGET && cp FILE $KEPT_INPUTS/TARGET/telling-name"
  say "  mvn test -Dtest=FuzzRegressionTest"
  return 1
}
