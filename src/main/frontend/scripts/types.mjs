// The types of what the server answers and takes, `src/generated/api.d.ts`, from the schemas of the description of its
// API that Maven made: `node scripts/types.mjs [DESCRIPTION]`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import openapiTypes, { astToString } from 'openapi-typescript';

const OUT = 'src/generated/api.d.ts';
const description = resolve(process.argv[2] ?? process.env['FLEETMAN_API_DESCRIPTION'] ?? '../../../target/classes/description/openapi.json');

if (!existsSync(description)) {
  console.error(`\n[spa] ${description} is missing, which the types are made from: run \`mvn -Dspa.skip process-classes\` first.\n`);
  process.exit(1);
}
const { openapi, info, components } = JSON.parse(readFileSync(description, 'utf8'));
const schemas = { openapi, info, paths: {}, components: { schemas: components.schemas } };
const types = astToString(await openapiTypes(schemas, { immutable: true }));
if (!existsSync(OUT) || readFileSync(OUT, 'utf8') !== types) {
  mkdirSync(dirname(OUT), { recursive: true });
  writeFileSync(OUT, types);
}
