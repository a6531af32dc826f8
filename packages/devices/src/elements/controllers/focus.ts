import type { LitElement } from "lit";

/** Focuses what the first selector that finds anything finds, once all that changed is drawn; the title where none does. */
export async function focusOn(host: LitElement, ...selectors: readonly string[]): Promise<void> {
  await host.updateComplete;
  // one list of them would find what stands first on the page
  for (const selector of [...selectors, "h2"]) {
    const found = host.renderRoot.querySelector<HTMLElement>(selector);
    if (found) return found.focus();
  }
}

/** What has the focus within a root: from outside it is the host alone. */
export function activeIn(root: Node): HTMLElement | undefined {
  const active = root instanceof ShadowRoot ? root.activeElement : document.activeElement;
  return active instanceof HTMLElement ? active : undefined;
}
