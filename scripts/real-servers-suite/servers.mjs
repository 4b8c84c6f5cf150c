// The servers, by themselves and behind the gateway.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort, start } from './processes.mjs';

/**
 * @param work where the packages are installed
 * @param data where the servers that keep data keep it
 */
export function servers(work, data) {
  function packaged(name, ...rest) {
    return [process.execPath, join(work, `node_modules/@modelcontextprotocol/server-${name}/dist/index.js`), ...rest];
  }

  const commands = {
    everything: packaged('everything'),
    filesystem: packaged('filesystem', join(data, 'filesystem')),
    memory: ['env', `MEMORY_FILE_PATH=${join(data, 'memory/graph.jsonl')}`, ...packaged('memory')],
  };

  return {
    commands,

    /** @returns the URL of the server that speaks HTTP */
    async startEverything() {
      const port = await freePort();
      return start([...packaged('everything'), 'streamableHttp'], { PORT: String(port) }, (said) =>
        said.includes(`port ${port}`) ? `http://127.0.0.1:${port}/mcp` : undefined,
      );
    },

    /** @returns the URL of each server's endpoint, by its name */
    startGateway(governor, directory, upstream) {
      const stdio = Object.entries(commands).map(([name, command]) => [name, { command }]);
      const behind = { ...Object.fromEntries(stdio), 'everything-http': { url: upstream } };
      // Limits are not what is tested here.
      const config = {
        listen: '127.0.0.1:0',
        servers: behind,
        identity: { everyone: { user: 'inspector' } },
        limits: { rate: '1000000/1h', concurrency: 256, complexity: 100000 },
        grants: { users: { inspector: { permissions: ['PII_READ'] } } },
        audit: { dir: 'audit', durability: 'flush' },
        pins: 'pins.json',
      };
      // JSON is YAML.
      fill(directory, { 'governor.yaml': JSON.stringify(config, null, 2) });
      return start([governor, 'serve', '-f', join(directory, 'governor.yaml')], {}, (said) => {
        const listening = [...said.matchAll(/^listening (http:\S+\/([a-z0-9-]+)\/mcp)$/gm)];
        return listening.length === Object.keys(behind).length
          ? Object.fromEntries(listening.map(([, url, name]) => [name, url]))
          : undefined;
      });
    },
  };
}

/** Makes a directory have just these files. The directory itself stays: a server may be using it. */
export function fill(directory, contents) {
  mkdirSync(directory, { recursive: true });
  readdirSync(directory).forEach((name) => rmSync(join(directory, name), { recursive: true }));
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
}
