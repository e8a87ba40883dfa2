/** The numbers and yes-or-no answers of a report by their path, as `kinds.contact.seen`: texts stay out of the logs. */
export function figuresOf(report: unknown, path = ''): Record<string, number | boolean> {
  if (typeof report === 'number' || typeof report === 'boolean') return { [path]: report };
  if (typeof report !== 'object' || report === null) return {};
  if (Array.isArray(report)) return { [`${path}.length`]: report.length };
  return Object.assign(
    {},
    ...Object.entries(report).map(([name, value]) => figuresOf(value, path === '' ? name : `${path}.${name}`)),
  );
}

/** The sum of a report's numbers: above 0 as soon as anything was achieved. */
export const sumOf = (report: unknown): number =>
  Object.values(figuresOf(report)).reduce<number>((sum, figure) => sum + Number(figure), 0);
