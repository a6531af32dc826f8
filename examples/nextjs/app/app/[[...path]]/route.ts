import { routesTo } from "../../../lib/wadesk";

// the pages: sign-in, Devices, Chats and Settings
export const { GET, HEAD, POST } = routesTo("app");
