import type { UserConfig } from "tsdown";
import { published } from "../../tsdown.base.ts";

const config: UserConfig = published({ index: "src/index.ts" });

export default config;
