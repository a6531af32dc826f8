import { routesTo } from "../../../lib/wadesk";

// the Devices screen: JSON, live events and the script of its elements
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = routesTo("devices");
