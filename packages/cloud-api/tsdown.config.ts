import type { UserConfig } from "tsdown";
import { published } from "../../tsdown.base.ts";

const config: UserConfig = published({
  index: "src/index.ts",
  "browser/index": "src/browser/index.ts",
  "inbound/index": "src/inbound/index.ts",
  "door/index": "src/door/index.ts",
});

export default config;
