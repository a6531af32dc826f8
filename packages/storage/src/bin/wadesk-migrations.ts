#!/usr/bin/env node
import { readCommand } from "./read-command.ts";

const { exitCode, text } = await readCommand(process.argv.slice(2));
(exitCode === 0 ? process.stdout : process.stderr).write(text);
process.exitCode = exitCode;
