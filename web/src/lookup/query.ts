// What is looked up, as it is in the address of the page.
import { detectLanguage } from '../text/detect';
import type { LookupRequest } from '../types';
import { ALL } from '../ui/memory_select';

export const AUTO = 'auto';

export interface Query {
  text: string;
  from: string; // A code, or AUTO.
  to: string[]; // Empty: all others.
  memory: string;
  minScore: number;
  previous: string;
  next: string;
}

export function toQuery(parameters: URLSearchParams): Query {
  const get = (name: string) => parameters.get(name) ?? '';
  const minScore = Number(get('min'));
  return {
    text: get('q'),
    from: get('from') || AUTO,
    to: get('to').split(',').filter(Boolean),
    memory: get('in') || ALL,
    minScore: minScore >= 1 && minScore <= 100 ? Math.floor(minScore) : 70,
    previous: get('previous'),
    next: get('next'),
  };
}

export function toParameters(query: Query): Record<string, string> {
  return {
    q: query.text,
    from: query.from === AUTO ? '' : query.from,
    to: query.to.join(','),
    in: query.memory === ALL ? '' : query.memory,
    min: query.minScore === 70 ? '' : String(query.minScore),
    previous: query.previous,
    next: query.next,
  };
}

export const languageOf = (query: Query) =>
  query.from === AUTO ? detectLanguage(query.text) : query.from;

export function toRequest(query: Query): LookupRequest {
  return {
    memory: query.memory,
    languageCode: languageOf(query),
    text: query.text,
    previous: query.previous,
    next: query.next,
    targets: query.to.filter((code) => code !== languageOf(query)),
    minScore: query.minScore,
    maxMatches: 20,
  };
}
