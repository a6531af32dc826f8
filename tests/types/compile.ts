import { posix } from "node:path";
import ts from "typescript";
import { root } from "../packages/public-packages.ts";

/** Files to compile beside those of the repository, by path from the top folder. Each may import the workspace's packages as its place allows. */
export type Sources = ReadonlyMap<string, string>;

/** One thing the compiler says of a source. */
export interface Complaint {
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
  readonly message: string;
}

/** Compiles sources that need not be on disk under the workspace's strict settings, all in one program, and answers what is wrong with them. */
export function compile(sources: Sources): readonly Complaint[] {
  const texts = new Map([...sources].map(([path, text]) => [posix.join(root, path), text]));
  const options = readOptions();
  const program = ts.createProgram([...texts.keys()], options, hostOf(texts, options));
  return [...texts.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map((each) => ({
      path: posix.relative(root, path),
      line: each.file === undefined ? 1 : each.file.getLineAndCharacterOfPosition(each.start ?? 0).line + 1,
      message: ts.flattenDiagnosticMessageText(each.messageText, "\n"),
    }));
  });
}

function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(posix.join(root, "tsconfig.json"), ts.sys.readFile) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root).options;
}

function hostOf(texts: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const folders = new Set([...texts.keys()].map((path) => posix.dirname(path)));
  return {
    ...host,
    fileExists: (path) => texts.has(path) || host.fileExists(path),
    readFile: (path) => texts.get(path) ?? host.readFile(path),
    directoryExists: (path) => folders.has(path) || ts.sys.directoryExists(path),
    getSourceFile: (path, target, onError, fresh) => {
      const text = texts.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, target);
      const file = parsed.get(path) ?? host.getSourceFile(path, target, onError, fresh);
      if (file !== undefined) parsed.set(path, file);
      return file;
    },
  };
}

// the repository's own files do not change while tests run, and parsing them is most of the work
const parsed = new Map<string, ts.SourceFile>();
