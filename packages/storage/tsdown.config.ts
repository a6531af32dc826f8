import type { UserConfig } from "tsdown";
import { published } from "../../tsdown.base.ts";

const config: UserConfig = published({
  "postgres/index": "src/postgres/index.ts",
  "sqlite/index": "src/sqlite/index.ts",
  "bin/wadesk-migrations": "src/bin/wadesk-migrations.ts",
});

export default config;
