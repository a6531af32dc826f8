/** In bytes of UTF-8. */
const LONGEST = 240;

/**
 * Characters that are not seen, but change what a name is or looks like: control characters, ends of lines, halves of characters, marks that turn the
 * direction of writing, so that `gpj.exe` reads as `exe.jpg`, and blanks without width. What joins letters and signs (U+200C, U+200D) stays.
 */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\u200b\u2060\ufeff]/gu;

/** The name in a `Content-Disposition`; nothing where it has none. */
export function fileNameOf(disposition: string): string | undefined {
  const [, encoded] = /;\s*filename\*\s*=\s*utf-8''([^;\s]+)/i.exec(disposition) ?? [];
  const [, quoted, bare] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition) ?? [];
  return bareName(decoded(encoded) ?? quoted?.replace(/\\(.)/g, "$1") ?? bare);
}

/** The last part of a path, without what no file system takes: a stranger chose it, and an application may write to it. */
export function bareName(name: string | undefined): string | undefined {
  const last = name?.split(/[/\\]/).at(-1) ?? "";
  const tidy = last.replace(UNSEEN, "").trim();
  return tidy === "" || /^\.+$/.test(tidy) ? undefined : shortened(tidy);
}

// a name of more bytes is one that most file systems do not take; its ending says what opens it
function shortened(name: string): string {
  const [ending = ""] = /\.[\p{L}\p{N}]{1,10}$/u.exec(name) ?? [];
  const bytesOf = (text: string): number => new TextEncoder().encode(text).byteLength;
  let room = LONGEST - bytesOf(ending);
  let kept = "";
  for (const character of name.slice(0, name.length - ending.length)) {
    room -= bytesOf(character);
    if (room < 0) break;
    kept += character;
  }
  return kept + ending;
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
