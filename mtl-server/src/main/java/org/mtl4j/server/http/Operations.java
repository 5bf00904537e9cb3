package org.mtl4j.server.http;

import java.util.List;
import java.util.Optional;
import org.mtl4j.server.feedback.FeedbackDesk;
import org.mtl4j.server.metric.ServerMetrics;
import org.mtl4j.server.trace.RequestListener;

/**
 * What an operator sees of the server, and lets in.
 *
 * @param metrics what is shown at {@code /monitoring/prometheus/metrics} and is told of requests;
 *     empty for nothing
 * @param listeners who else is told of requests, an {@link org.mtl4j.server.trace.AccessLog} say
 * @param protection who comes in
 * @param feedback where it is handed in; empty: the server takes none
 * @param page whether there is a page at {@code /}
 */
public record Operations(
    Optional<ServerMetrics> metrics,
    List<RequestListener> listeners,
    Protection protection,
    Optional<FeedbackDesk> feedback,
    boolean page) {
  /** Nobody looks, and anybody comes in. */
  public static final Operations NONE =
      new Operations(Optional.empty(), List.of(), Protection.NONE);

  /** What an operator sees and lets in, of a server without feedback and page. */
  public Operations(
      Optional<ServerMetrics> metrics, List<RequestListener> listeners, Protection protection) {
    this(metrics, listeners, protection, Optional.empty(), false);
  }

  /** Copies the list. */
  public Operations {
    listeners = List.copyOf(listeners);
  }
}
