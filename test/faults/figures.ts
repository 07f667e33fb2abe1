/** `npm run test:faults` sets FAULTS to `short`, or with `--long` to `long`; `npm test` runs the short form and prints nothing. */
const form = process.env.FAULTS;

/** How often a fault is made: rarely in the short form, which is part of `npm test`. */
export function rounds(short: number, long: number): number {
  return form === 'long' ? long : short;
}

/** Prints what a test measured, for docs/reliability.md. Nothing is asserted of it. */
export function figure(fault: string, measured: Readonly<Record<string, number | string>>): void {
  if (!form) return;
  const parts = Object.entries(measured).map(([name, value]) => `${name} ${value}`);
  process.stderr.write(`figure: ${fault}: ${parts.join(', ')}\n`);
}

/** The value below which this part of all lies, such as 0.99. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}
