// Shortcuts. Single letters count only where nobody types, and can be turned off
// (WCAG 2.1.4).
import { settings } from './settings';

export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    target instanceof HTMLElement &&
    (target.matches('input:not([type=checkbox], [type=radio]), textarea, select') ||
      target.isContentEditable)
  );
}

// Whether the event is for shortcuts that are a plain character.
export function isLetterKey(event: KeyboardEvent): boolean {
  return (
    settings.get().letterKeys &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey &&
    !event.isComposing &&
    !isTyping(event)
  );
}

// Moves the focus among the items of a list; whether the key was one for that.
export function moveInList(event: KeyboardEvent, list: HTMLElement): boolean {
  if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return false;
  const items = Array.from(list.querySelectorAll<HTMLElement>(':scope > [data-item]'));
  const here = items.findIndex((item) => item.contains(document.activeElement));
  const letters = settings.get().letterKeys;
  let to = -1;
  if (event.key === 'ArrowDown' || (letters && event.key === 'j')) to = here + 1;
  else if (event.key === 'ArrowUp' || (letters && event.key === 'k')) to = here - 1;
  else if (event.key === 'Home') to = 0;
  else if (event.key === 'End') to = items.length - 1;
  else return false;
  items[to]?.focus();
  items[to]?.scrollIntoView({ block: 'nearest' });
  // Above the first item is the field that the list belongs to.
  if (to < 0) document.querySelector<HTMLElement>('[data-main-field]')?.focus();
  event.preventDefault();
  return true;
}
