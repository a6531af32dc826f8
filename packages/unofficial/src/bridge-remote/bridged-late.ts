// what asks a bridge, loaded with the first call
export { linkRemote } from "./calls/link-remote.ts";
export { remoteLine } from "./calls/remote-line.ts";
export { probeBridges } from "./calls/probe-bridges.ts";
export { tellStrays } from "./calls/tell-strays.ts";
