// A list whose items are reached with the arrow keys, one Tab stop for all.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { moveInList } from '../keys';

export function ResultList({ label, children }: { label: string; children: ComponentChildren }) {
  const list = useRef<HTMLUListElement>(null);
  return (
    <ul
      ref={list}
      class="results"
      aria-label={label}
      onKeyDown={(event) => list.current && moveInList(event, list.current)}
    >
      {children}
    </ul>
  );
}

export interface ResultItemProps {
  first: boolean;
  label: string;
  onKey: (event: KeyboardEvent) => void;
  children: ComponentChildren;
}

export function ResultItem({ first, label, onKey, children }: ResultItemProps) {
  return (
    <li class="card" data-item tabIndex={first ? 0 : -1} aria-label={label} onKeyDown={onKey}>
      {children}
    </li>
  );
}

// From a field above the list: to its first item.
export function focusFirstResult() {
  document.querySelector<HTMLElement>('.results > [data-item]')?.focus();
}
