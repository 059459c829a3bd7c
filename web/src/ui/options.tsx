// Settings of a form: always open where there is room, behind a line that says
// what they are on a phone.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';

const WIDE = '(min-width: 45.01rem)';

export function Options({ summary, children }: { summary: string; children: ComponentChildren }) {
  const [open, setOpen] = useState(matchMedia(WIDE).matches);
  useEffect(() => {
    const media = matchMedia(WIDE);
    const follow = () => setOpen(media.matches);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, []);
  return (
    <details class="options" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <strong>{t('options')}</strong> <span>{summary}</span>
      </summary>
      {children}
    </details>
  );
}
