/** A module of Node's own, where the runtime has it: none on an edge, and none in the edge runtime of Next.js, which has every function of `process`, and each throws. */
export function builtinModule<Name extends "node:crypto" | "node:dns/promises" | "node:http" | "node:https">(
  name: Name,
): ReturnType<typeof process.getBuiltinModule<Name>> | undefined {
  try {
    return typeof process === "object" && typeof process.getBuiltinModule === "function" ? process.getBuiltinModule(name) : undefined;
  } catch {
    return undefined;
  }
}
