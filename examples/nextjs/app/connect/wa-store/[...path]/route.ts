import { routesTo } from "../../../../lib/wadesk";

// the way back from Meta's dialog
export const { GET, POST } = routesTo("signup");
