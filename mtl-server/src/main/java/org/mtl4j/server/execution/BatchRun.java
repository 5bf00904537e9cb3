package org.mtl4j.server.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.TensorValue;

/** Runs jobs together and gives each its own rows, or what it failed with. */
final class BatchRun {
  private final BatchRules rules;
  private final Pace pace;
  private final ExecutionListener listener;

  BatchRun(BatchRules rules, Pace pace, ExecutionListener listener) {
    this.rules = rules;
    this.pace = pace;
    this.listener = listener;
  }

  /** Completes each of the jobs, which are of one lane. */
  void run(List<Job> jobs, long now) {
    List<Job> wanted = wanted(jobs, now);
    wanted.forEach(
        job -> listener.waited(job.lane().computation().origin(), now - job.times().came()));
    runWanted(wanted);
  }

  /** Those that somebody waits for; the others are told. */
  private List<Job> wanted(List<Job> jobs, long now) {
    List<Job> wanted = new ArrayList<>();
    for (Job job : jobs) {
      Origin origin = job.lane().computation().origin();
      if (job.isOver(now)) {
        listener.expired(origin);
        job.result()
            .completeExceptionally(
                new RequestException(
                    StatusCode.DEADLINE_EXCEEDED,
                    "The request's time was over before it was run."));
      } else {
        wanted.add(job);
      }
    }
    return wanted;
  }

  private void runWanted(List<Job> wanted) {
    if (wanted.size() == 1 && padding(wanted) == 0) {
      alone(wanted.get(0));
    } else if (!wanted.isEmpty()) {
      together(wanted);
    }
  }

  private int padding(List<Job> jobs) {
    int rows = rows(jobs);
    return jobs.get(0).lane().takesSeveral() ? rules.padded(rows) - rows : 0;
  }

  private static int rows(List<Job> jobs) {
    return jobs.stream().mapToInt(Job::rows).sum();
  }

  private void alone(Job job) {
    try {
      job.result().complete(compute(job.lane(), job.inputs(), 1, job.rows(), job.rows()));
    } catch (RuntimeException | Error e) {
      job.result().completeExceptionally(e);
    }
  }

  private void together(List<Job> jobs) {
    Lane lane = jobs.get(0).lane();
    int rows = rows(jobs);
    int computed = rows + padding(jobs);
    SortedMap<String, TensorValue> outputs;
    try {
      outputs =
          compute(
              lane,
              Rows.joined(jobs.stream().map(Job::inputs).toList(), computed),
              jobs.size(),
              rows,
              computed);
    } catch (RuntimeException | Error e) {
      // One of them may be at fault, and the others should not pay for it.
      byHalves(jobs, e);
      return;
    }
    if (!Rows.have(outputs, computed)) {
      // It is not by rows after all.
      jobs.forEach(this::alone);
      return;
    }
    int from = 0;
    for (Job job : jobs) {
      job.result().complete(Rows.slice(outputs, from, job.rows()));
      from += job.rows();
    }
  }

  /** Finds the one at fault in few runs: two for each halving of the batch. */
  private void byHalves(List<Job> jobs, Throwable failure) {
    if (jobs.size() == 1) {
      jobs.get(0).result().completeExceptionally(failure);
      return;
    }
    int half = jobs.size() / 2;
    for (List<Job> part : List.of(jobs.subList(0, half), jobs.subList(half, jobs.size()))) {
      // Time has passed meanwhile.
      runWanted(wanted(part, System.nanoTime()));
    }
  }

  private SortedMap<String, TensorValue> compute(
      Lane lane, SortedMap<String, TensorValue> inputs, int jobs, int rows, int computed) {
    long start = System.nanoTime();
    SortedMap<String, TensorValue> outputs = lane.computation().run(inputs, lane.outputs());
    long nanos = System.nanoTime() - start;
    pace.ran(lane.computation().origin(), rows, nanos);
    listener.computed(lane.computation().origin(), jobs, rows, computed, nanos);
    return outputs;
  }
}
