// node lint.js MODULES DIRECTORY: checks DIRECTORY/compose.yaml against the Compose Specification's schema, and what the
// schema cannot say: that names lead somewhere, images have exact versions, and secrets have no default.
"use strict";
const fs = require("fs");
const path = require("path");

const [modules, directory] = process.argv.slice(2);
const load = (name) => require(path.resolve(modules, name));
const YAML = load("yaml");
const Ajv = load("ajv").default;

const findings = [];
const file = path.join(directory, "compose.yaml");
const text = fs.readFileSync(file, "utf8");

const document = YAML.parseDocument(text, { merge: true, uniqueKeys: true, strict: true });
findings.push(...document.errors.map(String), ...document.warnings.map(String));
const compose = document.toJS();

const schema = JSON.parse(fs.readFileSync(path.join(modules, "dclint/schemas/compose.schema.json"), "utf8"));
delete schema.$schema;
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const fits = ajv.compile(schema);
if (!fits(compose)) {
  findings.push(...fits.errors.map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`));
}

for (const [name, service] of Object.entries(compose.services)) {
  for (const other of Object.keys(service.depends_on || {})) {
    if (!compose.services[other]) findings.push(`${name} depends on ${other}, which is none`);
    const { condition } = service.depends_on[other];
    if (condition === "service_healthy" && !compose.services[other].healthcheck && !compose.services[other].build) {
      findings.push(`${name} waits for the health of ${other}, which has no check`);
    }
  }
  for (const network of service.networks || []) {
    if (!(network in compose.networks)) findings.push(`${name} is in network ${network}, which is none`);
  }
  for (const volume of service.volumes || []) {
    const source = volume.split(":")[0];
    if (source.startsWith(".") ? !fs.existsSync(path.join(directory, source)) : !(source in compose.volumes)) {
      findings.push(`${name} mounts ${source}, which is none`);
    }
  }
  if (service.build) {
    const dockerfile = path.join(directory, service.build.context, service.build.dockerfile);
    if (!fs.existsSync(dockerfile)) findings.push(`${name} is built by ${dockerfile}, which is none`);
  } else if (!/^[^:]+:\d+(\.\d+)+(-[a-z0-9.]+)?$/.test(service.image)) {
    findings.push(`${name} has no exact version: ${service.image}`);
  }
}

const example = fs.readFileSync(path.join(directory, ".env.example"), "utf8");
for (const [, name, operator] of text.matchAll(/(?<!\$)\$\{(\w+)([^}]?[^}]?)[^}]*\}/g)) {
  if (!new RegExp(`^#?${name}=`, "m").test(example)) findings.push(`.env.example does not explain ${name}`);
  if (/PASSWORD|SECRET/.test(name) && operator !== ":?") findings.push(`${name} must be required`);
}
for (const line of example.split("\n")) {
  if (/^\w*(PASSWORD|SECRET)\w*=./.test(line)) findings.push(`.env.example has a secret: ${line}`);
}

findings.forEach((finding) => console.log(finding));
process.exitCode = findings.length ? 1 : 0;
