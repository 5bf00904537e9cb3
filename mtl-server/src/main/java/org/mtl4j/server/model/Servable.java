package org.mtl4j.server.model;

import java.util.Optional;
import java.util.SortedMap;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.server.execution.Computation;
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

  /** Gives its memory back. */
  @Override
  void close();
}
