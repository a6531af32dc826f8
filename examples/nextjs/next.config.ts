import type { NextConfig } from "next";

// taken from node_modules as they are: Baileys with its WebSocket, and the simulated vendors
const config: NextConfig = { serverExternalPackages: ["@wadesk/unofficial", "@wadesk/testing", "@whiskeysockets/baileys"] };

export default config;
