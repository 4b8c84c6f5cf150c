// Compares what servers say directly with what they say through each door of the gateway:
//
//     node run.mjs GOVERNOR WORK    the command of the gateway; where the packages are, and where all else goes
//
// Exit 0 only if nothing differs but what governance changes, and all calls are on record.
import { join } from 'node:path';
import { recordsMissing } from './audit.mjs';
import { everything, files, filesystem, memory } from './cases.mjs';
import { compare } from './compare.mjs';
import { inspector } from './inspector.mjs';
import { stopAll } from './processes.mjs';
import { fill, servers } from './servers.mjs';

const [governor, work] = process.argv.slice(2);
const ask = inspector(work);
const serve = join(work, 'serve');
const state = join(work, 'state');
const filesData = join(work, 'data/filesystem');
const memoryData = join(work, 'data/memory');

let compared = 0;
let differ = 0;
function result(name, wrong) {
  compared += 1;
  differ += wrong === undefined ? 0 : 1;
  console.log(wrong === undefined ? `same     ${name}` : `DIFFERS  ${name}\n${wrong}`);
}

function calls(...asked) {
  return asked.flat().filter(({ name }) => name.startsWith('tools/call')).length;
}

async function main() {
  [state, filesData, memoryData].forEach((directory) => fill(directory, {}));
  const { commands, startEverything, startGateway } = servers(work, join(work, 'data'));
  const upstream = await startEverything();
  const endpoints = await startGateway(governor, serve, upstream);
  const http = (url) => ['--transport', 'http', '--server-url', url];
  const doors = (name) => ({
    direct: ['--', ...commands[name]],
    run: ['-e', `XDG_STATE_HOME=${state}`, '--', governor, 'run', '--', ...commands[name]],
    serve: http(endpoints[name]),
  });
  const httpDoors = { direct: http(upstream), serve: http(endpoints['everything-http']) };

  const inFiles = filesystem(filesData);
  const to = { ask, result };
  await Promise.all([
    compare(to, 'everything', everything, doors('everything')),
    compare(to, 'everything over HTTP', everything, httpDoors),
    compare(to, 'filesystem', inFiles, doors('filesystem'), () => fill(filesData, files)),
    compare(to, 'memory', memory, doors('memory'), () => fill(memoryData, {})),
  ]);
  const asked = [everything, inFiles, memory];
  result('audit log of run', recordsMissing(state, calls(...asked)));
  result('audit log of serve', recordsMissing(join(serve, 'audit'), calls(...asked, everything)));
}

try {
  await main();
} finally {
  await stopAll();
}
console.log(`${compared} comparisons, ${differ} differ`);
process.exitCode = differ === 0 ? 0 : 1;
