// The browser tests: `npm run browser [-- --no-build] [arguments of Playwright]`. Builds what `mvn -Prun` serves, finds
// Chromium and a JDK, and starts Playwright on src/test/browser.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const frontend = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const root = resolve(frontend, '../../..');
const args = process.argv.slice(2);
const build = !args.includes('--no-build');

function run(command, given, options = {}) {
  const { error, status } = spawnSync(command, given, { stdio: 'inherit', cwd: root, ...options });
  if (error) {
    console.error(`[browser] ${command} cannot be started: ${error.message}`);
  }
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function chromium() {
  const given = process.env.FLEETMAN_CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((directory) => names.map((name) => join(directory, name)));
  return (given ? [given] : [...onPath, '/usr/bin/chromium']).find(isExecutable);
}

/** The newest JDK that Maven has found, as it uses for the development run. */
function java() {
  const file = join(root, 'target/jdks.xml');
  const found = existsSync(file) ? [...readFileSync(file, 'utf8').matchAll(/<version>(\d+)[\s\S]*?<jdkHome>([^<]+)</g)] : [];
  const newest = found.map(([, version, home]) => [Number(version), home]).sort(([a], [b]) => b - a)[0];
  return newest ? join(newest[1], 'bin/java') : 'java';
}

const browser = chromium();
if (!browser) {
  console.error(
    '[browser] The browser tests need Chromium, which was not found: install it (on Debian: apt install chromium),' +
      ' or say where it is by FLEETMAN_CHROMIUM.',
  );
  if (process.env.CI === 'true') {
    process.exit(1);
  }
  console.error('[browser] SKIPPED.');
  process.exit(0);
}
if (build) {
  // The interface is made from the description of the API, which the development run takes as it is.
  if (!existsSync(join(root, 'target/classes/description/openapi.json'))) {
    run('mvn', ['-B', '-ntp', '-q', '-Dspa.skip', 'process-classes']);
  }
  // Everything of the development run except that it is not started.
  run('mvn', ['-B', '-ntp', '-q', '-Prun', '-Dexec.skip=true', `-Dmdep.outputFile=${join(root, 'target/dev-server.classpath')}`]);
}
run(
  process.execPath,
  [
    join(frontend, 'node_modules/@playwright/test/cli.js'),
    'test',
    '--config',
    join(root, 'src/test/browser/playwright.config.ts'),
    ...args.filter((arg) => arg !== '--no-build'),
  ],
  {
    env: {
      ...process.env,
      FLEETMAN_CHROMIUM: browser,
      FLEETMAN_JAVA: process.env.FLEETMAN_JAVA ?? java(),
      NODE_PATH: join(frontend, 'node_modules'),
    },
  },
);
