/**
 * Debian's Chromium without being root: downloaded by apt-get with lists and caches of its own, unpacked (not
 * installed) into .cache/chromium, and run from there.
 *
 * Decision: apt-get sees the system's record of installed packages, so it fetches only what is missing here; signatures
 * are checked as ever. Unpacked elsewhere, Chromium finds its libraries and fonts through its environment. The folder
 * gets its name only when complete.
 */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { capture, run } from './command.mjs';

/** With fonts, so that text is drawn on a machine that has none. */
export const PACKAGES = ['chromium', 'fonts-dejavu-core', 'fonts-liberation'];

const PROGRAM = 'usr/lib/chromium/chromium';

/** Program and environment of a Chromium unpacked earlier; undefined when there is none. */
export async function unpackedChromium(cache) {
  const folder = join(cache, 'chromium');
  const files = await readdir(join(folder, dirname(PROGRAM))).catch(() => []);
  if (!files.includes('chromium')) return undefined;
  const env = {
    LD_LIBRARY_PATH: (await libraryFolders(folder)).join(':'),
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
  };
  return { executablePath: join(folder, PROGRAM), env };
}

export async function unpackChromium(cache) {
  const apt = join(cache, 'apt');
  const draft = join(cache, 'chromium.new');
  const clear = () => Promise.all([apt, draft].map((path) => rm(path, { recursive: true, force: true })));
  await clear();
  try {
    const packages = await download(apt);
    await mkdir(draft, { recursive: true });
    const advice =
      'A package of Chromium could not be unpacked. Check the free space on this disk and try again.';
    for (const file of packages) await run('dpkg', ['-x', file, draft], { cwd: apt, advice });
    await writeFile(join(draft, 'fonts.conf'), fontSettings(join(cache, 'chromium')));
    await rename(draft, join(cache, 'chromium'));
  } finally {
    await clear();
  }
}

async function download(apt) {
  const archives = join(apt, 'cache', 'archives');
  await mkdir(join(apt, 'state', 'lists', 'partial'), { recursive: true });
  await mkdir(join(archives, 'partial'), { recursive: true });
  const settings = {
    'Dir::State': join(apt, 'state'),
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': join(apt, 'cache'),
    'Dir::Log': join(apt, 'log'),
    'APT::Sandbox::User': '',
    'Debug::NoLocking': '1', // the lists are ours alone, and the system's lock is root's
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await capture('apt-get', ['-q', ...options, 'update']);
  // What Chromium keeps beside its program has to come along, also where the system has it without Chromium.
  const beside = ['--reinstall', 'chromium-common'];
  const wanted = ['install', '-y', '--no-install-recommends', '--download-only', ...beside, ...PACKAGES];
  const advice =
    'Chromium could not be downloaded. Check the connection to your Debian mirror and try again, or install Chromium yourself and name its program in ALLOT_CHROMIUM.';
  await run('apt-get', ['-q', ...options, ...wanted], { cwd: apt, advice });
  const names = await readdir(archives);
  return names.filter((name) => name.endsWith('.deb')).map((name) => join(archives, name));
}

/** Every folder with a shared library: some packages keep theirs in folders of their own. */
async function libraryFolders(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const libraries = entries.filter(({ name }) => /\.so(\.\d+)*$/.test(name));
  return [...new Set(libraries.map(({ parentPath }) => parentPath))].sort();
}

function fontSettings(folder) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
  <alias><family>sans-serif</family><prefer><family>DejaVu Sans</family><family>Liberation Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family><family>Liberation Mono</family></prefer></alias>
</fontconfig>
`;
}
