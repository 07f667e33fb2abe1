const DAY = 86_400_000;

/** Days are texts, `2026-11-23`, as in the API. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

export function daysAfter(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * DAY));
}

export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}
