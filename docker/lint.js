// node lint.js MODULES DIRECTORY: checks DIRECTORY/compose.yaml, and what Prometheus and Grafana are given, against the Compose Specification's schema, and what the
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
  } else if (!/^[^:]+:v?\d+(\.\d+)+(-[a-z0-9.]+)?$/.test(service.image)) {
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

// Prometheus: what promtool would say first. Whether the names are those that a node shows, a unit test knows.
const parse = (name) => {
  const parsed = YAML.parseDocument(fs.readFileSync(path.join(directory, name), "utf8"), { uniqueKeys: true, strict: true });
  findings.push(...parsed.errors.map((error) => `${name}: ${error}`), ...parsed.warnings.map((warning) => `${name}: ${warning}`));
  return parsed.toJS();
};
const DURATION = /^(\d+(ms|[smhdwy]))+$/;
const closing = { "(": ")", "[": "]", "{": "}" };

/** What is wrong with an expression at first sight, or null. */
function wrongIn(expression) {
  if (typeof expression !== "string" || !expression.trim()) return "is empty";
  const open = [];
  const bare = expression.replace(/"(?:[^"\\]|\\.)*"/g, "");
  if (bare.includes('"')) return "has a quote that does not end";
  for (const character of bare) {
    if (closing[character]) open.push(closing[character]);
    else if (")]}".includes(character) && open.pop() !== character) return `has a ${character} too many`;
  }
  if (open.length) return `lacks a ${open.pop()}`;
  for (const [, range] of bare.matchAll(/\[([^\]]*)\]/g)) {
    if (!DURATION.test(range) && range !== "$__rate_interval") return `has a range of ${range}`;
  }
  return null;
}

const prometheus = parse("prometheus/prometheus.yaml");
const scraped = prometheus.scrape_configs.flatMap((job) => job.static_configs.flatMap((config) => config.targets));
for (const target of scraped) {
  if (!compose.services[target.split(":")[0]]) findings.push(`Prometheus scrapes ${target}, which is none`);
}
const secret = prometheus.scrape_configs[0].authorization.credentials_file.replace("/run/secrets/", "");
if (!compose.secrets[secret] || !compose.services.prometheus.secrets.includes(secret)) {
  findings.push(`Prometheus has no secret ${secret}`);
}
const alerts = new Set();
for (const rules of prometheus.rule_files) {
  for (const group of parse(path.join("prometheus", rules)).groups) {
    for (const rule of group.rules) {
      const problem = wrongIn(rule.expr);
      if (problem) findings.push(`${rules}: the expression of ${rule.alert} ${problem}`);
      if (!/^[A-Z]\w+$/.test(rule.alert) || alerts.has(rule.alert)) findings.push(`${rules}: ${rule.alert} is no name or there twice`);
      alerts.add(rule.alert);
      if (rule.for !== undefined && !DURATION.test(rule.for)) findings.push(`${rules}: ${rule.alert} waits for ${rule.for}`);
      if (!["critical", "warning"].includes((rule.labels || {}).severity)) findings.push(`${rules}: ${rule.alert} has no severity`);
      for (const text of ["summary", "description"]) {
        if (!(rule.annotations || {})[text]) findings.push(`${rules}: ${rule.alert} has no ${text}`);
      }
      const unknown = Object.keys(rule).filter((key) => !["alert", "expr", "for", "labels", "annotations", "keep_firing_for"].includes(key));
      if (unknown.length) findings.push(`${rules}: ${rule.alert} has ${unknown}`);
    }
  }
}

// Grafana: that the dashboard can be loaded and its panels can be drawn.
const sources = parse("grafana/provisioning/datasources/prometheus.yaml").datasources;
for (const source of sources) {
  if (!compose.services[new URL(source.url).hostname]) findings.push(`Grafana asks ${source.url}, which is none`);
}
const mounted = compose.services.grafana.volumes.map((volume) => volume.split(":")[1]);
for (const provider of parse("grafana/provisioning/dashboards/fleetman.yaml").providers) {
  if (!mounted.includes(provider.options.path)) findings.push(`Grafana finds no dashboards in ${provider.options.path}`);
}
for (const name of fs.readdirSync(path.join(directory, "grafana/dashboards"))) {
  const dashboard = JSON.parse(fs.readFileSync(path.join(directory, "grafana/dashboards", name), "utf8"));
  const variables = new Set([...dashboard.templating.list.map((variable) => variable.name), "__rate_interval", "__all"]);
  const ids = new Set();
  const taken = new Set();
  if (!dashboard.uid || !dashboard.title || !dashboard.schemaVersion) findings.push(`${name} lacks uid, title or schemaVersion`);
  for (const panel of dashboard.panels) {
    const what = `${name}: panel ${panel.id} (${panel.title})`;
    if (ids.has(panel.id)) findings.push(`${what} has an id that is taken`);
    ids.add(panel.id);
    const { x, y, w, h } = panel.gridPos;
    if (x + w > 24) findings.push(`${what} is wider than the page`);
    for (let column = x; column < x + w; column++) {
      for (let line = y; line < y + h; line++) {
        if (taken.has(`${column},${line}`)) findings.push(`${what} lies on another one`);
        taken.add(`${column},${line}`);
      }
    }
    if (panel.type === "row") continue;
    if (!(panel.targets || []).length) findings.push(`${what} shows nothing`);
    for (const target of panel.targets || []) {
      const problem = wrongIn(target.expr);
      if (problem) findings.push(`${what}: ${target.refId} ${problem}`);
      for (const [, variable] of target.expr.matchAll(/\$(\w+)/g)) {
        if (!variables.has(variable)) findings.push(`${what}: ${target.refId} uses $${variable}, which is none`);
      }
    }
  }
}

findings.forEach((finding) => console.log(finding));
process.exitCode = findings.length ? 1 : 0;
