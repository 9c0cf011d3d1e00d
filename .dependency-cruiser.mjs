/**
 * The rooms of the house: what each may import from src, and which library it alone owns.
 * docs/architecture.md shows the same table to people. A test plants violations of each kind.
 */
const leaves = [
  'errors',
  'order',
  'vocabulary',
  'redact',
  'latency',
  'known-services',
  'assumptions',
];

/** Room → the rooms it may import. A room is a file `src/<room>.ts` or a folder `src/<room>/`. */
export const rooms = {
  errors: [],
  order: [],
  vocabulary: [],
  redact: [],
  latency: [],
  'known-services': [],
  assumptions: [],
  yaml: [],
  schedule: [],
  evidence: ['schedule'],
  files: [],
  config: ['yaml'],
  landscape: ['evidence', 'schedule'],
  finding: ['evidence'],
  reconcile: ['evidence', 'schedule', 'landscape', 'finding'],
  graph: ['landscape'],
  scanners: ['evidence', 'schedule', 'files', 'yaml'],
  proposal: ['evidence', 'files', 'scanners', 'reconcile', 'editing'],
  editing: ['yaml', 'scanners'],
  analyzers: ['graph', 'landscape', 'schedule'],
  verify: [],
  checks: ['analyzers', 'landscape', 'finding', 'evidence'],
  audit: [
    'evidence',
    'schedule',
    'files',
    'yaml',
    'config',
    'landscape',
    'finding',
    'reconcile',
    'scanners',
    'analyzers',
    'checks',
  ],
  renderers: [
    'audit',
    'landscape',
    'finding',
    'analyzers',
    'evidence',
    'schedule',
    'scanners',
    'files',
  ],
  cli: [
    'audit',
    'config',
    'renderers',
    'scanners',
    'files',
    'finding',
    'proposal',
    'editing',
    'verify',
  ],
  index: [
    'audit',
    'config',
    'errors',
    'evidence',
    'files',
    'finding',
    'landscape',
    'renderers',
    'scanners',
  ],
};

/** Library → the only place that imports it. */
export const owners = {
  croner: 'src/schedule.ts',
  'node:fs|fs|fs/promises|node:fs/promises': 'src/files',
  'node:zlib|zlib|zstddec': 'src/files/',
  'graphology|graphology-communities-louvain|graphology-components': 'src/graph',
  'graphology-metrics|highs': 'src/analyzers/',
  'js-yaml': 'src/yaml',
  'csv-parse': 'src/scanners/(?:inventory|engines)/',
  'read-excel-file': 'src/scanners/inventory/',
  '@clickhouse/client|@duckdb/node-api': 'src/scanners/engines/clients/',
  'hyparquet|hyparquet-compressors': 'src/scanners/engines/',
  'ts-morph|@vscode/tree-sitter-wasm|ignore': 'src/scanners/scripts/',
  handlebars: 'src/renderers/',
  '@dagrejs/dagre': 'src/renderers/',
  '@mermaid-js/mermaid-cli|puppeteer|@sparticuz/chromium': 'src/renderers/image/',
  commander: 'src/cli/',
  ora: 'src/cli/',
};

const roomOf = (name) => `^src/${name}(?:\\.ts$|/)`;

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room-${room}`,
  comment: `${room} may import only: ${[...leaves, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: roomOf(room) },
  to: { path: '^src/', pathNot: [room, ...leaves, ...allowed].map(roomOf) },
}));

const ownerRules = Object.entries(owners).map(([libraries, owner]) => ({
  name: `owner-of-${libraries.split('|')[0].replace(/[^a-z]+/g, '-')}`,
  comment: `only ${owner} imports ${libraries}`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^${owner.replace('.', '\\.')}` },
  to: {
    path: libraries.split('|').flatMap((name) => [`^${name}$`, `(?:^|/)node_modules/${name}/`]),
  },
}));

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'data goes one way, and so do imports',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-homeless-file',
      comment: 'a new file belongs to a room; name the room in this table first',
      severity: 'error',
      from: { path: '^src/', pathNot: Object.keys(rooms).map(roomOf) },
      to: {},
    },
    {
      name: 'scanners-open-no-connection',
      comment: 'scanners read files and nothing else; only an engine that the user names is asked',
      severity: 'error',
      from: { path: '^src/scanners/', pathNot: '^src/scanners/engines/clients/' },
      to: {
        path: '^(?:node:)?(?:net|http|https|http2|tls|dgram|dns|child_process|vm)$',
      },
    },
    {
      name: 'scanners-start-no-thread',
      comment:
        'only the pools that read scripts and logs start threads, and those run our own code',
      severity: 'error',
      from: {
        path: '^src/scanners/',
        pathNot: '^src/scanners/(?:scripts/reading|gateway/log)-(?:pool|worker)\\.ts$',
      },
      to: { path: '^(?:node:)?(?:worker_threads|cluster)$' },
    },
    {
      name: 'not-to-dev-dependency',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'commands-load-when-called',
      comment:
        'starting the command line loads no command, and a source loads only its own scanner',
      severity: 'error',
      from: { path: '^src/(?:cli/main|cli/[a-z]+-commands|scanners/index)\\.ts$' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(?:errors|scanners/scanner|cli/interruption|cli/tool-version|cli/common-options|cli/[a-z]+-commands)\\.ts$',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    ...roomRules,
    ...ownerRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
