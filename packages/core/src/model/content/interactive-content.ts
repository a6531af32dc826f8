import type { MediaReference } from "./media-content.ts";

/** What may stand above interactive content. */
export type InteractiveHeader<Own = never> =
  | {
      readonly type: "text";
      /** Meta takes 60 characters. */
      readonly text: string;
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
      /** What a document is seen as. */
      readonly fileName?: string;
    };

/** One to three buttons that answer with their id. */
export interface ButtonsContent<Own = never> {
  readonly kind: "buttons";
  /** What is asked. Meta takes 1024 characters. */
  readonly text: string;
  /** `id` comes back when it is tapped, and is seen by nobody; `title` is what stands on it. Each once. Meta takes 256 and 20 characters. */
  readonly buttons: readonly { readonly id: string; readonly title: string }[];
  /** Above the text. Meta takes 60 characters of text. */
  readonly header?: InteractiveHeader<Own>;
  /** Small, below the text. Meta takes 60 characters. */
  readonly footer?: string;
}

/** A menu of up to ten rows in sections. */
export interface ListContent {
  readonly kind: "list";
  /** What is asked. Meta takes 4096 characters. */
  readonly text: string;
  /** The text on the button that opens the list. */
  readonly button: string;
  /** Ten rows in all at most; each section wants a title where there are several. `id` comes back and is seen by nobody. Meta takes titles of 24 characters, descriptions of 72 and ids of 200. */
  readonly sections: readonly {
    readonly title?: string;
    readonly rows: readonly { readonly id: string; readonly title: string; readonly description?: string }[];
  }[];
  /** Above the text. Meta takes 60 characters. */
  readonly header?: string;
  /** Small, below the text. Meta takes 60 characters. */
  readonly footer?: string;
}

/** A button that opens a web page. */
export interface CtaUrlContent<Own = never> {
  readonly kind: "cta_url";
  /** Meta takes 1024 characters. */
  readonly text: string;
  /** What stands on the button. Meta takes 20 characters. */
  readonly label: string;
  /** What it opens, beginning with http:// or https://. */
  readonly url: string;
  /** Above the text. Meta takes 60 characters of text. */
  readonly header?: InteractiveHeader<Own>;
  /** Small, below the text. Meta takes 60 characters. */
  readonly footer?: string;
}

/** A tap on a button. `id` is the button's id, or the payload of a template's quick reply. */
export interface ButtonReplyContent {
  readonly kind: "button_reply";
  /** As it was given in `buttons`. */
  readonly id: string;
  /** What stood on the button. */
  readonly title: string;
  /** What the person wrote, where the buttons went out as numbered text. */
  readonly text?: string;
}

/** A row chosen from a list. */
export interface ListReplyContent {
  readonly kind: "list_reply";
  /** As it was given in `sections`. */
  readonly id: string;
  /** What stood on the row. */
  readonly title: string;
  /** What stood below the row's title. */
  readonly description?: string;
  /** What the person wrote, where the list went out as numbered text. */
  readonly text?: string;
}

/** A form that was filled in. `response` is its parsed JSON, or the text itself when it is no JSON or too deep or large for it. */
export interface FlowReplyContent {
  readonly kind: "flow_reply";
  /** The vendor's word for what was answered, e.g. `flow`. */
  readonly name?: string;
  /** The sentence that the chat shows in its place. */
  readonly text?: string;
  /** What the form holds, by the names that its author gave. */
  readonly response: unknown;
}
