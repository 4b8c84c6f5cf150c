// What is asked of each server, as arguments of the Inspector. Answers through the gateway must be those given directly,
// byte for byte, except where a case says what governance changes:
//
//     masked: [text, mask]   the answer has the mask where the direct one has the text
//     denied: policy         the call is denied by that policy
//     clock: true            the server puts the time of day into its answer; it is not compared
//     fails: true            the direct answer is an error, which it must be for the case to be one

function list(...methods) {
  return methods.map((method) => ({ name: method, ask: ['--method', method] }));
}

function call(tool, given = {}, rest = {}) {
  const ask = ['--method', 'tools/call', '--tool-name', tool, '--tool-args-json', JSON.stringify(given)];
  return { name: `tools/call ${tool}`, ask, ...rest };
}

function read(uri, rest = {}) {
  return { name: `resources/read ${uri}`, ask: ['--method', 'resources/read', '--uri', uri], ...rest };
}

function prompt(name, given = [], rest = {}) {
  const ask = ['--method', 'prompts/get', '--prompt-name', name, ...given.flatMap((pair) => ['--prompt-args', pair])];
  return { name: `prompts/get ${name}`, ask, ...rest };
}

export const everything = [
  ...list('initialize', 'tools/list', 'prompts/list', 'resources/list', 'resources/templates/list'),
  { name: 'logging/setLevel', ask: ['--method', 'logging/setLevel', '--log-level', 'debug'] },
  call('echo', { message: 'hello' }),
  { ...call('echo', {}, { fails: true, denied: 'schema' }), name: 'tools/call echo without the argument it needs' },
  call('get-sum', { a: 1, b: 2 }),
  call('get-tiny-image'),
  call('get-structured-content', { location: 'Chicago' }),
  call('get-annotated-message', { messageType: 'error', includeImage: true }),
  call('get-resource-links', { count: 2 }),
  call('get-resource-reference', {}, { clock: true }),
  call('trigger-long-running-operation', { duration: 1, steps: 2 }),
  read('demo://resource/static/document/features.md'),
  read('demo://resource/dynamic/text/1', { clock: true }),
  read('demo://nothing', { fails: true }),
  prompt('simple-prompt'),
  prompt('args-prompt', ['city=Berlin']),
  prompt('resource-prompt', ['resourceType=Text', 'resourceId=1'], { clock: true }),
  { ...prompt('args-prompt'), name: 'prompts/get args-prompt without the argument it needs', fails: true },
];

/** In a file that is not for everybody. */
export const EMAIL = 'anna.schmidt@example.org';
const MASK = '***@***.com';

/** @param directory the one that the server may use; it has what `files` says */
export function filesystem(directory) {
  const path = (name) => `${directory}/${name}`;
  return [
    ...list('initialize', 'tools/list'),
    call('list_allowed_directories'),
    call('list_directory', { path: directory }),
    call('directory_tree', { path: directory }),
    call('search_files', { path: directory, pattern: '**/*.txt' }),
    call('read_text_file', { path: path('plain.txt') }),
    call('read_multiple_files', { paths: [path('plain.txt'), path('folder/deep.txt')] }),
    call('read_media_file', { path: path('pixel.png') }),
    {
      ...call('read_text_file', { path: path('none.txt') }, { fails: true }),
      name: 'tools/call read_text_file of no file',
    },
    call('write_file', { path: path('new.txt'), content: 'Written by the one before.\n' }),
    call('edit_file', { path: path('new.txt'), edits: [{ oldText: 'one', newText: 'two' }] }),
    call('move_file', { source: path('new.txt'), destination: path('moved.txt') }),
    { ...call('read_text_file', { path: path('moved.txt') }), name: 'tools/call read_text_file of what was written' },
    {
      ...call('read_text_file', { path: path('contact.txt') }, { masked: [EMAIL, MASK] }),
      name: 'tools/call read_text_file with an e-mail address',
    },
    {
      ...call('write_file', { path: path('copy.txt'), content: `Write to ${MASK}.\n` }, { denied: 'masked_value' }),
      name: 'tools/call write_file with what was masked',
    },
  ];
}

export const files = {
  'plain.txt': 'Nothing to hide: 12 apples, 3.50 EUR, 2026-07-28.\n',
  'folder/deep.txt': 'Deep down. Grüße, 你好.\n',
  'contact.txt': `Write to ${EMAIL}.\n`,
  'pixel.png': Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC',
    'base64',
  ),
};

const GOVERNOR = { name: 'governor', entityType: 'machine', observations: ['regulates'] };
const ENGINE = { name: 'engine', entityType: 'machine', observations: ['turns'] };

export const memory = [
  ...list('initialize', 'tools/list'),
  call('create_entities', { entities: [GOVERNOR, ENGINE] }),
  call('create_relations', { relations: [{ from: 'governor', to: 'engine', relationType: 'limits' }] }),
  call('add_observations', { observations: [{ entityName: 'engine', contents: ['slows down'] }] }),
  call('read_graph'),
  call('search_nodes', { query: 'slow' }),
  call('open_nodes', { names: ['governor'] }),
  call('delete_entities', { entityNames: ['engine'] }),
  { ...call('read_graph'), name: 'tools/call read_graph without what was deleted' },
];
