/**
 * The codes of all that can be refused: those of the rules (core/kernel/refusal.ts) and those that only the door itself makes.
 * A page words each of them in its language, so a new code does not compile until every language has it.
 */
import type { RefusalCode } from '../core/kernel/refusal.ts';

/** Refusals that only the door itself makes. */
const DOOR_CODES = [
  'payload_too_large',
  'headers_too_large',
  'request_timeout',
  'unsupported_media_type',
  'not_loopback',
  'foreign_origin',
  'overloaded',
  'outdated_program',
  'database_unavailable',
  'outcome_unknown',
  'internal_error',
] as const;

export type ProblemCode = RefusalCode | (typeof DOOR_CODES)[number];
