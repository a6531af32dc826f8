import { foundOut } from "./found-out.ts";
import { MEDIA_FLAWS, WHOLE_MEDIA } from "./media-flaws.ts";

foundOut({ port: "media", what: "channel", file: "broken-media.ts", flaws: MEDIA_FLAWS, whole: WHOLE_MEDIA, least: 10 });
