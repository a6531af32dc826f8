import { createWebhookHandler } from "@wadesk/webhooks";
import { toNext } from "@wadesk/webhooks/next";
import { after } from "next/server";
import { wadesk } from "../../../lib/wadesk";

// every webhook below /webhooks, and their GET challenges; `after` lets work go on when the answer is out
export const { GET, HEAD, POST, OPTIONS } = toNext(createWebhookHandler(wadesk), { after });
