import type { DefineComponent } from "vue";
import type { WadeskDevicesAttributes, WadeskDevicesProperties, WadeskSettingsAttributes } from "./elements/attributes.ts";

declare module "vue" {
  interface GlobalComponents {
    "wadesk-devices": DefineComponent<WadeskDevicesAttributes & WadeskDevicesProperties>;
    "wadesk-settings": DefineComponent<WadeskSettingsAttributes & WadeskDevicesProperties>;
  }
}

/** The tags that are the browser's to draw: `isCustomElement: (tag) => tag.startsWith(WADESK_TAGS)` in the options of Vue's compiler. */
export const WADESK_TAGS = "wadesk-";
