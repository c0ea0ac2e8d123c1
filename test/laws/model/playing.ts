/**
 * Plays a sequence on the plain model and on another world, act by act, and stops at the first difference: another
 * answer to an act, or another state after it. What is reported is the list of acts that were performed, which is
 * enough to play it again by hand.
 */
import { isDeepStrictEqual } from 'node:util';
import { actFor } from './command-acts.ts';
import type { Sequence } from './commands.ts';
import type { Act, ActOutcome, World, WorldView } from './plain-acts.ts';
import { createPlainModel, type PlainModel } from './plain-model.ts';
import { brokenPromises } from './plain-promises.ts';
import { type Calendar, settingUp } from './small-world.ts';

class MismatchError extends Error {
  override readonly name = 'MismatchError';
  constructor(what: string, performed: readonly Act[]) {
    super(`${what}\n\nacts performed:\n${performed.map((act) => `  ${JSON.stringify(act)}`).join('\n')}`);
  }
}

/** Where two values of the same shape differ: one line per place, the model's value first. */
export function differences(model: unknown, other: unknown, path = ''): string[] {
  if (isDeepStrictEqual(model, other)) return [];
  const isTree = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  if (!isTree(model) || !isTree(other)) {
    return [`${path}: model ${JSON.stringify(model)}, other ${JSON.stringify(other)}`];
  }
  const keys = new Set([...Object.keys(model), ...Object.keys(other)]);
  return [...keys].flatMap((key) =>
    differences(model[key], other[key], path === '' ? key : `${path}.${key}`),
  );
}

interface Place {
  readonly prefix: string;
  readonly calendar: Calendar;
  /** Whether each act is sent under a key of its own, or again under that of an earlier one. */
  readonly keys: boolean;
}

/** The acts of a sequence with the model's answers; each is made when the model has performed the one before. */
export function* actsOf(sequence: Sequence, place: Place) {
  const model = createPlainModel(place.calendar.start, sequence.rules);
  const performed: Act[] = [];
  const stage = { ...place, external: sequence.external, model, performed };
  const underKey = (act: Act): Act =>
    place.keys && act.key === undefined ? { ...act, key: `${place.prefix}k${performed.length}` } : act;
  for (const each of settingUp(stage, sequence)) {
    const act = underKey(each);
    performed.push(act);
    yield { act, outcome: model.perform(act), model, performed };
  }
  for (const command of sequence.commands) {
    const meant = actFor(stage, command);
    if (meant === undefined) continue;
    const act = underKey(meant);
    performed.push(act);
    yield { act, outcome: model.perform(act), model, performed };
  }
}

export function checkOutcome(
  act: Act,
  outcomes: { model: ActOutcome; other: ActOutcome },
  performed: readonly Act[],
) {
  const found = differences(outcomes.model, outcomes.other);
  if (found.length > 0)
    throw new MismatchError(`another answer to ${act.act}:\n${found.join('\n')}`, performed);
}

export function checkView(
  act: Act,
  views: { model: WorldView; other: WorldView },
  performed: readonly Act[],
): void {
  const found = differences(views.model, views.other);
  if (found.length > 0)
    throw new MismatchError(`another state after ${act.act}:\n${found.join('\n')}`, performed);
}

/** L13 in what the other world shows, without asking who should have got what. */
export function checkPromises({ state }: PlainModel, other: WorldView, performed: readonly Act[]): void {
  const broken = brokenPromises(state, other);
  if (broken.length > 0) throw new MismatchError(`broken promises:\n${broken.join('\n')}`, performed);
}

/** Plays a sequence on a world without I/O; throws MismatchError at the first difference. */
export function playBeside(sequence: Sequence, calendar: Calendar, world: World): void {
  for (const { act, outcome, model, performed } of actsOf(sequence, { prefix: '', calendar, keys: false })) {
    checkOutcome(act, { model: outcome, other: world.perform(act) }, performed);
    const other = world.view();
    checkPromises(model, other, performed);
    checkView(act, { model: model.view(), other }, performed);
  }
}
