const WHO = 14;
const WHAT = 24;
const WIDTH = 118;

export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** Prints the play: a sentence for each step, then who called what and what came back, in columns. */
export class Narrator {
  private steps = 0;

  constructor(private readonly print: (line: string) => void) {}

  line(text = ''): void {
    this.print(text);
  }

  step(sentence: string): void {
    this.print('');
    this.print(`${String(++this.steps).padStart(2)}. ${sentence}`);
  }

  /** One call; what came back may need several lines. */
  call(who: string, what: string, ...cameBack: string[]): void {
    const lines = cameBack.flatMap((text) => wrap(text, WIDTH - 4 - WHO - WHAT));
    lines.forEach((text, i) => this.print(`    ${(i ? '' : who).padEnd(WHO)}${(i ? '' : what).padEnd(WHAT)}${text}`));
  }

  /** A column of names and what they stand for. */
  table(rows: readonly (readonly [string, string])[]): void {
    for (const [name, value] of rows) this.print(`    ${name.padEnd(WHO)}${value}`);
  }
}

/** "30,000.00 USD" */
export function written({ amount, currency }: Money): string {
  return `${grouped(amount)} ${currency}`;
}

export function grouped(amount: string): string {
  const [whole, part] = amount.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${part === undefined ? '' : `.${part}`}`;
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}
