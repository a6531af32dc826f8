import type { UserConfig } from "tsdown";
import { published } from "../../tsdown.base.ts";

const config: UserConfig = published({
  index: "src/index.ts",
  "mounts/express": "src/mounts/express.ts",
  "mounts/fastify": "src/mounts/fastify.ts",
  "mounts/next": "src/mounts/next.ts",
  "mounts/node": "src/mounts/node.ts",
});

export default config;
