import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { WadeskDevicesAttributes, WadeskDevicesProperties, WadeskSettingsAttributes } from "./elements/attributes.ts";
import type { WadeskEventMap } from "./elements/events.ts";

/** Listeners, as React 19 has them: `onwadesk-action={…}`. */
export type WadeskListeners = { readonly [Name in keyof WadeskEventMap as `on${Name}`]?: (event: WadeskEventMap[Name]) => void };

type Tag<Own> = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & Own & WadeskListeners;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "wadesk-devices": Tag<WadeskDevicesAttributes & WadeskDevicesProperties>;
      "wadesk-settings": Tag<WadeskSettingsAttributes & WadeskDevicesProperties>;
    }
  }
}
