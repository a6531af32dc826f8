import { mergeConfig } from "vitest/config";
import workspace from "../../vitest.workspace.ts";

const OPTIONS = "packages/cloud-api/src/options.ts";
const DEFAULT = 'const DEFAULT_VERSION = "v23.0"';

/** The workspace's tests with `v26.0` as the version of the Graph API that is asked where none is set. Hosts in processes of their own keep v23.0. */
export default mergeConfig(workspace, {
  plugins: [
    {
      name: "graph-v26",
      enforce: "pre",
      transform(code: string, id: string): string | undefined {
        if (!id.endsWith(OPTIONS)) return undefined;
        if (!code.includes(DEFAULT)) throw new Error(`${OPTIONS} has no ${DEFAULT} any more`);
        return code.replace(DEFAULT, 'const DEFAULT_VERSION = "v26.0"');
      },
    },
  ],
});
