/**
 * Data for a folder that PostgreSQL's user cannot enter: root's project under /root, say.
 *
 * Decision: it goes to a folder of its own under /var/lib/allot, and the data folder gets a link to it. The link is the
 * only way there, so a data folder that was deleted never comes back. Nobody's data is ever deleted here, with one
 * exception: that of a folder in the system's temporary folder which is gone, since it was made to be thrown away
 * (test runs would fill the disk otherwise).
 */
import { chmod, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { exists, systemErrorCode } from './file-facts.ts';
import { findHolder } from './folder-holder.ts';
import { systemFolder } from './postgres-binaries.ts';

const PREFIX = 'data-';
/** Holds the path of the link that leads here. */
const ORIGIN = '.origin';

/** Makes `link` lead to a new place within reach (to the same one, if two do it at once); returns its folder. */
export async function placeWithinReach(link: string): Promise<string> {
  const parent = await systemFolder();
  await clearThrownAway(parent);
  const home = await mkdtemp(join(parent, PREFIX));
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

async function clearThrownAway(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const home = join(parent, name);
    if (await isThrownAway(home)) await rm(home, { recursive: true, force: true });
  }
}

/** A folder just being made has no origin yet, or its data folder is there. */
async function isThrownAway(home: string): Promise<boolean> {
  const origin = await readFile(join(home, ORIGIN), 'utf8').catch(() => '');
  if (!origin.startsWith(join(tmpdir(), '/'))) return false;
  return !(await exists(dirname(origin))) && (await findHolder(home)) === undefined;
}
