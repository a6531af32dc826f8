import type { SourceFile } from "./source-files.ts";

// written in pieces, so that this file does not hold what it looks for
const TRACES: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    "an absolute path of somebody's machine",
    new RegExp("(?<![A-Za-z0-9._~*}>-])/(?:wor" + "k|far" + "m|hom" + "e/[a-z]+|User" + "s/[A-Za-z]+|roo" + "t)/"),
  ],
  ["a path in a temporary folder", new RegExp("(?<![A-Za-z0-9._~*}>-])/tm" + "p/[A-Za-z_]+/")],
  ["a folder of a Windows user", new RegExp("[A-Z]:\\\\User" + "s\\\\")],
  ["the host of a package registry", new RegExp("registry\\.(?:np" + "mjs|yarn" + "pkg|npm" + "mirror)\\.")],
  ["a private key", new RegExp("-----BEGIN (?:[A-Z]+ )*PRIVATE KE" + "Y-----")],
];

/** Where a file tells of the machine it was written on, or holds a private key. */
export function traceFaults({ path, text }: SourceFile): readonly string[] {
  return text.split("\n").flatMap((line, index) => {
    return TRACES.filter(([, pattern]) => pattern.test(line)).map(([what]) => `${path}:${index + 1} holds ${what}`);
  });
}
