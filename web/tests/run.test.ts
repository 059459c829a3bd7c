import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onTokenWanted } from '../src/api';
import { importFile, type Run } from '../src/imports/run';

// A request that the test answers.
class FakeRequest {
  static all: FakeRequest[] = [];
  status = 0;
  responseText = '';
  upload: { onprogress?: (event: { loaded: number }) => void } = {};
  onprogress?: () => void;
  onload?: () => void;
  onloadend?: () => void;
  open() {}
  setRequestHeader() {}
  abort() {}
  send() {
    FakeRequest.all.push(this);
  }
  answer(status: number, text: string) {
    this.status = status;
    this.responseText = text;
    this.onload?.();
    this.onloadend?.();
  }
}

type Answer = (imports: object[]) => void;
let polls: Answer[] = [];

beforeEach(() => {
  FakeRequest.all = [];
  polls = [];
  const stored = new Map<string, string>();
  vi.useFakeTimers();
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
  vi.stubGlobal('fetch', () =>
    new Promise<Response>((resolve) => {
      polls.push((imports) => resolve(new Response(JSON.stringify({ imports }))));
    }),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const running = (durableBytes: number) => [
  { name: 'memories/m/imports/1', state: 'RUNNING', source: 'a.tsv', durableBytes },
];

function start() {
  const runs: Run[] = [];
  const options = { memory: 'm', state: 'CONFIRMED', overwrite: false, checkOnly: false } as const;
  const file = new File([' '.repeat(100)], 'a.tsv');
  const end = importFile(file, options, new AbortController().signal, (run) => runs.push(run));
  return { end, last: () => runs.at(-1) };
}

test('how far an import is, is asked again only after the answer', async () => {
  const { last } = start();
  await vi.advanceTimersByTimeAsync(5000);
  expect(polls).toHaveLength(1);
  polls[0]?.(running(30));
  await vi.advanceTimersByTimeAsync(1000);
  expect(last()?.bytesDone).toBe(30);
  expect(polls).toHaveLength(2);
});

test('an answer to an attempt that is over changes nothing', async () => {
  onTokenWanted(async () => 'sesame');
  const { last } = start();
  await vi.advanceTimersByTimeAsync(1000);
  FakeRequest.all[0]?.answer(401, '{"error": {"reason": "TOKEN_INVALID"}}');
  await vi.advanceTimersByTimeAsync(1000);
  polls[1]?.(running(60));
  await vi.advanceTimersByTimeAsync(0);
  expect(last()?.bytesDone).toBe(60);
  polls[0]?.(running(5));
  await vi.advanceTimersByTimeAsync(0);
  expect(last()?.bytesDone).toBe(60);
});
