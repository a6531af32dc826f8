/** The other half of the world: what vendors, phones and contacts do when somebody at the panel says so. */
export interface SimulatedWorld {
  view(): WorldView;
  /** Does what a button says. Rejects with a sentence for the person. */
  act(action: string, text: string): Promise<void>;
}

/** What the panel shows. */
export interface WorldView {
  readonly groups: readonly WorldGroup[];
}

/** One vendor, phone or person. */
export interface WorldGroup {
  readonly title: string;
  /** What is so now, and what a form of the screen asks for. */
  readonly facts: readonly (readonly [what: string, value: string])[];
  readonly actions: readonly WorldAction[];
}

/** One button. */
export interface WorldAction {
  readonly id: string;
  readonly label: string;
  /** What the button takes, if anything. */
  readonly input?: string;
}
