import { mediaContract } from "@wadesk/testing/contracts";
import { openMetaFiles } from "./media/meta-files.ts";

mediaContract("cloudApi", openMetaFiles);
