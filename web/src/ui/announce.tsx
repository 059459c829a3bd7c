// Tells screen readers what changed elsewhere on the page, and shows short
// confirmations ("Copied") to everybody.
import { useEffect, useState } from 'preact/hooks';
import { createStore, useStore } from '../store';

const spoken = createStore('');
const shown = createStore('');

// Said, not shown.
export function announce(text: string) {
  // The same words again are no change, so nothing would be said.
  spoken.set(spoken.get() === text ? `${text}\u00a0` : text);
}

// Shown for some seconds, and said.
export function toast(text: string) {
  shown.set('');
  shown.set(text);
  announce(text);
}

export function Announcer() {
  const text = useStore(spoken);
  const message = useStore(shown);
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    if (!message) return undefined;
    setVisible(true);
    const timer = setTimeout(() => {
      setVisible(false);
      shown.set('');
    }, 2500);
    return () => clearTimeout(timer);
  }, [message]);
  return (
    <>
      <div class="hidden" role="status" aria-live="polite">
        {text}
      </div>
      {visible && message && (
        <div class="toast" aria-hidden="true">
          {message}
        </div>
      )}
    </>
  );
}
