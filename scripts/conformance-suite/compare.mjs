// Compares what the conformance suite said of a server and of the same server governed:
//
//     node compare.mjs CHECKS_MIN BASELINE_DIR GOVERNED_DIR [BASELINE_DIR GOVERNED_DIR ...]
//
// A check is its scenario, its id and its status; how often each occurs counts, when and how long does not.
// Exit 0 only if both of each pair have the same checks, at least CHECKS_MIN of them in all, and no check fails anywhere:
// what fails everywhere is the server's fault, or the suite's, and hides what governance would do there.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const [minimum, ...directories] = process.argv.slice(2);
let identical = 0;
let differ = 0;
let failing = 0;
while (directories.length > 0) {
  compare(...directories.splice(0, 2).map(run));
}
if (identical < Number(minimum)) {
  console.log(`fewer checks than the ${minimum} there must be at least`);
}
console.log(`${identical} checks identical, ${differ} differ`);
process.exitCode = differ === 0 && failing === 0 && identical >= Number(minimum) ? 0 : 1;

function compare(baseline, governed) {
  for (const { name, checks, statuses } of [baseline, governed]) {
    const counts = [...statuses].sort().map(([status, count]) => `${count} ${status}`);
    console.log(`${name}: ${counts.join(', ') || 'no checks'}`);
    for (const check of [...checks.keys()].filter((key) => key.endsWith(' FAILURE'))) {
      failing += 1;
      console.log(`fails: ${name}: ${check}`);
    }
  }
  let same = 0;
  let other = 0;
  for (const check of [...new Set([...baseline.checks.keys(), ...governed.checks.keys()])].sort()) {
    const expected = baseline.checks.get(check) ?? 0;
    const actual = governed.checks.get(check) ?? 0;
    same += Math.min(expected, actual);
    other += Math.abs(expected - actual);
    if (expected !== actual) {
      console.log(`differs: ${check}: ${expected} x ${baseline.name}, ${actual} x ${governed.name}`);
    }
  }
  console.log(`${governed.name}: ${same} as ${baseline.name}, ${other} not`);
  identical += same;
  differ += other;
}

function run(directory) {
  const checks = new Map();
  const statuses = new Map();
  // One directory a scenario: server-SCENARIO-TIME.
  for (const entry of readdirSync(directory)) {
    const scenario = entry.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '');
    for (const { id, status } of JSON.parse(readFileSync(join(directory, entry, 'checks.json'), 'utf8'))) {
      count(checks, `${scenario} ${id} ${status}`);
      count(statuses, status);
    }
  }
  return { name: basename(directory), checks, statuses };
}

function count(map, key) {
  map.set(key, (map.get(key) ?? 0) + 1);
}
