import type { UserConfig } from "tsdown";
import { published } from "../../tsdown.base.ts";

const config: UserConfig = published({
  index: "src/index.ts",
  "msw/index": "src/msw/index.ts",
  "contracts/index": "src/contracts/index.ts",
  "whatsapp-web/index": "src/whatsapp-web/index.ts",
  "fake-vendors/program/fake-vendors": "src/fake-vendors/program/fake-vendors.ts",
  "whatsapp-web/program/fake-whatsapp": "src/whatsapp-web/program/fake-whatsapp.ts",
});

export default config;
