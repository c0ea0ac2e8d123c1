#!/usr/bin/env node
/** The program: everything it can do is in the command table. */
import { runCommandLine } from './cli/program.ts';

await runCommandLine();
