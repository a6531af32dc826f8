import ts from "typescript";
import { parse } from "./imports-of.ts";
import type { SourceFile } from "./source-files.ts";

/** Names of tests that say what should be instead of what is. */
export function testNameFaults(file: SourceFile): readonly string[] {
  const faults: string[] = [];
  const visit = (node: ts.Node): void => {
    const [name] = ts.isCallExpression(node) && /^(it|test|describe)\b/.test(node.expression.getText()) ? node.arguments : [];
    if (name !== undefined && (ts.isStringLiteralLike(name) || ts.isTemplateExpression(name)) && /\bshould\b/i.test(name.getText())) {
      faults.push(`${file.path}: ${name.getText()} states a wish, not a fact`);
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return faults;
}
