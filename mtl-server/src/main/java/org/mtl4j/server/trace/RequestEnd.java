package org.mtl4j.server.trace;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.mtl4j.server.request.StatusCode;

/**
 * A request that has ended. It has nothing of bodies, and names of models, versions, signatures and
 * outputs only if they are there: whoever makes labels of them has a bounded number.
 *
 * @param origin where it came from
 * @param api what it asked for
 * @param target which version answered it, if there was one
 * @param outcome how it ended
 */
public record RequestEnd(Origin origin, Api api, Optional<Target> target, Outcome outcome) {
  /** Which protocol a request came by. */
  public enum Entry {
    /** JSON over HTTP. */
    REST,
    /** Messages over gRPC. */
    GRPC
  }

  /**
   * Where a request came from.
   *
   * @param id the request's
   * @param entry its protocol
   * @param remote its client's address, without the port
   * @param method HTTP's
   * @param path as it came, without a query: any characters
   */
  public record Origin(String id, Entry entry, String remote, String method, String path) {}

  /**
   * What answered a request.
   *
   * @param model the model's name
   * @param version its version
   * @param signature the signature; empty if it came to none
   * @param rows of its inputs; 0 if it came to none
   * @param outputs what was computed: tasks, in exports of ours
   */
  public record Target(
      String model, long version, String signature, int rows, Set<String> outputs) {
    /** Copies the names. */
    public Target {
      outputs = new TreeSet<>(outputs);
    }
  }

  /**
   * How a request ended.
   *
   * @param code in the protocol's words
   * @param http the HTTP status; 0 if none was sent
   * @param bytes of the reply's body
   * @param nanos from its first byte to the reply's last
   * @param computeNanos of these, how long it waited for the model's outputs; empty if it did not
   */
  public record Outcome(
      StatusCode code, int http, long bytes, long nanos, OptionalLong computeNanos) {}
}
