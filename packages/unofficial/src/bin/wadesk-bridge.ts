#!/usr/bin/env node
import { runBridge } from "../service/run-bridge.ts";

await runBridge();
