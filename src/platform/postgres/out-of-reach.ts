/**
 * Data for a folder that PostgreSQL's user cannot enter: root's project under /root, say.
 *
 * Decision: it goes to a folder of its own under /var/lib/allot, and the data folder gets a link to it. The link is the
 * only way there, so a data folder that was deleted never comes back by itself. Nobody's data is ever deleted here: a
 * folder that is away for a moment (a disk not mounted, a move half done) looks like one that was thrown away.
 */
import { chmod, mkdtemp, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { exists, systemErrorCode } from './file-facts.ts';
import { systemFolder } from './postgres-binaries.ts';

const PREFIX = 'data-';
/** Holds the path of the link that leads here: whose data this is, for whoever finds it. */
const ORIGIN = '.origin';

/** Makes `link` lead to a new place within reach (to the same one, if two do it at once); returns its folder. */
export async function placeWithinReach(link: string): Promise<string> {
  const home = await mkdtemp(join(await systemFolder(), PREFIX));
  await chmod(home, 0o711);
  await writeFile(join(home, ORIGIN), link);
  try {
    await symlink(join(home, basename(link)), link);
    return home;
  } catch (error) {
    await rm(home, { recursive: true });
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    return dirname(await readlink(link));
  }
}

/** Whether a place was made here and is there: without data in it, its database is still to be made. */
export async function isPlaceWithinReach(home: string): Promise<boolean> {
  return await exists(join(home, ORIGIN));
}
