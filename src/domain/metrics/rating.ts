import type { AnswerFields } from '../records/record.ts';

/** A scale as text, `0-10`, to look up rules by; null where the scale is not known. */
export const scaleName = ({ scale }: AnswerFields): string | null => scale && `${scale[0]}-${scale[1]}`;

/** The rating where it is a whole number on the answer's own scale, else null. */
export function ratingOnScale({ rating, scale }: AnswerFields): number | null {
  if (rating === null || scale === null || !Number.isInteger(rating)) return null;
  return rating >= scale[0] && rating <= scale[1] ? rating : null;
}
