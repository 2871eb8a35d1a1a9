import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** Started by `npm run browser` in src/main/frontend, which builds the application and finds Chromium. */
export default defineConfig({
  testDir: __dirname,
  outputDir: join(__dirname, '../../../target/browser/results'),
  globalSetup: require.resolve('./environment'),
  // One server and one browser for all; the tests break both.
  workers: 1,
  fullyParallel: false,
  retries: 1,
  forbidOnly: true,
  timeout: 120_000,
  globalTimeout: 20 * 60_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Europe/Madrid',
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    trace: 'off',
    video: 'off',
    screenshot: 'off',
    launchOptions: {
      executablePath: process.env['FLEETMAN_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
