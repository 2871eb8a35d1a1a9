// What Maven runs: `node scripts/maven.mjs build|check TARGET [skip...]`. Each does nothing if nothing has changed since
// it last passed: what it depends on is hashed, and the hash kept in TARGET/spa.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [task, target, ...skips] = process.argv.slice(2);
const stamps = join(target, 'spa');
const outDir = join(target, 'frontend');
const description = join(target, 'classes', 'description', 'openapi.json');
const LEFT_OUT = new Set(['node_modules', 'dist', '.git']);
const MINIMUM = [20, 19];

function fail(sentence) {
  console.error(`\n[spa] ${sentence}\n`);
  process.exit(1);
}

function filesIn(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => !LEFT_OUT.has(entry.name))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    })
    .sort();
}

function hash(paths) {
  const sum = createHash('sha256').update(process.version);
  for (const path of paths) {
    sum.update(`\0${path}\0`).update(readFileSync(path));
  }
  return sum.digest('hex');
}

function isKnown(stamp, value) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === value;
}

function keep(stamp, value) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, value);
}

function run(command, args, env = {}, attempts = 1) {
  const windows = process.platform === 'win32';
  const { error, status } = spawnSync(command, args, { stdio: 'inherit', shell: windows, env: { ...process.env, ...env } });
  if (error?.code === 'ENOENT') {
    fail(`${command} was not found: install it (on Debian: apt install ${command}), or leave the web interface out with -Dspa.skip.`);
  }
  if (status !== 0 && attempts > 1) {
    console.log(`[spa] ${command} ${args[0]} failed; once more`);
    run(command, args, env, attempts - 1);
  } else if (status !== 0) {
    fail(`${command} ${args.join(' ')} failed; the lines above say why.`);
  }
}

function install() {
  const stamp = 'node_modules/.fleetman';
  const manifests = filesIn('.').filter((path) => /(^|[\\/])package(-lock)?\.json$/.test(path));
  const wanted = hash(manifests);
  if (!isKnown(stamp, wanted)) {
    console.log('[spa] npm ci, since the lockfile has changed');
    // A registry may break off in the middle of a package, which npm does not try again by itself.
    run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], {}, 3);
    keep(stamp, wanted);
  }
}

/** Before what depends on the sources is hashed: they are among these. */
function types() {
  const stamp = join(stamps, 'types');
  if (!existsSync(description)) {
    fail(`${description} is missing, which the types are made from: Maven makes it in the phase process-classes.`);
  }
  const wanted = hash([description, 'package-lock.json', 'scripts/types.mjs']);
  if (!isKnown(stamp, wanted) || !existsSync('src/generated/api.d.ts')) {
    install();
    run('node', ['scripts/types.mjs', description]);
    keep(stamp, wanted);
  }
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
  fail(`The web interface is built by Node.js ${MINIMUM.join('.')} or newer, and this is ${process.versions.node}.`);
}
if (!skips.includes('true')) {
  types();
  const stamp = join(stamps, task);
  const now = hash(filesIn('.'));
  const done = isKnown(stamp, now) && (task !== 'build' || existsSync(join(outDir, 'index.html')));
  if (!done) {
    rmSync(stamp, { force: true });
    install();
    if (task === 'build') {
      run('npm', ['run', '--silent', 'build'], { FLEETMAN_SPA_OUT: outDir });
    } else {
      run('npm', ['run', '--silent', 'check'], { FLEETMAN_API_DESCRIPTION: description });
    }
    keep(stamp, now);
  }
}
