/**
 * Looks that a thread takes before it sleeps, some 60 µs: rounds last 100 to 200 µs, and waking up takes 50. With 4,000 looks the epochs
 * of 5,000 words took 0.39 instead of 0.33 s on two idle cores, and 0.65 instead of 0.72 s where another process had one of them.
 */
const patience: i32 = 60_000;

/**
 * Where threads wait for each other: each says in its own word of `control` at which meeting it is, and looks at all. A counter
 * that all add to would be shorter; with one, the code of V8's baseline compiler (Node 20) moved points differently.
 */
export function meet(control: usize, thread: i32, threads: i32, meeting: i32): void {
  if (!ASC_FEATURE_THREADS || threads === 1) return;
  const own = control + (thread << 2);
  atomic.store<i32>(own, meeting);
  atomic.notify(own, threads);
  for (let other = 0; other < threads; other++) {
    const word = control + (other << 2);
    let there = atomic.load<i32>(word);
    for (let look = 0; there < meeting && look < patience; look++) there = atomic.load<i32>(word);
    for (; there < meeting; there = atomic.load<i32>(word)) atomic.wait<i32>(word, there, -1);
  }
}
