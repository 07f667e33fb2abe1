/** A fault's stack names files and SQL states, never values: PostgreSQL puts those into `detail`, which is left out. */
export function faultOf(fault: unknown): Record<string, unknown> {
  if (!(fault instanceof Error)) return { message: String(fault) };
  const { code, constraint, table, statement } = fault as {
    code?: string;
    constraint?: string;
    table?: string;
    statement?: string;
  };
  return {
    name: fault.name,
    message: code ? `SQLSTATE ${code}` : fault.message,
    code,
    constraint,
    table,
    statement,
    stack: stackOf(fault),
  };
}

function stackOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}
