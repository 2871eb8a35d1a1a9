// Judges the descriptions of the API that Maven made, OpenAPI and AsyncAPI, by the linter's recommended rules; a warning
// fails as an error does: `node scripts/lint-api.mjs [FOLDER]`.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';

const made = process.env['FLEETMAN_API_DESCRIPTION'];
const folder = resolve(process.argv[2] ?? (made ? dirname(made) : '../../../target/classes/description'));
const config = await createConfig({ extends: ['recommended'] });

let wrong = 0;
for (const name of ['openapi.json', 'asyncapi.json']) {
  const path = join(folder, name);
  for (const { severity, ruleId, message, location } of await lintFromString({
    source: readFileSync(path, 'utf8'),
    absoluteRef: path,
    config,
  })) {
    wrong++;
    console.error(`[spa] ${name}${location[0]?.pointer ?? ''}: ${severity}: ${message} (${ruleId})`);
  }
}
if (wrong > 0) process.exit(1);
