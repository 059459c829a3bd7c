// The server counts Unicode code points, JavaScript UTF-16 units.

export class CodePoints {
  private readonly points: string[];

  constructor(text: string) {
    this.points = Array.from(text);
  }

  get length(): number {
    return this.points.length;
  }

  slice(begin: number, end: number): string {
    return this.points.slice(begin, end).join('');
  }
}
