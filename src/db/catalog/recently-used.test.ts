/** What was used lately stays, whatever else comes and goes, and the map never grows beyond its bound. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecentlyUsed } from './recently-used.ts';

it('keeps the last half of its bound that was used, and never answers with another value', () => {
  const act = fc.record({ key: fc.integer({ min: 0, max: 40 }), sets: fc.boolean() });
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 20 }), fc.array(act, { maxLength: 300 }), (most, acts) => {
      const map = new RecentlyUsed<number, string>(most);
      const written = new Map<number, string>();
      let used: number[] = [];
      for (const [step, { key, sets }] of acts.entries()) {
        if (sets) {
          map.set(key, `${key}/${step}`);
          written.set(key, `${key}/${step}`);
        } else {
          const found = map.get(key);
          if (found !== undefined) expect(found).toBe(written.get(key));
          else expect(used.slice(0, Math.floor(most / 2))).not.toContain(key);
          if (found === undefined) continue;
        }
        used = [key, ...used.filter((each) => each !== key)];
      }
      const kept = [...written.keys()].filter((key) => map.get(key) !== undefined);
      expect(kept.length).toBeLessThanOrEqual(most);
    }),
  );
});
