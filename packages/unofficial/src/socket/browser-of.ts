import type { Baileys, SocketConfig } from "../baileys/baileys.ts";
import type { Transport } from "../options.ts";

/** What the phone lists this device as. By code WhatsApp takes the names of browsers alone (Baileys#2769), so a name of one's own is for QR. */
export function browserOf(
  { Browsers }: Pick<Baileys, "Browsers">,
  { deviceName }: Transport,
  method: "qr" | "code",
): NonNullable<SocketConfig["browser"]> {
  const [system, browser, version] = Browsers.windows("Chrome");
  return [method === "qr" ? (deviceName ?? system) : system, browser, version];
}
