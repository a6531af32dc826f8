import { trustRoot } from "./trust-root.ts";

// loaded before a program that knows nothing of tests: it trusts the WhatsApp Web server of whoever started it

trustRoot(process.env.HOST_ROOT_KEY ?? "");
