package org.mtl4j.server.inference;

import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.mtl4j.server.execution.ComputeExecutor;
import org.mtl4j.server.execution.Origin;
import org.mtl4j.server.model.Lease;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.watch.InputWatch;
import org.mtl4j.serving.ranking.RankingRequest;
import org.mtl4j.serving.ranking.RankingResult;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorValue;

/** The one way from a request to a model, for all protocols. Safe for several threads. */
public final class Inference {
  private final Models models;
  private final ComputeExecutor executor;

  /**
   * A way in.
   *
   * @param models what answers
   * @param executor what computes
   */
  public Inference(Models models, ComputeExecutor executor) {
    this.models = models;
    this.executor = executor;
  }

  /** What is there to be asked. */
  public Models models() {
    return models;
  }

  /**
   * Does something with a version, which is held until that has ended.
   *
   * @param address which
   * @param work given the version; completed with the answer. What it throws comes through
   * @throws RequestException as {@link Models#lease}
   */
  public <T> CompletableFuture<T> with(
      ModelAddress address, Function<Lease, CompletableFuture<T>> work) {
    Lease lease = models.lease(address);
    CompletableFuture<T> answer;
    try {
      answer = work.apply(lease);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
    return answer.whenComplete((done, failure) -> lease.close());
  }

  /**
   * Computes outputs.
   *
   * @param lease the version
   * @param call what is asked
   * @param deadline when it need not be run any more, in nanoseconds of {@link System#nanoTime}
   * @throws RequestException INVALID_ARGUMENT for values that the watch refuses
   * @return completed with the outputs, or with what {@link FailedRequest#of} understands; complete
   *     it yourself if nobody waits for it any more
   */
  public CompletableFuture<SortedMap<String, TensorValue>> compute(
      Lease lease, Call call, long deadline) {
    // The watch knows the values that clients send, not what is made of them.
    Optional<InputWatch> watch =
        lease.servable().watch().filter(any -> call.signature().equals(Signature.DEFAULT));
    watch.ifPresent(values -> values.inputs(call.inputs()));
    CompletableFuture<SortedMap<String, TensorValue>> outputs =
        executor.submit(
            lease.servable().computation(call.signature()),
            call.inputs(),
            call.outputs(),
            deadline);
    if (watch.isPresent()) {
      // Beside it, not behind it: who gives the request up completes the executor's own future.
      var unused = outputs.thenAccept(watch.get()::outputs);
    }
    return outputs;
  }

  /**
   * Chooses the best candidates.
   *
   * @param lease the version
   * @param deadline as above
   * @return as above
   */
  public CompletableFuture<RankingResult> rank(Lease lease, RankingRequest request, long deadline) {
    return executor.submit(
        () -> lease.servable().rank(request),
        new Origin(lease.model(), lease.version(), ""),
        deadline);
  }
}
