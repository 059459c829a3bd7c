// For what a component has asked: whether it is still there when the answer comes.
import { useEffect, useState } from 'preact/hooks';

// Aborted once the component is gone.
export function useGone(): AbortSignal {
  const [gone] = useState(() => new AbortController());
  useEffect(() => () => gone.abort(), [gone]);
  return gone.signal;
}
