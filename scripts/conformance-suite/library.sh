# The example server of the Java SDK, bare and with its tools governed by the library.

# What the suite asks of a server that speaks this revision, the newest one the Java SDK speaks.
revision=2025-11-25
# A little below what there is, so that an upgrade of the suite may drop a few and a run of nothing fails.
checks_min=80
records_min=1

start_example() {
  local name=$1
  shift
  start_server "$name" "$("$home/scripts/find-jdk" 25)/bin/java" --add-modules jdk.incubator.vector \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$home/governor-cli/target/classes:$home/governor-cli/target/lib/*" \
    io.mcpgovernor.examples.conformance.ConformanceServer "$@"
}

start_example bare bare
start_example governed governed "$run/audit"
run_suite bare "$revision"
run_suite governed "$revision"

check_audit "$records_min"
node "$suite/compare.mjs" "$checks_min" "$run/$revision-bare" "$run/$revision-governed"
