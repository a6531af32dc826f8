import type { UserConfig } from "tsdown";
import { published } from "../../tsdown.base.ts";

const config: UserConfig = published({
  index: "src/index.ts",
  "bridge/index": "src/bridge/index.ts",
  "service/index": "src/service/index.ts",
  "bin/wadesk-bridge": "src/bin/wadesk-bridge.ts",
});

export default config;
