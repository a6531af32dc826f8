import type { CSSResultGroup, TemplateResult } from "lit";
import { html } from "lit";
import { base } from "./styles/base.ts";
import { controls } from "./styles/controls.ts";
import { frame } from "./styles/frame.ts";
import { tokens } from "./styles/tokens.ts";
import { WadeskElement } from "./wadesk-element.ts";

/** The screen where a workspace's numbers are seen, connected and kept. */
export class WadeskDevices extends WadeskElement {
  static override readonly styles: CSSResultGroup = [tokens, base, controls, frame];

  protected override render(): TemplateResult {
    return html`<h2>${this.words.frame.titles.unofficial}</h2>${this.region.render()}`;
  }
}
