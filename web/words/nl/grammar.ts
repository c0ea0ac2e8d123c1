/** How Dutch counts and lists. */
import { grammarOf } from '../../../src/words/grammar.ts';

export const { plural, counted, and, or } = grammarOf('nl');
