import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import 'reflect-metadata';
import { AppModule } from '../app.module.js';
import { ConfigError, readConfig } from '../config.js';
import { openDatabase } from '../local-database.js';
import { Clock } from '../platform/clock/clock.js';
import { messageOf } from '../platform/errors/codes.js';
import type { Refusal } from '../platform/errors/refusal.js';
import { Entropy } from '../platform/clock/entropy.js';

/** A mistake of the person at the keyboard: one line, and exit code 1. */
export class UsageError extends Error {}

/** Code and sentence of a refusal, for whoever sits at the machine. */
export function refusalLine({ reasons }: Refusal): string {
  return reasons
    .map(({ code, parameters, data }) => `Refused: ${code}: ${messageOf(code, 'en', { ...data, ...parameters })}`)
    .join('\n');
}

/** Runs a command on the service's own parts, beside a running service or without one. */
export async function withService(work: (app: INestApplicationContext) => Promise<void>): Promise<void> {
  const config = { ...readConfig(), jobs: false };
  const database = await openDatabase(config);
  try {
    const clock = new Clock();
    const options = { config, databaseUrl: database.url, secret: database.secret, clock, entropy: new Entropy(clock) };
    const app = await NestFactory.createApplicationContext(AppModule.forRoot(options), {
      logger: ['error'],
      abortOnError: false,
    });
    try {
      await work(app);
    } finally {
      await app.close();
    }
  } finally {
    await database.stop();
  }
}

/** The frame of every command: help on request, one clear line for a mistake. */
export async function command(help: string, work: (args: string[]) => Promise<void>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help);
    return;
  }
  try {
    await work(args);
  } catch (error) {
    // The reason alone: under the whole help it would scroll away.
    if (error instanceof UsageError) console.error(`${error.message}\nAdd --help to see what it takes.`);
    else if (error instanceof ConfigError) console.error(`Wrong setting: ${error.message}`);
    else console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
