#!/usr/bin/env node
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { systemClock } from "../../manual-clock.ts";
import { vendorsActions } from "../page/vendors-actions.ts";
import { vendorsPage } from "../page/vendors-page.ts";
import { onPort, openVendors } from "../world/open-vendors.ts";
import { pasted } from "./pasted.ts";
import { VENDORS_HELP, type VendorArguments, vendorArguments } from "./vendor-arguments.ts";

try {
  const asked = vendorArguments(process.argv.slice(2));
  if (asked.wantsHelp) console.log(VENDORS_HELP);
  else await run(asked);
} catch (error) {
  console.error(`fake-vendors: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function run({ port, ports, webhooks, certificateFile }: VendorArguments): Promise<void> {
  const ended = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  const vendors = await openVendors({ ports, webhooks, clock: systemClock });
  try {
    const page = await onPort("--port", port, (free) => vendorsPage(vendorsActions(vendors), free));
    try {
      if (certificateFile !== undefined && vendors.whatsapp !== undefined) await writeFile(certificateFile, vendors.whatsapp.certificate);
      // nothing is told before all of it listens
      console.log(pasted(vendors, page.url, certificateFile));
      await ended;
    } finally {
      await page.close();
    }
  } finally {
    await vendors.close();
  }
}
