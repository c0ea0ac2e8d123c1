/**
 * Who may import whom. The table is the shape of the house: rules know nothing, SQL knows the rules, stories know
 * both, edges know the stories. Where a circle seems to be needed, a word lives in the wrong folder: move the word.
 * A row is found by the longest place that a file's path begins with; tests beside the code are not bound by it.
 */
import { dirname, join } from 'node:path/posix';
import {
  type Breach,
  childOf,
  isTest,
  lineAt,
  type SourceFile,
  syntaxOf,
  textOf,
  walk,
} from './source-files.ts';

interface Place {
  /** Folders or files of the project that may be imported, besides the place itself. */
  readonly own: readonly string[];
  /** Packages that may be imported; any when absent. */
  readonly packages?: readonly string[];
  readonly instead: string;
}

const PURE = 'take it as an argument: the core takes data and gives data';
const UPWARDS = `${PURE}, and words used by both belong in the lower folder`;

/** Inside the core each folder may use those before it. */
const CORE = ['kernel', 'catalog', 'inventory', 'supply', 'promises', 'orders', 'sourcing', 'allocation'];

function corePlaces(): Record<string, Place> {
  const places: Record<string, Place> = { 'src/core': { own: [], packages: [], instead: UPWARDS } };
  for (const [index, folder] of CORE.entries()) {
    const before = CORE.slice(0, index).map((each) => `src/core/${each}`);
    places[`src/core/${folder}`] = { own: before, packages: [], instead: UPWARDS };
  }
  // The language of conditions: a pure package, for one file.
  places['src/core/sourcing/condition.ts'] = {
    own: ['src/core/kernel', 'src/core/sourcing'],
    packages: ['@marcbachmann/cel-js'],
    instead: UPWARDS,
  };
  return places;
}

/**
 * The rooms of the stories. All use the frame and none uses another: a piece that two of them need belongs to the frame,
 * under its subject, or to the core. What a room has to itself of the folders beside src/app stands here.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  frame: [],
  catalog: [],
  orders: [],
  placing: [],
  promises: [],
  purchasing: [],
  reports: ['src/custom-reports'],
  sourcing: [],
  stock: [],
  verify: ['src/laws'],
};

function appPlaces(): Record<string, Place> {
  const places: Record<string, Place> = {};
  for (const [room, others] of Object.entries(ROOMS)) {
    const below = room === 'frame' ? [] : ['src/app/frame', 'src/reads'];
    places[`src/app/${room}`] = {
      own: ['src/core', 'src/db', 'src/contract', ...below, ...others],
      packages: ['node:crypto'],
      instead:
        'a story uses the frame, rules, SQL and the words of the wire; what two rooms need belongs to src/app/frame',
    };
  }
  return places;
}

const IMPORT_TABLE: Readonly<Record<string, Place>> = {
  ...corePlaces(),
  'src/db': {
    own: ['src/core'],
    packages: ['kysely', 'pg', 'node:crypto'],
    instead: 'a statement takes plain values; let the story in src/app bring them',
  },
  ...appPlaces(),
  'src/reads': {
    own: [
      'src/core',
      'src/contract',
      'src/db/database.ts',
      'src/db/schema/schema.ts',
      'src/db/orders/stored-explanation.ts',
      'src/db/orders/day-facts.ts',
      // queues are read in one order, by who shows them as by who serves them
      'src/db/rank.ts',
      // what is on its way is the same units for who reads as for who decides
      'src/db/supply/bought-lines.ts',
    ],
    packages: ['kysely'],
    instead: 'a list or view is parameters, row type and SQL over db/database; write its own statement',
  },
  'src/laws': {
    own: ['src/core', 'src/db/database.ts', 'src/db/orders/day-facts.ts'],
    packages: ['kysely'],
    instead: 'a law is checked by statements of its own, not by the code that is to keep it',
  },
  'src/export': {
    own: ['src/core', 'src/db/database.ts', 'src/db/orders/stored-explanation.ts'],
    packages: ['kysely'],
    instead: 'an export is SQL over db/database; write its own statement',
  },
  'src/custom-reports': {
    own: ['src/core', 'src/contract', 'src/db/database.ts', 'src/db/orders/day-facts.ts'],
    packages: ['kysely'],
    instead: 'a report is compiled from words of the contract; let src/app/reports run it',
  },
  'src/contract': {
    own: ['src/core'],
    packages: ['zod'],
    instead:
      'the wire is zod over words of the core; whoever serves it imports the contract, not the other way',
  },
  'src/words': {
    own: ['src/contract', 'src/core'],
    packages: [],
    instead: 'words are made of the values of the wire; take anything else as an argument',
  },
  'src/imports': {
    own: ['src/contract', 'src/core', 'src/platform'],
    packages: ['zod', 'csv-parse', 'csv-stringify', 'node:crypto', 'node:fs', 'node:stream'],
    instead: 'a file is read into requests to the API; let the API do the rest',
  },
  'src/http': {
    own: [
      'src/app',
      'src/reads',
      'src/custom-reports',
      'src/imports',
      'src/contract',
      'src/platform',
      'src/core',
      'src/db/database.ts',
      'src/db/schema/schema.ts',
      'src/db/connection/failures.ts',
    ],
    instead: 'ask a story in src/app, or a list or view in src/reads',
  },
  'src/jobs': {
    own: ['src/app', 'src/db', 'src/contract', 'src/platform'],
    instead: 'a job runs a story of src/app',
  },
  'src/report-store': {
    own: [
      'src/app/reports/report-desk.ts',
      'src/custom-reports',
      'src/contract',
      'src/db/database.ts',
      'src/platform',
    ],
    packages: [
      'kysely',
      'pg',
      'pg-copy-streams',
      '@duckdb/node-api',
      'node:crypto',
      'node:fs',
      'node:path',
      'node:stream',
      'node:timers',
    ],
    instead: 'the store keeps what reports are read from; what a figure is stands in src/custom-reports',
  },
  'src/platform': { own: [], instead: 'the platform knows nothing of Allot; pass it in' },
  'src/cli': {
    own: [
      'src/app',
      'src/reads',
      'src/laws',
      'src/export',
      'src/imports',
      'src/http',
      'src/platform',
      'src/contract',
      'src/jobs',
      'src/db',
      'src/core',
      'src/words',
      'src/node.ts',
    ],
    instead: 'a command runs a story or calls the API',
  },
  'src/node.ts': {
    own: ['src/http', 'src/jobs', 'src/db', 'src/app', 'src/platform', 'src/report-store'],
    instead: 'node.ts only puts one node together',
  },
  web: {
    own: ['src/contract', 'src/words'],
    instead: 'a page knows the wire only; ask the server for the rest',
  },
  'src/main.ts': { own: ['src/cli'], instead: 'let a command of src/cli do it' },
};

interface Import {
  readonly from: string;
  readonly line: number;
}

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/** Everything a file imports: static, dynamic, for types only, or to export again. */
function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  walk(syntaxOf(file), (node) => {
    if (!IMPORTING.has(node.type)) return;
    const from = textOf(childOf(node, 'source') ?? childOf(node, 'argument'), 'value');
    if (from !== undefined) found.push({ from, line: lineAt(file.text, node.start) });
  });
  return found;
}

function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

/** Tests, benchmarks and scripts may use anything. */
function isBound(path: string): boolean {
  return (isWithin(path, 'src') || isWithin(path, 'web')) && !isTest(path);
}

function placeOf(path: string): string | undefined {
  return Object.keys(IMPORT_TABLE)
    .filter((place) => isWithin(path, place))
    .sort((a, b) => b.length - a.length)[0];
}

/** 'zod' of 'zod/v4', '@scope/name' of '@scope/name/part', 'node:fs' of 'node:fs/promises'. */
function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function mayImport(place: string, from: string, target: string | undefined): boolean {
  const row = IMPORT_TABLE[place];
  if (row === undefined) return false;
  if (target === undefined) return row.packages === undefined || row.packages.includes(packageOf(from));
  return isWithin(target, place) || row.own.some((allowed) => isWithin(target, allowed));
}

/** The file of the project that `specifier` names from `path`; undefined for a package. */
function targetOf(path: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? join(dirname(path), specifier) : undefined;
}

function rulesBrokenBy(file: SourceFile, { from, line }: Import): Breach[] {
  const target = targetOf(file.path, from);
  if (target !== undefined && !/\.(ts|tsx|json|mjs|css)$/.test(target)) {
    return [
      { file: file.path, line, rule: `import of ${from} without .ts`, instead: 'name the file as it is' },
    ];
  }
  if (!isBound(file.path)) return [];
  const place = placeOf(file.path);
  if (place === undefined) {
    const instead = 'move it into a folder of the table, or add a row and say why';
    return [{ file: file.path, line: 1, rule: 'a file outside the import table', instead }];
  }
  if (mayImport(place, from, target)) return [];
  const instead = IMPORT_TABLE[place]?.instead ?? '';
  return [{ file: file.path, line, rule: `${place} may not import ${target ?? from}`, instead }];
}

function barrels(file: SourceFile): Breach[] {
  const found: Breach[] = [];
  walk(syntaxOf(file), (node) => {
    if (node.type !== 'ExportAllDeclaration') return;
    const line = lineAt(file.text, node.start);
    found.push({
      file: file.path,
      line,
      rule: 'export * hides where a name lives',
      instead: 'import from its own file',
    });
  });
  return found;
}

/** The first circle found from each file that is on one, named by its files in order. */
export function circles(files: readonly SourceFile[]): Breach[] {
  const graph = new Map(
    files.map((file) => [file.path, importsOf(file).flatMap(({ from }) => targetOf(file.path, from) ?? [])]),
  );
  const finished = new Set<string>();
  const found: Breach[] = [];
  function visit(path: string, trail: readonly string[]): void {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) {
      const circle = [...trail.slice(seenAt), path].join(' -> ');
      found.push({
        file: path,
        line: 1,
        rule: `circle ${circle}`,
        instead: 'move the shared word to a lower file',
      });
      return;
    }
    if (finished.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    finished.add(path);
  }
  for (const path of graph.keys()) visit(path, []);
  return found;
}

export function brokenImports(files: readonly SourceFile[]): Breach[] {
  return files.flatMap((file) => [
    ...importsOf(file).flatMap((each) => rulesBrokenBy(file, each)),
    ...(isBound(file.path) ? barrels(file) : []),
  ]);
}
