/** The only source of "now". Tests and simulations replace it, so that whole runs can be repeated. */

export class Clock {
  now(): Date {
    return new Date();
  }
}
