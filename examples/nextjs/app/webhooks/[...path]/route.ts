import { routesTo } from "../../../lib/wadesk";

// every webhook below /webhooks, and their GET challenges
export const { GET, HEAD, POST, OPTIONS } = routesTo("webhooks");
