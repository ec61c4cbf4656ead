/** What may import what: the table of the design, as rules. */
const rooms = {
  'types\\.ts$': [],
  'errors\\.ts$': [],
  'turn\\.ts$': [],
  'pace\\.ts$': ['types', 'turn'],
  'linearLight\\.ts$': [],
  'questions\\.ts$': ['types'],
  'inspections\\.ts$': ['types'],
  'spaceKey\\.ts$': ['types'],
  'vectors\\.ts$': ['types'],
  'categories\\.ts$': ['types'],
  data: ['types', 'errors', 'vectors', 'kernels', 'linearLight\\.ts$'],
  embedding: ['types', 'inspections', 'errors', 'vectors', 'kernels', 'turn'],
  projection: ['types', 'errors', 'vectors', 'kernels', 'pace'],
  similarity: ['types', 'questions', 'errors', 'vectors', 'kernels', 'pace'],
  // The default options and their ranges are plain data.
  storage: ['types', 'errors', 'projection/options\\.ts$'],
  // Of the engine, what is asked of it: the engine itself is handed in.
  'pipeline\\.ts$': ['types', 'questions', 'categories', 'engine/contract\\.ts$'],
  engine: [
    'types',
    'questions',
    'inspections',
    'spaceKey',
    'errors',
    'vectors',
    'kernels',
    'pace',
    'embedding',
    'projection',
    'similarity',
  ],
  workers: [
    'types',
    'questions',
    'inspections',
    'errors',
    'vectors',
    'kernels',
    'engine',
    'data',
    'embedding',
    'projection',
    'similarity',
    'storage',
  ],
  scene: ['types', 'errors', 'linearLight\\.ts$'],
};

const path = (name) => `^src/${name.includes('\\') ? name : `${name}(/|\\.ts$)`}`;

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: { path: '^src' }, to: { circular: true } },
    {
      name: 'not-in-package-json',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/env\\.d\\.ts$' },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined', 'npm-dev'],
        // Names that only the build knows: a file's address, and the alias of vite.config.ts.
        pathNot: ['\\?url$', '^ort-webgpu$'],
      },
    },
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `room-${room.replace(/\W.*/, '')}`,
      severity: 'error',
      from: { path: path(room) },
      to: { path: '^src', pathNot: [path(room), ...allowed.map(path)] },
    })),
    {
      name: 'room-app',
      severity: 'error',
      from: { path: '^src/app' },
      to: {
        path: '^src',
        pathNot: [
          '^src/app',
          ...[
            'types',
            'questions',
            'inspections',
            'spaceKey',
            'errors',
            'vectors',
            'categories',
            'pipeline',
            'storage',
            'scene',
            'kernels',
          ].map(path),
          '^src/workers/engine\\.ts$',
          '^src/engine/contract\\.ts$',
          '^src/embedding/registry\\.ts$',
          '^src/projection/options\\.ts$',
          '^src/similarity/clusterOptions\\.ts$',
          '^src/projection/align\\.ts$',
          '^src/data/typed\\.ts$',
          '^src/similarity/formula\\.ts$',
        ],
      },
    },
    {
      name: 'room-cli',
      severity: 'error',
      from: { path: '^src/cli' },
      to: { path: '^src/(app|scene|workers)/' },
    },
    {
      name: 'scene-knows-no-framework',
      severity: 'error',
      from: { path: '^src/scene' },
      to: { path: 'node_modules/svelte' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'svelte', 'browser', 'default'] },
  },
};
