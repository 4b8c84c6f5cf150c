// Asks a server by the command line of the MCP Inspector, a client that is not ours.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** Far more than any answer takes, so that what hangs is seen to. */
const TIMEOUT_MILLIS = 180_000;

/** Half of an Inspector's time is spent on waiting for a server's end. */
const AT_ONCE_MAX = 2 * availableParallelism();

/**
 * @param work where the packages are installed
 * @returns asks: takes where the server is and what to ask, and gives all that the Inspector says
 */
export function inspector(work) {
  const launcher = join(work, 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js');
  let running = 0;
  const waiting = [];

  function next() {
    if (running < AT_ONCE_MAX && waiting.length > 0) {
      running += 1;
      waiting.shift()().finally(() => {
        running -= 1;
        next();
      });
    }
  }

  function one(server, ask) {
    return new Promise((resolve, reject) => {
      const options = ['--cli', '--format', 'json', '--quiet', '--connect-timeout', String(TIMEOUT_MILLIS)];
      // The server comes last: all that follows its command belongs to it.
      const given = [...options, ...ask, ...server];
      const child = spawn(process.execPath, [launcher, ...given], {
        // It keeps files of its own in the user's home.
        env: { ...process.env, HOME: join(work, 'home') },
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: TIMEOUT_MILLIS,
      });
      let said = '';
      let complaint = '';
      child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
      child.stderr.setEncoding('utf8').on('data', (text) => (complaint += text));
      child.on('error', reject);
      child.on('close', (code) => resolve(`${said}${complaint}exit ${code}\n`));
    });
  }

  return (server, ask) =>
    new Promise((resolve, reject) => {
      waiting.push(() => one(server, ask).then(resolve, reject));
      next();
    });
}
