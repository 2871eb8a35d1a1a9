// Fails if what the browser fetches before it can show the first page (sign in, or the inbox) is more than 180 kB, gzipped.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT = 180_000;
const outDir = process.env.FLEETMAN_SPA_OUT ?? 'dist';
const manifestFile = join(outDir, 'build-manifest.json');
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));

function filesOf(name, found = new Set()) {
  const chunk = manifest[name];
  if (chunk === undefined) {
    throw new Error(`${name} is not in the build's manifest`);
  }
  if (!found.has(chunk.file)) {
    found.add(chunk.file);
    (chunk.css ?? []).forEach((file) => found.add(file));
    (chunk.imports ?? []).forEach((other) => filesOf(other, found));
  }
  return found;
}

const sizeOf = (file) => gzipSync(readFileSync(join(outDir, file))).length;
const texts = (language, names) => names.map((name) => `src/i18n/${language}/${name}.json`);

let tooLarge = false;
for (const [page, chunk, names] of [
  ['sign in', 'src/account/Login.tsx', ['shell', 'errors', 'notifications', 'account']],
  ['inbox', 'src/inbox/Inbox.tsx', ['shell', 'errors', 'notifications', 'inbox']],
]) {
  const files = new Set(['index.html']);
  for (const name of ['index.html', chunk, ...texts('es', names)]) {
    filesOf(name, files);
  }
  const size = [...files].reduce((sum, file) => sum + sizeOf(file), 0);
  console.log(`first page ${page}: ${(size / 1000).toFixed(1)} kB gz in ${files.size} files`);
  tooLarge ||= size > LIMIT;
}
// For this check only: it is no part of the application.
rmSync(manifestFile);
if (tooLarge) {
  console.error(`The first page may have ${LIMIT / 1000} kB gz at most.`);
  process.exit(1);
}
