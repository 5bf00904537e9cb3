package org.mtl4j.server.execution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Jobs that wait, and which of them go next, together. Times are nanoseconds of {@link
 * System#nanoTime}, given by the caller. Not safe for several threads.
 */
final class JobQueue {
  private final int capacity;
  private final BatchRules rules;
  private final Map<Lane, Deque<Job>> lanes = new LinkedHashMap<>();
  private int size;
  private long expected;

  /**
   * A queue.
   *
   * @param capacity how many jobs may wait
   * @param rules how they are put together
   */
  JobQueue(int capacity, BatchRules rules) {
    this.capacity = capacity;
    this.rules = rules;
  }

  /** How many wait. */
  int size() {
    return size;
  }

  /** How long those that wait should take, one after the other, in nanoseconds. */
  long expected() {
    return expected;
  }

  /** Whether that many more jobs fit. */
  boolean hasRoom(int jobs) {
    return size + jobs <= capacity;
  }

  /** Takes a job, whether there is room or not. */
  void add(Job job) {
    lanes.computeIfAbsent(job.lane(), lane -> new ArrayDeque<>()).add(job);
    size++;
    expected += job.times().expected();
  }

  /**
   * The jobs to run together now, of the lane that has waited longest of those that are due; none
   * if none is due. Jobs that are over are among them: the caller answers and does not run them.
   *
   * @param now the time
   */
  List<Job> poll(long now) {
    Map.Entry<Lane, Deque<Job>> next = null;
    for (Map.Entry<Lane, Deque<Job>> lane : lanes.entrySet()) {
      if (isDue(lane.getKey(), lane.getValue(), now)
          && (next == null || since(lane.getValue()) - since(next.getValue()) < 0)) {
        next = lane;
      }
    }
    return next == null ? List.of() : take(next.getKey(), next.getValue(), now);
  }

  private static long since(Deque<Job> lane) {
    return lane.getFirst().times().came();
  }

  private boolean isDue(Lane lane, Deque<Job> waiting, long now) {
    if (!lane.takesSeveral() || now - since(waiting) >= rules.delay().toNanos()) {
      return true;
    }
    long rows = 0;
    for (Job job : waiting) {
      rows += job.rows();
      if (rows >= rules.maxRows()) {
        return true;
      }
    }
    return false;
  }

  private List<Job> take(Lane lane, Deque<Job> waiting, long now) {
    List<Job> batch = new ArrayList<>();
    int rows = 0;
    Iterator<Job> each = waiting.iterator();
    while (each.hasNext()) {
      Job job = each.next();
      boolean over = job.isOver(now);
      if (!over && rows > 0 && (!lane.takesSeveral() || rows + job.rows() > rules.maxRows())) {
        break;
      }
      batch.add(job);
      rows += over ? 0 : job.rows();
      each.remove();
      size--;
      expected -= job.times().expected();
    }
    if (waiting.isEmpty()) {
      lanes.remove(lane);
    }
    return batch;
  }

  /** When the next lane is due, if none comes before; empty if nothing waits. */
  OptionalLong nextDue() {
    OptionalLong next = OptionalLong.empty();
    for (Map.Entry<Lane, Deque<Job>> lane : lanes.entrySet()) {
      long wait = lane.getKey().takesSeveral() ? rules.delay().toNanos() : 0;
      long due = since(lane.getValue()) + wait;
      if (next.isEmpty() || due - next.getAsLong() < 0) {
        next = OptionalLong.of(due);
      }
    }
    return next;
  }
}
