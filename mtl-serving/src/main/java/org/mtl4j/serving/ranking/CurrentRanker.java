package org.mtl4j.serving.ranking;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The ranker of the moment. A newer catalogue takes the place of the one before in one step:
 * requests on their way end with the one they began with, whose memory is free when they have.
 */
public final class CurrentRanker {
  private final AtomicReference<Ranker> current;

  /** Begins with a ranker. */
  public CurrentRanker(Ranker first) {
    this.current = new AtomicReference<>(first);
  }

  /** The one to ask; a request asks once and goes on with the answer. */
  public Ranker get() {
    return current.get();
  }

  /** Puts another one in its place. */
  public void swap(Ranker next) {
    current.set(next);
  }
}
