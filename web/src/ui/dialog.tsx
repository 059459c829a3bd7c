// A modal dialog: the browser keeps the focus inside, gives it back at the end,
// and lets Escape close it.
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { Icon } from './icons';

export interface DialogProps {
  title: string;
  wide?: boolean;
  // Whether it may close now: asked on Escape and the cross.
  mayClose?: () => boolean;
  onClose: () => void;
  children: ComponentChildren;
}

export function Dialog({ title, wide = false, mayClose, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const inside = useRef<EventTarget | null>(null); // What had the focus last.
  const heading = useId();
  // Before it is drawn, so that the first key after it appears is for it.
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const close = () => {
    if (!mayClose || mayClose()) onClose();
  };
  // At an Escape that comes without another key or a click since the last one,
  // Chromium lets nobody keep the dialog: it closes it, and tells.
  const closed = () => {
    if (!dialog.current) return; // It is gone already.
    if (mayClose && !mayClose()) {
      const focus = inside.current;
      dialog.current.showModal();
      if (focus instanceof HTMLElement) focus.focus();
    } else onClose();
  };
  return (
    <dialog
      ref={dialog}
      class={wide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={heading}
      onCancel={(event) => {
        if (!event.cancelable) return; // It is closed next.
        event.preventDefault();
        close();
      }}
      onClose={closed}
      onFocusIn={(event) => {
        inside.current = event.target;
      }}
    >
      <header class="dialog-head">
        <h2 id={heading}>{title}</h2>
        <button type="button" class="button button-bare" aria-label={t('close')} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
