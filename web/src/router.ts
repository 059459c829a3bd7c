// Where one is: `#/lookup?q=...`. All of it is in the address, so that places
// can be kept and sent, and Back works.
import { createStore } from './store';

export const VIEWS = ['lookup', 'search', 'memories'] as const;
export type View = (typeof VIEWS)[number];

export interface Place {
  view: View;
  parameters: URLSearchParams;
}

function read(): Place {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?', 2);
  const view = VIEWS.find((name) => name === path) ?? 'lookup';
  return { view, parameters: new URLSearchParams(query ?? '') };
}

export const place = createStore<Place>(read());

// May the place be left for that one?
type Guard = (next: Place) => boolean;
const guards = new Set<Guard>();

// Until what it returns is called.
export function guardPlace(guard: Guard): () => void {
  guards.add(guard);
  return () => guards.delete(guard);
}

window.addEventListener('hashchange', () => {
  const next = read();
  if ([...guards].every((guard) => guard(next))) place.set(next);
  else stay();
});

// Back cannot be kept from happening, but the place can be entered once more.
function stay() {
  const { view, parameters } = place.get();
  history.pushState(null, '', addressOf(view, Object.fromEntries(parameters)));
}

export function addressOf(view: View, parameters: Record<string, string> = {}): string {
  const kept = Object.entries(parameters).filter(([, value]) => value !== '');
  const query = new URLSearchParams(kept).toString();
  return `#/${view}${query ? `?${query}` : ''}`;
}

export function go(view: View, parameters: Record<string, string> = {}) {
  location.hash = addressOf(view, parameters);
}

// Changes parameters of the place; an empty value takes one away. While one
// types this makes no entry in the history; with `push` it does.
export function set(changes: Record<string, string>, { push = false } = {}) {
  const { view, parameters } = read();
  const all = { ...Object.fromEntries(parameters), ...changes };
  const address = addressOf(view, all);
  if (push) history.pushState(null, '', address);
  else history.replaceState(null, '', address);
  place.set(read());
}
