// Reads objects (an array in a JSON file) and writes what is wrong with each: an array of arrays of messages.
// The compiler finds unknown fields, the validators everything a schema can say.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as models from "@kubernetes-models/keda/keda.sh/v1alpha1";
import ts from "typescript";

const [input, output] = process.argv.slice(2);
const objects = JSON.parse(readFileSync(input, "utf8"));

const options = { strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, types: [] };
const sources = new Map(
  objects.map((object, index) => [
    path.resolve(`object-${index}.ts`),
    `import type { I${object.kind} } from "@kubernetes-models/keda/keda.sh/v1alpha1/${object.kind}";
     export const object: I${object.kind} = ${JSON.stringify(object)};`,
  ]),
);

function compiler() {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) =>
    sources.has(file) ? ts.createSourceFile(file, sources.get(file), version) : getSourceFile(file, version, ...rest);
  return ts.createProgram([...sources.keys()], options, host);
}

function compile(program, file) {
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(file))
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, " "));
}

function validate(object) {
  try {
    new models[object.kind](object).validate();
    return [];
  } catch (error) {
    return [error.message];
  }
}

const program = compiler();
const breaches = [...sources.keys()].map((file, index) => [...compile(program, file), ...validate(objects[index])]);
writeFileSync(output, JSON.stringify(breaches));
