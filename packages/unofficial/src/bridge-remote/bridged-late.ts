// what asks a bridge, loaded with the first call
export { linkRemote } from "./link-remote.ts";
export { remoteLine } from "./remote-line.ts";
