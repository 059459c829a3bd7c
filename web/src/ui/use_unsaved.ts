// Keeps what would be lost from being lost unasked.
import { useLayoutEffect } from 'preact/hooks';
import { t } from '../i18n';
import { guardPlace, type Place } from '../router';

// While it holds, the browser asks before the page is left.
export function useBeforeUnload(holds: boolean) {
  useLayoutEffect(() => {
    if (!holds) return undefined;
    const ask = (event: Event) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [holds]);
}

// For what is edited in a dialog: asks before the page is left, or a place for
// one that does not keep the dialog. Returns whether the dialog may close.
export function useUnsaved(unsaved: boolean, keeps: (next: Place) => boolean): () => boolean {
  useBeforeUnload(unsaved);
  useLayoutEffect(() => {
    if (!unsaved) return undefined;
    return guardPlace((next) => keeps(next) || confirm(t('discard')));
  }, [unsaved]);
  return () => !unsaved || confirm(t('discard'));
}
