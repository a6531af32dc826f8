/** Next.js calls it once, when the server starts: what came in and was not handled when the last one ended is handled now. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { example } = await import("./lib/wadesk");
  await example();
}
