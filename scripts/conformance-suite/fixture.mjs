// The server that the conformance suite is run against, directly and through the gateway: Streamable HTTP on a free port
// of the loopback interface, in the 2025 revisions (with sessions) and in 2026-07-28 (without), each request by its own
// revision. Prints its URL in a line and runs until it is told to end.
//
//     node fixture.mjs
import { localhostHostValidation, localhostOriginValidation, toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer, createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import { createServer } from 'node:http';
import { addContentTools } from './fixture/content-tools.mjs';
import { addDialogueTools } from './fixture/dialogue-tools.mjs';
import { addInputTools, requestState } from './fixture/input-tools.mjs';
import { addPrompts } from './fixture/prompts.mjs';
import { addResources, addSubscriptions } from './fixture/resources.mjs';
import { sessions } from './fixture/sessions.mjs';
import { addNotifyingTools, addProgressTool } from './fixture/stream-tools.mjs';
import { TASKS_ONLY, addTaskTools } from './fixture/task-tools.mjs';
import { addTasks } from './fixture/tasks.mjs';

const SERVER = { name: 'conformance-fixture', version: '1.0.0' };

const modern = createMcpHandler(
  () => {
    const server = new McpServer(SERVER, { requestState: { verify: requestState.verify } });
    addTasks(server, TASKS_ONLY);
    addCommon(server);
    addNotifyingTools(server, modern.notify);
    addInputTools(server);
    addTaskTools(server);
    return server;
  },
  { legacy: 'reject', onerror: report },
);

const legacy = sessions(() => {
  const server = new McpServer(SERVER, { capabilities: { logging: {} } });
  addCommon(server);
  addDialogueTools(server);
  addSubscriptions(server);
  return server;
});

function addCommon(server) {
  addContentTools(server);
  addProgressTool(server);
  addResources(server);
  addPrompts(server);
  server.server.onerror = report;
}

function report(error) {
  console.error(error.message);
}

const handler = toNodeHandler(
  { fetch: async (request) => ((await isLegacyRequest(request)) ? legacy(request) : modern.fetch(request)) },
  { onerror: report },
);
const hostAllowed = localhostHostValidation();
const originAllowed = localhostOriginValidation();
const http = createServer((request, response) => {
  if (hostAllowed(request, response) && originAllowed(request, response)) {
    handler(request, response);
  }
});
http.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${http.address().port}/mcp`));
