import { cp } from "node:fs/promises";
import { join } from "node:path";
import { installTarballs } from "./install-tarballs.ts";
import { type PublicPackage, root } from "./public-packages.ts";
import { runCommand } from "./run-command.ts";
import type { Step } from "./run-steps.ts";

// 341 MB each, which is why neither is in the workspace
const MAJORS: Readonly<Record<string, string>> = { "16": "16.4.6", "15": "15.5.29" };

const JOURNEYS = ["tests/journeys/every-mount.test.ts", "tests/journeys/named-path-on-next.test.ts", "tests/browser/example"] as const;

// nine seconds on a machine of its own, and minutes on a busy one
const PATIENCE_MS = 900_000;

/** What is played against a built Next.js. */
export interface NextJourneys {
  /** The files of tests; those of the mounts, and the examples in a browser, when absent. */
  readonly journeys: readonly string[];
  /** What they see beside the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
}

/** Installs the tarballs into a copy of the Next.js example, builds it with each major and a route for several apps beside its own, and plays the journeys against it. */
export function nextSteps(
  packages: readonly PublicPackage[],
  workshop: string,
  { journeys, env }: NextJourneys = { journeys: JOURNEYS, env: {} },
): readonly Step[] {
  return Object.entries(MAJORS).flatMap(([major, version]) => {
    const project = join(workshop, `next-${major}`);
    const environment = { NEXT_TELEMETRY_DISABLED: "1", WADESK_NEXT_APP: project };
    const next = join(project, "node_modules", ".bin", "next");
    const fixture = join(root, "examples", "nextjs");
    const beside = join(root, "tests", "packages", "next-apps");
    return [
      {
        name: `next ${major}: install`,
        after: packages.map(({ folder }) => `pack ${folder}`),
        run: async () => {
          await installTarballs({ packages, workshop, fixture, beside, project, versions: { next: version } });
          // as its script does that comes before its own build
          await cp(join(root, "examples", "app"), join(project, "example-app"), {
            recursive: true,
            filter: (path) => !path.endsWith("node_modules"),
          });
          return undefined;
        },
      },
      {
        name: `next ${major}: build`,
        after: [`next ${major}: install`],
        run: async () => void (await runCommand([next, "build"], { cwd: project, env: environment, timeoutMs: PATIENCE_MS })),
      },
      {
        name: `next ${major}: journey`,
        after: [`next ${major}: build`],
        run: async () => {
          const words = ["run", "--config", "vitest.workspace.ts", ...journeys] as const;
          await runCommand(["vitest", ...words], { env: { ...environment, ...env }, timeoutMs: PATIENCE_MS });
        },
      },
    ];
  });
}
