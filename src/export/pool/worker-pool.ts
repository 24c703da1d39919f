/**
 * Processes tasks in order, at most `count` in parallel. After the first failure no more tasks start, `stop`
 * is called so that running tasks end early, and the error is thrown once they have ended.
 */
export async function runWorkerPool<Task>(
  tasks: readonly Task[],
  count: number,
  work: (task: Task) => Promise<void>,
  stop: (reason: unknown) => void,
): Promise<void> {
  const failures: unknown[] = [];
  let next = 0;
  async function worker(): Promise<void> {
    while (failures.length === 0 && next < tasks.length) {
      const task = tasks[next] as Task;
      next += 1;
      try {
        await work(task);
      } catch (error) {
        if (failures.push(error) === 1) stop(error);
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(count, tasks.length) }, worker));
  if (failures.length > 0) throw failures[0];
}
