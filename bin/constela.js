#!/usr/bin/env node
// @ts-check
/** The `constela` command: builds the command line if it is missing or stale, then runs it in this process. */
import { pathToFileURL } from 'node:url';
import { buildCommandLine, commandLine } from '../scripts/built.js';
import { fail } from '../scripts/run.js';

/** @returns {Promise<boolean>} */
async function isBuilt() {
  try {
    await buildCommandLine();
    return true;
  } catch (error) {
    fail(error);
    return false;
  }
}

if (await isBuilt()) await import(pathToFileURL(commandLine).href);
