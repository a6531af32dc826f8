const LONGEST = 240;

/** The name in a `Content-Disposition`; nothing where it has none. */
export function fileNameOf(disposition: string): string | undefined {
  const [, encoded] = /;\s*filename\*\s*=\s*utf-8''([^;\s]+)/i.exec(disposition) ?? [];
  const [, quoted, bare] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition) ?? [];
  return bareName(decoded(encoded) ?? quoted?.replace(/\\(.)/g, "$1") ?? bare);
}

/** The last part of a path, without what no file system takes: a stranger chose it, and an application may write to it. */
export function bareName(name: string | undefined): string | undefined {
  const last = name?.split(/[/\\]/).at(-1) ?? "";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const tidy = last.replace(/[\u0000-\u001f\u007f]/g, "").trim();
  return tidy === "" || /^\.+$/.test(tidy) ? undefined : [...tidy].slice(0, LONGEST).join("");
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
