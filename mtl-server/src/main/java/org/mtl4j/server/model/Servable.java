package org.mtl4j.server.model;

import java.util.Optional;
import java.util.SortedMap;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.server.execution.Computation;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.watch.InputWatch;
import org.mtl4j.serving.ranking.RankingRequest;
import org.mtl4j.serving.ranking.RankingResult;
import org.mtl4j.serving.tensor.Signature;

/** A version that is loaded. Safe for several threads; close it when nothing runs any more. */
public interface Servable extends AutoCloseable {
  /** What it computes, by name. */
  SortedMap<String, Signature> signatures();

  /**
   * A signature's computation, the same object each time.
   *
   * @param signature one of {@link #signatures}
   * @throws IllegalArgumentException if there is no such signature
   */
  Computation computation(String signature);

  /** What an export of ours says of itself; empty for anybody else's SavedModel. */
  Optional<ModelManifest> manifest();

  /** Where requests are counted beside the rows of training; empty if nobody knows these. */
  default Optional<InputWatch> watch() {
    return Optional.empty();
  }

  /**
   * Chooses the best candidates.
   *
   * @throws RequestException FAILED_PRECONDITION if it is no export of ours, so that nobody knows
   *     what it takes; INVALID_ARGUMENT for what {@link org.mtl4j.serving.ranking.Ranker} refuses
   */
  default RankingResult rank(RankingRequest request) {
    throw new RequestException(
        StatusCode.FAILED_PRECONDITION, "The model is no export of MTL4J, and cannot recommend.");
  }

  /**
   * Looks at files that it was loaded with besides the model, for the thread that keeps its model.
   *
   * @return what came of those that had changed; empty if none had
   */
  default Optional<CatalogueLook> look() {
    return Optional.empty();
  }

  /** What is wrong while it is served all the same; empty if nothing. */
  default String problem() {
    return "";
  }

  /** Gives its memory back. */
  @Override
  void close();
}
