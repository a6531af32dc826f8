import { mediaContract } from "@wadesk/testing/contracts";
import { openEchoCalls, openEchoSessions } from "./media/echo-files.ts";

mediaContract("the echo channel, asked over HTTP", openEchoCalls);
mediaContract("the echo channel, over a session", openEchoSessions);
