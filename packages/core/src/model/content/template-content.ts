import type { MediaReference } from "./media-content.ts";

/** A value that fills a place in a template. */
export type TemplateParameter<Own = never> =
  | {
      readonly type: "text";
      /** What fills the place. */
      readonly text: string;
      /** Which place it fills, in a template whose places have names. */
      readonly name?: string;
    }
  | {
      readonly type: "currency";
      /** ISO 4217, e.g. `BRL`. */
      readonly code: string;
      /** In whole units of the currency: 9.99 is nine and 99 hundredths. */
      readonly amount: number;
      /** What is shown where the phone cannot write it in the person's own way. */
      readonly fallback: string;
      /** Which place it fills, in a template whose places have names. */
      readonly name?: string;
    }
  | {
      readonly type: "date";
      /** What is shown where the phone cannot write it in the person's own way. */
      readonly fallback: string;
      /** Which place it fills, in a template whose places have names. */
      readonly name?: string;
    }
  | {
      /** Which kind of file. */
      readonly type: "image" | "video";
      /** The file, by reference or as bytes. */
      readonly media: MediaReference | Own;
    }
  | {
      readonly type: "document";
      /** The file, by reference or as bytes. */
      readonly media: MediaReference | Own;
      /** What the document is seen as. */
      readonly fileName?: string;
    }
  | {
      readonly type: "location";
      /** Degrees. */
      readonly latitude: number;
      /** Degrees. */
      readonly longitude: number;
      /** What the place is called. */
      readonly name?: string;
      /** The street and the town, in one line. */
      readonly address?: string;
    };

/** A template's button that takes a value: a quick reply's payload, the end of a URL, or a code to copy. `index` counts from 0. */
export interface TemplateButton {
  /** What the button does. */
  readonly type: "quick_reply" | "url" | "copy_code";
  /** Which button of the template, counted from 0 over all of them. */
  readonly index: number;
  /** What comes back from a quick reply, the end of the address, or the code. Meta takes codes of 20 characters. */
  readonly value: string;
  /** What stands on it, for a channel that sends the template as text. */
  readonly title?: string;
}

/**
 * A template that the vendor approved. `language` is its code, e.g. `pt_BR`. `text` is what it says, with `{{1}}` or `{{name}}` where parameters stand: for a
 * channel that knows no templates and is told `fallback: "text"`; others leave it out.
 */
export interface TemplateContent<Own = never> {
  readonly kind: "template";
  /** As it was approved; on Twilio the ContentSid, `HX…`. */
  readonly name: string;
  /** The vendor's code of the language it was approved in, e.g. `pt_BR`. */
  readonly language: string;
  /** What it says, for a channel that sends it as text. */
  readonly text?: string;
  /** For a header with a place or a file. */
  readonly header?: TemplateParameter<Own>;
  /** One for each place in the body: in their order, or each with the `name` of its place. */
  readonly body?: readonly TemplateParameter<Own>[];
  /** One for each button that takes a value. */
  readonly buttons?: readonly TemplateButton[];
}
