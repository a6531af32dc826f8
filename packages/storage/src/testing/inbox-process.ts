import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import { type Shift, workInbox } from "./work-inbox.ts";

// one of several processes that work on the inbox of one SQLite file; prints its attempts
const [path = "", shift = ""] = process.argv.slice(2);
const storage = sqliteStorage(path);
console.log(JSON.stringify(await workInbox(storage.inbox, JSON.parse(shift) as Shift)));
await storage.close();
