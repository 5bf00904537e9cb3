package org.mtl4j.server.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.server.execution.Computation;
import org.mtl4j.server.execution.Origin;
import org.mtl4j.server.recommend.RankingFailures;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.watch.InputWatch;
import org.mtl4j.serving.model.SavedModel;
import org.mtl4j.serving.ranking.RankingRequest;
import org.mtl4j.serving.ranking.RankingResult;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorValue;

/** A SavedModel as it is served. */
public final class SavedModelServable implements Servable {
  private final SavedModel model;
  private final Optional<Ours> ours;
  private final Map<String, Computation> computations = new HashMap<>();

  /** A request that was given up ends its own hold while TensorFlow may still compute it. */
  private final Holds runs;

  /**
   * What an export of ours has.
   *
   * @param manifest what it says of itself
   * @param watch where requests are counted
   * @param ranker what chooses among candidates by it, and is closed with it
   */
  public record Ours(ModelManifest manifest, InputWatch watch, ServedRanker ranker) {}

  /** A loaded model of which metrics do not say whose it is. */
  public SavedModelServable(SavedModel model, Optional<Ours> ours, boolean byRows) {
    this(model, ours, byRows, Origin.UNKNOWN);
  }

  /**
   * A loaded model.
   *
   * @param model what is run, and closed with this
   * @param ours what it has besides, if it is an export of ours
   * @param byRows whether its rows have no say in each other's outputs
   * @param origin its name and version, for metrics; the signature is each computation's own
   */
  public SavedModelServable(SavedModel model, Optional<Ours> ours, boolean byRows, Origin origin) {
    this.model = model;
    this.ours = ours;
    this.runs = new Holds(this::end);
    model
        .signatures()
        .forEach(
            (name, signature) ->
                computations.put(
                    name,
                    new SignatureComputation(
                        signature,
                        byRows && hasRows(signature),
                        new Origin(origin.model(), origin.version(), name))));
  }

  private void end() {
    try {
      ours.ifPresent(any -> any.ranker().close());
    } finally {
      model.close();
    }
  }

  /** Whether all of its tensors have a first dimension of any size. */
  private static boolean hasRows(Signature signature) {
    return !signature.inputs().isEmpty()
        && signature.inputs().values().stream().allMatch(SavedModelServable::hasRows)
        && signature.outputs().values().stream().allMatch(SavedModelServable::hasRows);
  }

  private static boolean hasRows(TensorSpec spec) {
    List<Long> sizes = spec.sizes().orElse(List.of());
    return !sizes.isEmpty() && sizes.get(0) < 0;
  }

  /** No record: it is a key of lanes, and its signature is long. */
  private final class SignatureComputation implements Computation {
    private final Signature signature;
    private final boolean byRows;
    private final Origin origin;

    SignatureComputation(Signature signature, boolean byRows, Origin origin) {
      this.signature = signature;
      this.byRows = byRows;
      this.origin = origin;
    }

    @Override
    public Origin origin() {
      return origin;
    }

    @Override
    public boolean byRows() {
      return byRows;
    }

    @Override
    public SortedMap<String, TensorValue> run(
        SortedMap<String, TensorValue> inputs, Collection<String> outputs) {
      return held(() -> model.run(signature, inputs, outputs));
    }
  }

  private <T> T held(Supplier<T> run) {
    if (!runs.hold()) {
      throw new RequestException(StatusCode.UNAVAILABLE, "The version is no longer served.");
    }
    try {
      return run.get();
    } finally {
      runs.release();
    }
  }

  @Override
  public Optional<InputWatch> watch() {
    return ours.map(Ours::watch);
  }

  @Override
  public RankingResult rank(RankingRequest request) {
    if (ours.isEmpty()) {
      return Servable.super.rank(request);
    }
    try {
      return held(() -> ours.get().ranker().get().rank(request));
    } catch (MtlException e) {
      throw RankingFailures.of(e, ours.get().manifest());
    }
  }

  @Override
  public Optional<CatalogueLook> look() {
    return ours.flatMap(any -> any.ranker().look());
  }

  @Override
  public String problem() {
    return ours.map(any -> any.ranker().problem()).orElse("");
  }

  @Override
  public SortedMap<String, Signature> signatures() {
    return model.signatures();
  }

  @Override
  public Computation computation(String signature) {
    Computation computation = computations.get(signature);
    if (computation == null) {
      throw new IllegalArgumentException(
          "expected one of the signatures %s, found \"%s\""
              .formatted(model.signatures().keySet(), signature));
    }
    return computation;
  }

  @Override
  public Optional<ModelManifest> manifest() {
    return ours.map(Ours::manifest);
  }

  @Override
  public void close() {
    runs.release();
  }
}
