import type { FakeBridge } from "./fake-bridge.ts";
import type { PanelGroup } from "./panel-group.ts";

/** The helper service, as whoever runs it sees it. */
export function bridgeGroup(bridge: FakeBridge): PanelGroup {
  return {
    view: () => ({
      title: "The helper service",
      facts: [["Is", bridge.isRunning() ? "running" : "stopped: Add device, or Check now on a card"]],
      actions: [
        bridge.isRunning()
          ? { id: "bridge stop", label: "Stop the helper service" }
          : { id: "bridge start", label: "Bring the helper service back" },
      ],
    }),
    acts: { "bridge stop": () => bridge.stop(), "bridge start": () => bridge.restart() },
  };
}
