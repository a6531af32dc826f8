/**
 * Ends the process once everything is closed, with 1 where that failed. By itself it would end too, but Baileys 7.0.0-rc14 keeps a timer for half a minute
 * after a phone was linked, and nobody has to wait for that.
 */
export async function leave(stop: () => Promise<void>): Promise<void> {
  try {
    await stop();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
  process.exit();
}
