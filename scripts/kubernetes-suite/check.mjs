// Checks manifests twice: as TypeScript sees them (a key that is unknown, or of another type, is an
// error), and by the schemas of the kinds (formats, and what a type cannot say).
//   node check.mjs DIRECTORY   DIRECTORY has *.yaml; where it is run, node_modules is
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const modules = resolve("node_modules");
const require = createRequire(join(modules, "any.js"));
const load = async (name) => import(pathToFileURL(join(modules, name)).href);
const ts = require("typescript");
const { parseAllDocuments } = require("yaml");

const directory = process.argv[2];
const problems = [];
const documents = [];
for (const file of readdirSync(directory).filter((name) => name.endsWith(".yaml")).sort()) {
  const parsed = parseAllDocuments(readFileSync(join(directory, file), "utf8"), { uniqueKeys: true });
  parsed.forEach((document, index) => {
    document.errors.forEach((error) => problems.push(`${file}: ${error.message}`));
    const value = document.toJS();
    if (value === null || value.kind === "Kustomization") {
      return;
    }
    documents.push({ name: `${file} (${value.kind} ${value.metadata?.name})`, index, value });
  });
}

const path = ({ apiVersion, kind }) => `${apiVersion}/${kind}`;
let source = "";
const lines = [];
for (const [index, { name, value }] of documents.entries()) {
  source += `import type { I${value.kind} as T${index} } from "kubernetes-models/${path(value)}";\n`;
  source += `export const c${index}: T${index} & { apiVersion: string; kind: string } = ${JSON.stringify(value)};\n`;
  lines.push(name, name);
}
const checked = resolve("manifests.ts");
writeFileSync(checked, source);
const program = ts.createProgram([checked], {
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  types: [],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
});
for (const found of ts.getPreEmitDiagnostics(program)) {
  const at = found.file ? found.file.getLineAndCharacterOfPosition(found.start).line : 0;
  problems.push(`${lines[at] ?? "manifests"}: ${ts.flattenDiagnosticMessageText(found.messageText, "; ")}`);
}

for (const { name, value } of documents) {
  const { [value.kind]: Kind } = await load(`kubernetes-models/${path(value)}.js`);
  try {
    new Kind(value).validate();
  } catch (error) {
    problems.push(`${name}: ${error.message}`);
  }
}

if (documents.length === 0) {
  problems.push("there are no manifests");
}
problems.forEach((problem) => console.error(problem));
console.log(`${documents.length} manifests, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
