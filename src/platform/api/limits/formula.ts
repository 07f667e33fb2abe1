export type Variables = Readonly<Record<string, unknown>> | undefined;

/** A number that may depend on the request's variables; shared parts are evaluated once. */
export type Formula = Constant | Dependent;

interface Constant {
  readonly value: number;
}

class Dependent {
  readonly value = undefined;
  private evaluation: object | undefined;
  private latest = 0;

  constructor(private readonly compute: (variables: Variables, evaluation: object) => number) {}

  evaluate(variables: Variables, evaluation: object): number {
    // A chain of fragments, each spread twice, has exponentially many paths but few formulas.
    if (this.evaluation !== evaluation) {
      this.latest = this.compute(variables, evaluation);
      this.evaluation = evaluation;
    }
    return this.latest;
  }
}

export function evaluate(formula: Formula, variables: Variables): number {
  return valueOf(formula, variables, {});
}

export function constant(value: number): Formula {
  return { value };
}

export function fromVariables(read: (variables: Variables) => number): Formula {
  return new Dependent(read);
}

export function sum(parts: readonly Formula[]): Formula {
  const dependent = parts.filter((part) => part instanceof Dependent);
  const fixed = parts.reduce((total, part) => total + (part.value ?? 0), 0);
  if (!dependent.length) return constant(fixed);
  return new Dependent((variables, evaluation) => {
    let total = fixed;
    for (const part of dependent) total += part.evaluate(variables, evaluation);
    return total;
  });
}

export function times(left: Formula, right: Formula): Formula {
  if (left.value !== undefined && right.value !== undefined) return constant(left.value * right.value);
  return new Dependent(
    (variables, evaluation) => valueOf(left, variables, evaluation) * valueOf(right, variables, evaluation),
  );
}

/** The formula, or this number where it comes to less. */
export function atLeast(least: number, formula: Formula): Formula {
  if (formula.value !== undefined) return constant(Math.max(least, formula.value));
  return new Dependent((variables, evaluation) => Math.max(least, valueOf(formula, variables, evaluation)));
}

function valueOf(formula: Formula, variables: Variables, evaluation: object): number {
  return formula instanceof Dependent ? formula.evaluate(variables, evaluation) : formula.value;
}
