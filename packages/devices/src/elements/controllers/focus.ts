import type { LitElement } from "lit";

/** Focuses what a selector finds, once all that changed is drawn; the title where it finds nothing. */
export async function focusOn(host: LitElement, selector: string): Promise<void> {
  await host.updateComplete;
  const found = host.renderRoot.querySelector<HTMLElement>(selector) ?? host.renderRoot.querySelector<HTMLElement>("h2");
  found?.focus();
}

/** What has the focus within a root: from outside it is the host alone. */
export function activeIn(root: Node): HTMLElement | undefined {
  const active = root instanceof ShadowRoot ? root.activeElement : document.activeElement;
  return active instanceof HTMLElement ? active : undefined;
}
