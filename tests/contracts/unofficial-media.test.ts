import { mediaContract } from "@wadesk/testing/contracts";
import { openBridgedFiles, openPhoneFiles } from "./media/phone-files.ts";

mediaContract("the unofficial channel", openPhoneFiles);
// `unofficial({ bridges })` is what `bridgedChannel` makes
mediaContract("the unofficial channel through a bridge", openBridgedFiles);
