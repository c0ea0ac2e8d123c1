/**
 * The same problem for HiGHS, an integer programming solver: most units first, then the fewest openings, then the fewest of
 * them whose kilometres are not known, then the least kilometres of the others, each solved with the results before it held
 * fast. Written apart from the search it is compared with.
 */
import createSolver from 'highs';
import type { SearchProblem } from '../../src/core/sourcing/search/search-problem.ts';

export interface Solved {
  readonly units: number;
  readonly opened: number;
  readonly unknown: number;
  readonly kilometres: number;
}

type CreateSolver = typeof createSolver.default;
type Solver = Awaited<ReturnType<CreateSolver>>;
/** Its types describe another form of the module than the one that is loaded. */
const create = createSolver as unknown as CreateSolver;
let loading: Promise<Solver> | undefined;

interface Term {
  readonly factor: number;
  readonly name: string;
}

export async function solveByHighs(problem: SearchProblem): Promise<Solved> {
  loading ??= create();
  const solver = await loading;
  const { terms, rows, bounds, integers, binaries } = modelOf(problem);
  const shared = { bounds, integers, binaries };
  const units = Math.round(solve(solver, { sense: 'Maximize', terms: terms.units, rows, ...shared }));
  const served = [...rows, `${sumOf(terms.units)} >= ${units}`];
  const opened = Math.round(
    solve(solver, { sense: 'Minimize', terms: terms.opened, rows: served, ...shared }),
  );
  const counted = [...served, `${sumOf(terms.opened)} <= ${opened}`];
  const unknown = Math.round(
    solve(solver, { sense: 'Minimize', terms: terms.unknown, rows: counted, ...shared }),
  );
  const known = [...counted, ...(terms.unknown.length > 0 ? [`${sumOf(terms.unknown)} <= ${unknown}`] : [])];
  const kilometres = solve(solver, { sense: 'Minimize', terms: terms.kilometres, rows: known, ...shared });
  return { units, opened, unknown, kilometres };
}

interface Model {
  readonly terms: Readonly<Record<'units' | 'opened' | 'unknown' | 'kilometres', readonly Term[]>>;
  readonly rows: readonly string[];
  readonly bounds: readonly string[];
  readonly integers: readonly string[];
  readonly binaries: readonly string[];
}

/** x: units (or, for whole items, whether) warehouse w gives to item i; y: whether it ships. */
function modelOf({ items, warehouses, mostOpened }: SearchProblem): Model {
  const units: Term[] = [];
  const rows: string[] = [];
  const bounds: string[] = [];
  const integers: string[] = [];
  const binaries: string[] = [];
  for (const [i, { wanted, whole, stock }] of items.entries()) {
    const given: Term[] = [];
    for (const [w, { free }] of warehouses.entries()) {
      const has = free[stock] ?? 0;
      const name = `x${w}_${i}`;
      const most = whole ? (has >= wanted ? 1 : 0) : Math.min(has, wanted);
      if (most === 0) continue;
      units.push({ factor: whole ? wanted : 1, name });
      given.push({ factor: 1, name });
      rows.push(`${name} - ${most} y${w} <= 0`);
      (whole ? binaries : integers).push(name);
      if (!whole) bounds.push(`0 <= ${name} <= ${most}`);
    }
    if (given.length > 0) rows.push(`${sumOf(given)} <= ${whole ? 1 : wanted}`);
  }
  const closed = warehouses.flatMap(({ opened }, w) => (opened ? [] : [w]));
  for (const w of warehouses.keys()) binaries.push(`y${w}`);
  const opened = closed.map((w) => ({ factor: 1, name: `y${w}` }));
  if (mostOpened !== null && opened.length > 0) rows.push(`${sumOf(opened)} <= ${mostOpened}`);
  const costs = (at: number) => closed.map((w) => ({ factor: warehouses[w]?.costs[at] ?? 0, name: `y${w}` }));
  return {
    terms: { units, opened, unknown: costs(1), kilometres: costs(2) },
    rows,
    bounds,
    integers,
    binaries,
  };
}

function sumOf(terms: readonly Term[]): string {
  return terms.map(({ factor, name }) => `+ ${factor} ${name}`).join(' ');
}

function solve(
  solver: Solver,
  {
    sense,
    terms,
    rows,
    bounds,
    integers,
    binaries,
  }: Omit<Model, 'terms'> & {
    readonly sense: 'Maximize' | 'Minimize';
    readonly terms: readonly Term[];
  },
): number {
  if (terms.length === 0) return 0;
  const text = [
    sense,
    ` obj: ${sumOf(terms)}`,
    'Subject To',
    ...rows.map((row, index) => ` r${index}: ${row}`),
    ...(rows.length === 0 ? [' r0: + 0 y0 <= 1'] : []),
    'Bounds',
    ...bounds.map((bound) => ` ${bound}`),
    'General',
    ` ${integers.join(' ')}`,
    'Binary',
    ` ${binaries.join(' ')}`,
    'End',
  ].join('\n');
  const solved = solver.solve(text, { mip_rel_gap: 0, mip_abs_gap: 0 });
  if (solved.Status !== 'Optimal') throw new Error(`HiGHS says ${solved.Status}`);
  return solved.ObjectiveValue;
}
