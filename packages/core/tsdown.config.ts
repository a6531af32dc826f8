import type { UserConfig } from "tsdown";
import { published } from "../../tsdown.base.ts";

const config: UserConfig = published({ index: "src/index.ts", ports: "src/ports-entry.ts", qr: "src/qr.ts" });

export default config;
