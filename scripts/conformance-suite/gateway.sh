# The fixture, a server of the TypeScript SDK that speaks both eras of the protocol, directly and through the gateway.

revisions="2025-11-25 2026-07-28"
# A little below what there is, so that an upgrade of the suite may drop a few and a run of nothing fails.
checks_min=280
# As many as there are tool calls, or so.
records_min=100

# Node looks for packages beside the file that wants them.
rm -rf "$work/fixture" "$work/fixture.mjs"
cp -R "$suite/fixture" "$suite/fixture.mjs" "$work"
start_server direct node "$work/fixture.mjs"

# Limits are not what the suite tests.
cat >"$run/governor.yaml" <<YAML
listen: 127.0.0.1:0
servers:
  fixture: { url: "$(cat "$run/direct.url")" }
identity:
  everyone: { user: conformance }
limits: { rate: 1000000/1h, concurrency: 256, complexity: 100000 }
grants: { users: { conformance: { permissions: [PII_READ] } } }
audit: { dir: audit, durability: flush }
pins: pins.json
YAML
start_server through "$home/governor" serve -f "$run/governor.yaml"

pairs=()
for revision in $revisions; do
  run_suite direct "$revision"
  run_suite through "$revision"
  pairs+=("$run/$revision-direct" "$run/$revision-through")
done

check_audit "$records_min"
node "$suite/compare.mjs" "$checks_min" "${pairs[@]}"
