// Servers that run while they are asked.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const START_MILLIS = 60_000;
const running = [];

/**
 * Starts a process and waits until it has said on stderr what is waited for.
 *
 * @param done is given all that was said, and gives what is waited for, or nothing
 */
export function start(command, env, done) {
  return new Promise((resolve, reject) => {
    const child = spawn(command[0], command.slice(1), {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running.push(child);
    let said = '';
    const failed = (what) => reject(new Error(`${command.join(' ')} ${what}:\n${said}`));
    const tooLate = setTimeout(() => failed('did not start'), START_MILLIS);
    child.on('error', reject);
    child.on('exit', () => failed('ended'));
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
      const found = done(said);
      if (found) {
        clearTimeout(tooLate);
        resolve(found);
      }
    });
  });
}

export async function stopAll() {
  await Promise.all(
    running.map((child) => {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      return child.exitCode === null && child.kill() ? ended : undefined;
    }),
  );
}

/** For servers that do not say which port they have taken. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
