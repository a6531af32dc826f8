import { mediaContract } from "@wadesk/testing/contracts";
import { openPhoneFiles } from "./media/phone-files.ts";

mediaContract("the unofficial channel", openPhoneFiles);
