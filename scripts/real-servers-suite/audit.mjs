// What the gateway put on record.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMAIL } from './cases.mjs';

/** All records in all logs below a directory. */
function records(directory) {
  if (!existsSync(directory)) {
    return [];
  }
  return readdirSync(directory, { recursive: true })
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(directory, name), 'utf8').split('\n'))
    .filter((line) => line.includes('"tool_name"'))
    .map((line) => JSON.parse(line));
}

/**
 * What is wrong with the logs below a directory, if anything is: all calls must be there, and the address in the file that
 * was read must not.
 */
export function recordsMissing(directory, calls) {
  const found = records(directory);
  const outcomes = found.filter(({ event }) => event === 'outcome' || event === 'denied');
  const ofTools = outcomes.filter(({ tool_name: tool }) => !tool.startsWith('method:')).length;
  if (ofTools < calls) {
    return `  ${ofTools} outcomes and denials are on record of ${calls} calls`;
  }
  const reading = outcomes.filter((record) => JSON.stringify(record).includes('contact.txt'));
  if (!reading.some(({ status }) => status === 'success')) {
    return '  the call that read the address is not on record';
  }
  return JSON.stringify(found).includes(EMAIL) ? '  the address is on record unmasked' : undefined;
}
