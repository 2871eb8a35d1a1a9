import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Where Maven wants it; beside the sources otherwise. */
const outDir = process.env['FLEETMAN_SPA_OUT'] ?? 'dist';

/** The server answers these addresses with the page: see WebFiles.java. */
function routesForTheServer(): Plugin {
  return {
    name: 'fleetman-routes',
    apply: 'build',
    closeBundle() {
      copyFileSync('src/routes.json', join(outDir, 'routes.json'));
    },
  };
}

export default defineConfig({
  // Everything is relative, so that any context path works.
  base: './',
  plugins: [react(), routesForTheServer()],
  worker: { format: 'es' },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Nothing inline: the content security policy forbids data: fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks: { pluginTimings: false } },
    manifest: 'build-manifest.json',
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8080', '/health': 'http://127.0.0.1:8080' },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    testTimeout: 90_000,
  },
});
