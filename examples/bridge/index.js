import { runBridge } from "@wadesk/unofficial/service";

// it is told by its environment and by the file .env beside this one
await runBridge({ folder: import.meta.dirname });
