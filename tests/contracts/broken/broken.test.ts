import { FLAWS, WHOLE } from "./flaws.ts";
import { foundOut } from "./found-out.ts";

foundOut({ port: "storage", what: "storage", file: "broken-storages.ts", flaws: FLAWS, whole: WHOLE, least: 80 });
