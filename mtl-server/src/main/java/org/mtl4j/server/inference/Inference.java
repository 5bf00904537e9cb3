package org.mtl4j.server.inference;

import java.util.Map;
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
import org.mtl4j.server.routing.Split;
import org.mtl4j.server.watch.InputWatch;
import org.mtl4j.serving.ranking.RankingRequest;
import org.mtl4j.serving.ranking.RankingResult;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one way from a request to a model, for all protocols. Safe for several threads. */
public final class Inference {
  private static final Logger LOG = LoggerFactory.getLogger(Inference.class);

  private final Models models;
  private final ComputeExecutor executor;
  private final Map<String, Split> splits;

  /**
   * A way in.
   *
   * @param models what answers
   * @param executor what computes
   */
  public Inference(Models models, ComputeExecutor executor) {
    this(models, executor, Map.of());
  }

  /**
   * A way in by which several versions answer.
   *
   * @param splits by model, whose requests that name no version and no label they share out
   */
  public Inference(Models models, ComputeExecutor executor, Map<String, Split> splits) {
    this.models = models;
    this.executor = executor;
    this.splits = Map.copyOf(splits);
  }

  /** What is there to be asked. */
  public Models models() {
    return models;
  }

  /**
   * Does something with a version, which is held until that has ended.
   *
   * @param address which
   * @param key what the request is shared out by, where its model's traffic is split
   * @param work given the version; completed with the answer. What it throws comes through
   * @throws RequestException as {@link Models#lease}
   */
  public <T> CompletableFuture<T> with(
      ModelAddress address, String key, Function<Lease, CompletableFuture<T>> work) {
    Lease lease = lease(address, key);
    CompletableFuture<T> answer;
    try {
      answer = work.apply(lease);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
    return answer.whenComplete((done, failure) -> lease.close());
  }

  /** By the request's own variant, or by another one while that has no version that answers. */
  private Lease lease(ModelAddress address, String key) {
    Split split = splits.get(address.name());
    if (split == null || address.version().isPresent() || address.label().isPresent()) {
      return models.lease(address);
    }
    for (Split.Variant variant : split.inOrder(key)) {
      try {
        return models.lease(
            ModelAddress.labelled(address.name(), variant.label()), Optional.of(variant.name()));
      } catch (RequestException e) {
        LOG.debug("variant {} of {} does not answer", variant.name(), address.name(), e);
      }
    }
    return models.lease(address);
  }

  /**
   * Refuses a request before it is read, if it would be refused then.
   *
   * @param lease the version
   * @throws RequestException RESOURCE_EXHAUSTED if too much waits
   */
  public void checkRoom(Lease lease) {
    executor.checkRoom(new Origin(lease.model(), lease.version(), ""));
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
