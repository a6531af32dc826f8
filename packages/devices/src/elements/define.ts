import { WadeskDevices } from "./wadesk-devices.ts";
import { WadeskSettings } from "./wadesk-settings.ts";

declare global {
  interface HTMLElementTagNameMap {
    "wadesk-devices": WadeskDevices;
    "wadesk-settings": WadeskSettings;
  }
}

const ELEMENTS: Readonly<Record<string, CustomElementConstructor>> = { "wadesk-devices": WadeskDevices, "wadesk-settings": WadeskSettings };

// a name that is taken stays with whoever took it first; on a server there is nothing to register with
if (typeof customElements !== "undefined")
  for (const [name, made] of Object.entries(ELEMENTS)) if (customElements.get(name) === undefined) customElements.define(name, made);

export { WadeskDevices, WadeskSettings };
